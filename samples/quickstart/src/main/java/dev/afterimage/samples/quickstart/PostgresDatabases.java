package dev.afterimage.samples.quickstart;

import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.fixture.PostgresPair;
import dev.afterimage.jdbc.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A PostgreSQL primary with a streaming standby, and a second PostgreSQL for the store. */
final class PostgresDatabases implements Databases {

    private final PostgresPair pair;
    private final PostgresServer store;

    private PostgresDatabases(PostgresPair pair, PostgresServer store) {
        this.pair = pair;
        this.store = store;
    }

    static PostgresDatabases open() {
        PostgresPair pair = PostgresPair.open();
        try {
            return new PostgresDatabases(pair, PostgresServer.open());
        } catch (RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "PostgreSQL primary on port " + pair.primary().port() + ", streaming standby on "
                + pair.standby().port() + ", audit store on " + store.port();
    }

    @Override
    public DataSource production() {
        return pair.primary().dataSource();
    }

    @Override
    public String productionUrl() {
        return pair.primary().jdbcUrl();
    }

    @Override
    public String replicaUrl() {
        return pair.standby().jdbcUrl();
    }

    @Override
    public DataSource store() {
        return store.dataSource();
    }

    @Override
    public String storeUrl() {
        return store.jdbcUrl();
    }

    @Override
    public TableName table(String name) {
        return TableName.of("public", name);
    }

    @Override
    public String column(String name) {
        return name;
    }

    @Override
    public boolean canPause() {
        return true;
    }

    @Override
    public long pauseReplica() {
        pair.pauseReplay();
        try (Connection connection = pair.standby().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("The standby does not say where it stands", e);
        }
    }

    @Override
    public void resumeReplica() {
        pair.resumeReplay();
    }

    @Override
    public void close() {
        try {
            store.close();
        } finally {
            pair.close();
        }
    }
}
