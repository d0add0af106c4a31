package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.jdbc.fixture.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The PostgreSQL that is measured, with the benchmark's schema in it: one of its own, or one that was named. */
final class Database implements AutoCloseable {

    /** The audit's background thread takes connections of its own, and a pool is no bottleneck here. */
    private static final int SPARE_CONNECTIONS = 2;

    private final @Nullable PostgresServer server;
    private final String url;
    private final @Nullable String user;
    private final @Nullable String password;
    private final int scale;
    private boolean mayCheckpoint = true;

    private Database(
            @Nullable PostgresServer server, String url, @Nullable String user, @Nullable String password, int scale) {
        this.server = server;
        this.url = url;
        this.user = user;
        this.password = password;
        this.scale = scale;
    }

    /** Starts a server below a directory, which decides what an fsync costs, and creates the schema. */
    static Database start(Path parent, int scale) throws SQLException {
        PostgresServer server = PostgresServer.builder()
                .parentDirectory(parent)
                .fsync(true)
                .setting("full_page_writes", "on")
                .setting("wal_level", "logical")
                .setting("shared_buffers", "512MB")
                .setting("max_wal_size", "8GB")
                .setting("checkpoint_timeout", "1h")
                .setting("autovacuum", "off")
                .open();
        try {
            return new Database(server, server.jdbcUrl(), null, null, scale).created();
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Creates the schema on a server that exists.
     *
     * @throws SQLException also where the schema is there already: it is not ours to drop
     */
    static Database at(String url, @Nullable String user, @Nullable String password, int scale) throws SQLException {
        return new Database(null, url, user, password, scale).created();
    }

    private Database created() throws SQLException {
        execute(Schema.create(scale));
        return this;
    }

    int scale() {
        return scale;
    }

    String version() throws SQLException {
        try (Connection connection = source(true).getConnection()) {
            return connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /** A pool as applications have it; all variants have the same. */
    HikariDataSource pool(Condition condition) {
        return pool(condition, false);
    }

    /** A pool whose driver makes one statement of a batch of inserts, if wanted. */
    HikariDataSource pool(Condition condition, boolean rewriteBatchedInserts) {
        PGSimpleDataSource source = source(condition.durable());
        source.setReWriteBatchedInserts(rewriteBatchedInserts);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(condition.threads() + SPARE_CONNECTIONS);
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    private PGSimpleDataSource source(boolean durable) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        if (user != null) {
            source.setUser(user);
        }
        if (password != null) {
            source.setPassword(password);
        }
        source.setOptions("-c synchronous_commit=" + (durable ? "on" : "off"));
        return source;
    }

    /** Where it is, as the driver understands the URL. */
    PGSimpleDataSource address() {
        return source(true);
    }

    void execute(List<String> statements) throws SQLException {
        try (Connection connection = source(true).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The one number that a query returns. */
    long number(String query) throws SQLException {
        try (Connection connection = source(true).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Empties history, removes dead rows, and writes everything to disk, so that each measurement begins alike. */
    void reset() throws SQLException {
        execute(Schema.reset());
        if (mayCheckpoint) {
            try {
                execute(List.of("checkpoint"));
            } catch (SQLException notAllowed) {
                mayCheckpoint = false;
                System.err.println("No checkpoints between measurements: " + notAllowed.getMessage());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (server != null) {
            server.close();
        } else {
            execute(List.of(Schema.drop()));
        }
    }
}
