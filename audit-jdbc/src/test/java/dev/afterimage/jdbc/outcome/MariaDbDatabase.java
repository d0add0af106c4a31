package dev.afterimage.jdbc.outcome;

import dev.afterimage.jdbc.fixture.MariaDbServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** MariaDB, a server of its own. */
final class MariaDbDatabase extends TestDatabase {

    private final MariaDbServer server = MariaDbServer.open();

    @Override
    Product product() {
        return Product.MARIADB;
    }

    @Override
    String url() {
        return server.jdbcUrl();
    }

    @Override
    DataSource dataSource(String... options) throws SQLException {
        StringBuilder url = new StringBuilder(server.jdbcUrl());
        for (String option : options) {
            url.append('&').append(option);
        }
        return new MariaDbDataSource(url.toString());
    }

    @Override
    XADataSource xaDataSource() throws SQLException {
        return new MariaDbDataSource(server.jdbcUrl());
    }

    @Override
    List<String> drops() {
        return List.of("DROP DATABASE test", "DROP DATABASE IF EXISTS other", "CREATE DATABASE test", "USE test");
    }

    @Override
    List<String> creates() {
        List<String> creates = new ArrayList<>(plainTables());
        creates.add("CREATE TABLE ticket (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100))");
        creates.add("CREATE TABLE witness (n INT AUTO_INCREMENT PRIMARY KEY, operation VARCHAR(10), tab VARCHAR(20),"
                + " before_key INT, after_key INT, name VARCHAR(100))");
        creates.add("CREATE DATABASE other");
        creates.add("CREATE TABLE other.item (id INT PRIMARY KEY, name VARCHAR(100))");
        for (String table : List.of("item", "ticket")) {
            creates.add(trigger(table, "INSERT", "NULL, NEW.id, NEW.name"));
            creates.add(trigger(table, "UPDATE", "OLD.id, NEW.id, NEW.name"));
            creates.add(trigger(table, "DELETE", "OLD.id, NULL, NULL"));
        }
        return creates;
    }

    private static String trigger(String table, String operation, String values) {
        return "CREATE TRIGGER " + table + "_" + operation + " AFTER " + operation + " ON " + table
                + " FOR EACH ROW INSERT INTO witness (operation, tab, before_key, after_key, name) VALUES ('"
                + operation
                + "', '" + table + "', " + values + ")";
    }

    @Override
    public void close() {
        server.close();
    }
}
