package dev.afterimage.jdbc.replica;

import dev.afterimage.core.event.Fence;
import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.resolve.FenceUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads position and clock of the production database: log positions on PostgreSQL, elsewhere the clock serves as both.
 * Takes a connection for each reading and gives it back. Thread-safe if the data source is.
 */
public final class JdbcFenceSource implements FenceSource {

    private static final int ANSWER_WITHIN_SECONDS = 10;

    private final DataSource database;
    private volatile @Nullable Product product;
    private volatile @Nullable Incarnation incarnation;

    /**
     * Makes a source; asks nothing yet.
     *
     * @param database the bare data source, not a captured one
     */
    public JdbcFenceSource(DataSource database) {
        this.database = Objects.requireNonNull(database, "database");
    }

    @Override
    public String kind() {
        Product known = product;
        if (known == null) {
            try (Connection connection = database.getConnection()) {
                known = productOf(connection);
            } catch (SQLException e) {
                throw unavailable(e);
            }
        }
        return known == Product.POSTGRESQL ? Fence.LSN : Fence.CLOCK;
    }

    @Override
    public Reading read() {
        try (Connection connection = database.getConnection()) {
            Product known = productOf(connection);
            if (known == Product.POSTGRESQL && incarnation == null) {
                incarnation = Incarnation.read(connection);
            }
            Reading reading = read(connection, known);
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return reading;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /**
     * PostgreSQL remembers for a long time what became of a transaction. That the number's transaction was rolled back is
     * true of every transaction that had the number, since a commit that lasts keeps its number from being given again.
     * That it has committed is believed only if the server has not begun anew since the transaction was seen.
     */
    @Override
    public Fate fateOf(long transaction, long seenNanos) {
        try (Connection connection = database.getConnection()) {
            Fate fate = productOf(connection) == Product.POSTGRESQL ? fateOf(transaction, connection) : Fate.UNKNOWN;
            if (fate == Fate.COMMITTED && !isOfOneIncarnation(seenNanos, connection)) {
                fate = Fate.UNKNOWN;
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return fate;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private boolean isOfOneIncarnation(long seenNanos, Connection connection) throws SQLException {
        Incarnation now = Incarnation.read(connection);
        Incarnation before = incarnation;
        if (before == null || !before.isSame(now)) {
            incarnation = now;
            return now.beganBefore(seenNanos);
        }
        return before.wasThereAt(seenNanos) || now.beganBefore(seenNanos);
    }

    private static Fate fateOf(long transaction, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_catalog.txid_status(?)")) {
            statement.setQueryTimeout(ANSWER_WITHIN_SECONDS);
            statement.setLong(1, transaction);
            try (ResultSet row = statement.executeQuery()) {
                String status = row.next() ? row.getString(1) : null;
                return switch (String.valueOf(status)) {
                    case "committed" -> Fate.COMMITTED;
                    case "aborted" -> Fate.ROLLED_BACK;
                    case "in progress" -> Fate.RUNNING;
                    default -> Fate.UNKNOWN;
                };
            }
        }
    }

    private static FenceUnavailableException unavailable(SQLException cause) {
        return new FenceUnavailableException("The production database could not be asked for its position", cause);
    }

    private Product productOf(Connection connection) throws SQLException {
        Product known = product;
        if (known == null) {
            known = Product.of(connection.getMetaData().getDatabaseProductName());
            product = known;
        }
        return known;
    }

    private static Reading read(Connection connection, Product product) throws SQLException {
        // Prepared, as it is asked again and again: on PostgreSQL most of its price is to read and plan the text.
        try (PreparedStatement statement = connection.prepareStatement(product.fenceQuery)) {
            statement.setQueryTimeout(ANSWER_WITHIN_SECONDS);
            long before = now();
            try (ResultSet row = statement.executeQuery()) {
                long after = now();
                if (!row.next()) {
                    throw new SQLException("No row: " + product.fenceQuery);
                }
                long clock = row.getLong(1);
                long offset = clock - (before + (after - before) / 2);
                long position = product == Product.POSTGRESQL
                        ? LogPosition.endOfLastRecord(row.getLong(2), row.getLong(3), row.getLong(4))
                        : clock;
                return new Reading(position, offset);
            }
        }
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
