package dev.afterimage.jdbc.outbox;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The right to relay, for a few seconds by the database's clock, and what goes with it: the instance and its next number.
 * Used by one thread.
 */
final class Lease {

    private static final long MILLIS = 5_000;
    private static final long RENEWAL = TimeUnit.MILLISECONDS.toNanos(MILLIS / 3);

    private final OutboxTables tables;
    private final Database database;
    private final long holder = 1 + (new SecureRandom().nextLong() >>> 1);
    private final String held;
    private boolean mine;
    private long renewedNanos;

    /** What the last holder has left. */
    record Estate(long instance, long nextSequence, Map<Long, Numbering> numbered) {}

    Lease(OutboxTables tables, Database database) {
        this.tables = tables;
        this.database = database;
        this.held = " held_until = " + tables.dialect().nowMillis + " + " + MILLIS;
    }

    /** Takes the lease, if nobody else has it. */
    @Nullable
    Estate take() throws SQLException {
        long asked = System.nanoTime();
        Optional<Estate> taken = database.inTransaction(connection -> {
            String sql = "UPDATE " + tables.relay() + " SET holder = ?," + held + " WHERE id = 1 AND (holder = ? OR"
                    + " held_until < " + tables.dialect().nowMillis + ")";
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, holder);
                update.setLong(2, holder);
                return update.executeUpdate() == 1 ? Optional.of(estate(connection)) : Optional.empty();
            }
        });
        mine = taken.isPresent();
        renewedNanos = asked;
        return taken.orElse(null);
    }

    private Estate estate(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT instance, next_sequence, numbered FROM " + tables.relay() + " WHERE id = 1");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Estate(row.getLong(1), row.getLong(2), Numbering.decode(row.getBytes(3)));
        }
    }

    /**
     * Writes which numbers are given, for ever.
     *
     * @return whether the lease is still held; if not, nothing was written
     */
    boolean number(long nextSequence, Collection<Numbering> numbered) throws SQLException {
        return update("next_sequence = ?, numbered = ?,", update -> {
            update.setLong(1, nextSequence);
            update.setBytes(2, Numbering.encode(numbered));
            return 3;
        });
    }

    /** Holds on to the lease while something else takes long; answers whether it is still held. */
    boolean renew() {
        if (mine && System.nanoTime() - renewedNanos > RENEWAL) {
            try {
                return update("", update -> 1);
            } catch (SQLException away) {
                // Nobody else can take it either, as far as this process can tell; but for how long?
                mine = System.nanoTime() - renewedNanos < TimeUnit.MILLISECONDS.toNanos(MILLIS);
            }
        }
        return mine;
    }

    /** Sets the first parameters; answers the place of the next. */
    @FunctionalInterface
    private interface Binding {
        int bind(PreparedStatement update) throws SQLException;
    }

    private boolean update(String columns, Binding binding) throws SQLException {
        long asked = System.nanoTime();
        mine = database.inTransaction(connection -> {
            String sql = "UPDATE " + tables.relay() + " SET " + columns + held + " WHERE id = 1 AND holder = ?";
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(binding.bind(update), holder);
                return update.executeUpdate() == 1;
            }
        });
        renewedNanos = asked;
        return mine;
    }

    /** Lets others have it at once. */
    void giveUp() throws SQLException {
        if (mine) {
            mine = false;
            database.inTransaction(connection -> {
                String sql = "UPDATE " + tables.relay() + " SET held_until = 0 WHERE id = 1 AND holder = ?";
                try (PreparedStatement update = connection.prepareStatement(sql)) {
                    update.setLong(1, holder);
                    return update.executeUpdate();
                }
            });
        }
    }
}
