package dev.afterimage.jdbc.outcome;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;

/** Another database, on which everything goes by the outbox. */
final class OutboxDatabase extends TestDatabase {

    private final TestDatabase database;

    OutboxDatabase(TestDatabase database) {
        this.database = database;
    }

    @Override
    Map<String, String> settings() {
        return Map.of("audit.durability", "database");
    }

    @Override
    Product product() {
        return database.product();
    }

    @Override
    DataSource dataSource(String... options) throws SQLException {
        return database.dataSource(options);
    }

    @Override
    String url() {
        return database.url();
    }

    @Override
    XADataSource xaDataSource() throws SQLException {
        return database.xaDataSource();
    }

    @Override
    ConnectionPoolDataSource pooledDataSource() throws SQLException {
        return database.pooledDataSource();
    }

    @Override
    List<String> drops() {
        return database.drops();
    }

    @Override
    List<String> creates() {
        return database.creates();
    }

    @Override
    public void close() {
        database.close();
    }
}
