package dev.afterimage.jdbc.outcome;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;

/**
 * A database that cases run on. Its tables: {@code item (id, name)}, {@code ticket (id, name)} whose id the database makes,
 * both with a witness; {@code pair (a, b, name)}, {@code coded (code, name)}, {@code tagged (id uuid, name)}, {@code loose
 * (id, name)} without a key, {@code mail (id, address, name)} with a second unique column, the view {@code item_view} and
 * the table {@code "Odd Name" ("Key", "Some Value")}.
 */
abstract class TestDatabase implements AutoCloseable {

    /** Whose database it is. */
    enum Product {
        POSTGRESQL,
        MARIADB,
        H2
    }

    abstract Product product();

    /**
     * The bare database.
     *
     * @param options of the driver, in the form of its URL
     */
    abstract DataSource dataSource(String... options) throws SQLException;

    /** Its URL, user and password included. */
    abstract String url();

    /** The bare database for a transaction manager. */
    abstract XADataSource xaDataSource() throws SQLException;

    /** The bare database for a connection pool. */
    ConnectionPoolDataSource pooledDataSource() throws SQLException {
        return (ConnectionPoolDataSource) xaDataSource();
    }

    /** What drops everything, each statement allowed to fail; then what makes everything. */
    abstract List<String> drops();

    abstract List<String> creates();

    /** What every trial on it is configured with. */
    Map<String, String> settings() {
        return Map.of();
    }

    boolean is(Product product) {
        return product() == product;
    }

    /** An identifier in the quotes of this database. */
    String quoted(String name) {
        return is(Product.MARIADB) ? "`" + name + "`" : "\"" + name + "\"";
    }

    void recreate() throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String drop : drops()) {
                statement.execute(drop);
            }
            for (String create : creates()) {
                statement.execute(create);
            }
        }
    }

    /** The tables that need no words of their own. */
    List<String> plainTables() {
        String odd = quoted("Odd Name");
        return List.of(
                "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(100))",
                "CREATE TABLE pair (a INT, b VARCHAR(20), name VARCHAR(100), PRIMARY KEY (a, b))",
                "CREATE TABLE coded (code VARCHAR(20) PRIMARY KEY, name VARCHAR(100))",
                "CREATE TABLE tagged (id UUID PRIMARY KEY, name VARCHAR(100))",
                "CREATE TABLE loose (id INT, name VARCHAR(100))",
                "CREATE TABLE mail (id INT PRIMARY KEY, address VARCHAR(50) UNIQUE, name VARCHAR(100))",
                "CREATE TABLE " + odd + " (" + quoted("Key") + " INT PRIMARY KEY, " + quoted("Some Value")
                        + " VARCHAR(20))",
                "CREATE VIEW item_view AS SELECT id, name FROM item");
    }

    @Override
    public abstract void close();
}
