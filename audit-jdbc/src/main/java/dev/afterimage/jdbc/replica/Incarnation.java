package dev.afterimage.jdbc.replica;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * A stretch of a PostgreSQL server's life without a crash, a restart or a promotion. Within it a transaction's number is
 * given once. After a crash, even of one server process, numbers that had not become durable are given again; and a standby
 * that is promoted gives those again that it had not received.
 *
 * @param name when the server was started, where its last recovery ended, and its timeline
 * @param recovered whether it has recovered, or followed another, since it was started
 * @param ageNanos how long ago it was started, by its own clock
 * @param readNanos {@link System#nanoTime()} when this was read
 */
record Incarnation(String name, boolean recovered, long ageNanos, long readNanos) {

    /** What two clocks may disagree about within the life of one server. */
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final String QUERY =
            "SELECT concat_ws(' ', extract(epoch FROM pg_postmaster_start_time()), pg_last_wal_replay_lsn(),"
                    + " left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)), pg_last_wal_replay_lsn() IS NOT NULL,"
                    + " (extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) * 1000000)::bigint";

    static Incarnation read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(10);
            long before = System.nanoTime();
            try (ResultSet row = statement.executeQuery(QUERY)) {
                if (!row.next()) {
                    throw new SQLException("No row: " + QUERY);
                }
                return new Incarnation(
                        row.getString(1), row.getBoolean(2), TimeUnit.MICROSECONDS.toNanos(row.getLong(3)), before);
            }
        }
    }

    boolean isSame(Incarnation other) {
        return name.equals(other.name);
    }

    /** Whether it was read before a moment, so that this needs no clock. */
    boolean wasThereAt(long nanos) {
        return readNanos - nanos <= 0;
    }

    /** Whether the server was started before a moment, and has not recovered since. */
    boolean beganBefore(long nanos) {
        return !recovered && ageNanos - MARGIN_NANOS > readNanos - nanos;
    }
}
