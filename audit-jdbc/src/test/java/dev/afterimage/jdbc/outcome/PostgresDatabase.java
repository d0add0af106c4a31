package dev.afterimage.jdbc.outcome;

import dev.afterimage.jdbc.fixture.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** PostgreSQL, a server of its own. */
final class PostgresDatabase extends TestDatabase {

    private static final String WITNESS = """
            CREATE OR REPLACE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              INSERT INTO witness (operation, tab, before_key, after_key, name) VALUES (TG_OP, TG_TABLE_NAME,
                CASE WHEN TG_OP <> 'INSERT' THEN OLD.id END,
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.id END,
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.name END);
              RETURN NULL;
            END $$""";

    private final PostgresServer server =
            PostgresServer.builder().setting("max_prepared_transactions", "20").open();

    @Override
    Product product() {
        return Product.POSTGRESQL;
    }

    @Override
    String url() {
        return server.jdbcUrl();
    }

    @Override
    DataSource dataSource(String... options) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        StringBuilder url = new StringBuilder(server.jdbcUrl());
        for (String option : options) {
            url.append('&').append(option);
        }
        dataSource.setUrl(url.toString());
        return dataSource;
    }

    @Override
    XADataSource xaDataSource() {
        PGXADataSource dataSource = new PGXADataSource();
        dataSource.setUrl(server.jdbcUrl());
        return dataSource;
    }

    @Override
    ConnectionPoolDataSource pooledDataSource() {
        PGConnectionPoolDataSource dataSource = new PGConnectionPoolDataSource();
        dataSource.setUrl(server.jdbcUrl());
        return dataSource;
    }

    @Override
    List<String> drops() {
        return List.of("DROP SCHEMA public CASCADE", "DROP SCHEMA IF EXISTS other CASCADE", "CREATE SCHEMA public");
    }

    @Override
    List<String> creates() {
        List<String> creates = new ArrayList<>(plainTables());
        creates.add("CREATE TABLE ticket (id SERIAL PRIMARY KEY, name VARCHAR(100))");
        creates.add("CREATE TABLE witness (n SERIAL PRIMARY KEY, operation TEXT, tab TEXT, before_key INT,"
                + " after_key INT, name TEXT)");
        creates.add("CREATE SCHEMA other");
        creates.add("CREATE TABLE other.item (id INT PRIMARY KEY, name VARCHAR(100))");
        creates.add(WITNESS);
        for (String table : List.of("item", "ticket")) {
            creates.add("CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON " + table
                    + " FOR EACH ROW EXECUTE FUNCTION witness()");
        }
        return creates;
    }

    @Override
    public void close() {
        server.close();
    }
}
