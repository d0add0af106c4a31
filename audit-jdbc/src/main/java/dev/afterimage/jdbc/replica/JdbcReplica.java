package dev.afterimage.jdbc.replica;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.Observation;
import dev.afterimage.core.resolve.Replica;
import dev.afterimage.core.resolve.ReplicaUnavailableException;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.Tables;
import dev.afterimage.jdbc.driver.UrlDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica read by JDBC. A PostgreSQL standby tells its position; of any other database it is supposed that it contains
 * what is older than a fixed delay. Keeps one connection, and opens a new one after a failure. Used by one thread at a
 * time.
 */
public final class JdbcReplica implements Replica {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcReplica.class);
    private static final int ANSWER_WITHIN_SECONDS = 30;
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** A promoted standby, or a primary that serves as its own replica, has replayed all there is. */
    private static final String POSITION_QUERY = "SELECT ((CASE WHEN pg_is_in_recovery()"
            + " THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END) - '0/0'::pg_lsn)::bigint";

    private final DataSource database;
    private final String kind;
    private final long delayMicros;
    private final JdbcTables tables;
    private @Nullable Connection connection;
    private @Nullable Product product;
    private long silentUntil = System.nanoTime();

    /**
     * Makes a replica; connects when first asked.
     *
     * @param database gives connections to the replica
     * @param kind {@link Fence#LSN} for PostgreSQL, or {@link Fence#CLOCK} for a delay
     * @param delay the delay, where the kind is {@link Fence#CLOCK}
     */
    public JdbcReplica(DataSource database, String kind, Duration delay) {
        this.database = database;
        this.kind = kind;
        this.delayMicros = TimeUnit.NANOSECONDS.toMicros(delay.toNanos());
        this.tables = new JdbcTables(database);
    }

    /**
     * Makes the replica that {@code audit.replica.*} names; connects when first asked.
     *
     * @throws ConfigurationException if the URL is missing
     */
    public static JdbcReplica of(AuditConfiguration configuration) {
        String url = configuration.text(Setting.REPLICA_URL);
        DataSource database = new UrlDataSource(
                url, configuration.text(Setting.REPLICA_USER), configuration.text(Setting.REPLICA_PASSWORD));
        String fence = configuration.text(Setting.REPLICA_FENCE);
        boolean byPosition = fence.equals("lsn") || (fence.equals("auto") && url.startsWith("jdbc:postgresql:"));
        return new JdbcReplica(
                database, byPosition ? Fence.LSN : Fence.CLOCK, configuration.duration(Setting.REPLICA_DELAY));
    }

    @Override
    public String fenceKind() {
        return kind;
    }

    @Override
    public Tables tables() {
        return tables;
    }

    @Override
    public long reached() {
        return asking("its position", connection -> from(connection, productOf(connection)));
    }

    @Override
    public Map<RowKey, Observation> read(Table table, Collection<RowKey> keys) {
        return asking("rows of " + table.name(), connection -> {
            Product known = productOf(connection);
            long from = from(connection, known);
            RowReader reader = new RowReader(connection, known, table);
            RowReader.Rows rows;
            long until;
            // The position comes before the snapshot, in a transaction of its own: a query that did both would take its
            // snapshot first, and the position could be past it.
            connection.setAutoCommit(false);
            try {
                rows = reader.read(keys);
                until = until(connection, known);
                connection.commit();
            } catch (SQLException e) {
                if (!isOfTheStatement(e)) {
                    throw e;
                }
                connection.rollback();
                tell(table, e);
                return Map.of();
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
            return rows.observations(keys, from, Math.max(from, until));
        });
    }

    /** The statement can never succeed: its table or a column has gone, or a key is not of its column's type. */
    private static boolean isOfTheStatement(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("42") || state.startsWith("22"));
    }

    private void tell(Table table, SQLException e) {
        // The table may have changed since its shape was looked up: the next read takes the new one.
        tables.forget();
        if (System.nanoTime() - silentUntil >= 0) {
            silentUntil = System.nanoTime() + SILENCE_NANOS;
            LOG.warn(
                    "Rows of {} cannot be read on the replica (SQLState {}); their changes are stored as unresolved."
                            + " Check that the table is there and that the user may read it.",
                    table.name(),
                    e.getSQLState());
        }
    }

    private long from(Connection connection, Product known) throws SQLException {
        return kind.equals(Fence.LSN)
                ? number(connection, POSITION_QUERY)
                : number(connection, known.clockQuery) - delayMicros;
    }

    private long until(Connection connection, Product known) throws SQLException {
        return number(connection, kind.equals(Fence.LSN) ? POSITION_QUERY : known.clockQuery);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(ANSWER_WITHIN_SECONDS);
            try (ResultSet row = statement.executeQuery(sql)) {
                if (!row.next()) {
                    throw new SQLException("No row: " + sql);
                }
                return row.getLong(1);
            }
        }
    }

    private Product productOf(Connection connection) throws SQLException {
        Product known = product;
        if (known == null) {
            known = Product.of(connection.getMetaData().getDatabaseProductName());
            product = known;
        }
        return known;
    }

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T asking(String what, Question<T> question) {
        try {
            return question.ask(connected());
        } catch (SQLException e) {
            close();
            throw new ReplicaUnavailableException("The replica could not be asked for " + what, e);
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.getConnection();
            connection = open;
            open.setAutoCommit(true);
            open.setReadOnly(true);
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("Closing the connection to the replica", e);
            }
        }
    }
}
