package dev.afterimage.jdbc.outbox;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Reads and deletes the rows. Used by one thread. */
final class OutboxRows {

    private static final int MOST_ROWS = 500;
    private static final int MOST_BYTES = 2 << 20;
    private static final int FETCHED_AT_ONCE = 50;

    private final OutboxTables tables;
    private final Database database;

    OutboxRows(OutboxTables tables, Database database) {
        this.tables = tables;
        this.database = database;
    }

    /**
     * The ids in the table, at a moment.
     *
     * @param begunNanos before it was looked at
     * @param lowest {@link Long#MAX_VALUE} where the table is empty
     * @param highest {@link Long#MIN_VALUE} where the table is empty
     */
    record Extent(long begunNanos, long lowest, long highest) {
        boolean isEmpty() {
            return highest == Long.MIN_VALUE;
        }
    }

    Extent extent() throws SQLException {
        long begun = System.nanoTime();
        return database.inTransaction(connection -> {
            String sql = "SELECT min(id), max(id) FROM " + tables.name();
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                row.next();
                long lowest = row.getLong(1);
                return row.wasNull()
                        ? new Extent(begun, Long.MAX_VALUE, Long.MIN_VALUE)
                        : new Extent(begun, lowest, row.getLong(2));
            }
        });
    }

    /** The first rows, but for some, up to a number and size. */
    List<OutboxRow> read(Set<Long> but) throws SQLException {
        return database.inTransaction(connection -> {
            String sql = "SELECT id, source, origin, transaction_number, part, clock_base, clock_offset, payload FROM "
                    + tables.name() + " ORDER BY id LIMIT ?";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(FETCHED_AT_ONCE);
                select.setInt(1, MOST_ROWS + but.size());
                try (ResultSet row = select.executeQuery()) {
                    return read(row, but);
                }
            }
        });
    }

    private static List<OutboxRow> read(ResultSet row, Set<Long> but) throws SQLException {
        List<OutboxRow> rows = new ArrayList<>();
        for (long bytes = 0; bytes < MOST_BYTES && row.next(); ) {
            if (!but.contains(row.getLong(1))) {
                byte[] payload = row.getBytes(8);
                bytes += payload.length;
                rows.add(new OutboxRow(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getInt(5),
                        row.getLong(6),
                        row.getLong(7),
                        payload));
            }
        }
        return rows;
    }

    /** Whether a round has been cut, so that more rows are there. */
    static boolean isFull(List<OutboxRow> rows) {
        return rows.size() >= MOST_ROWS
                || rows.stream().mapToLong(OutboxRow::bytes).sum() >= MOST_BYTES;
    }

    void delete(Collection<Long> ids) throws SQLException {
        database.inTransaction(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + tables.name() + " WHERE id = ?")) {
                for (Long id : ids) {
                    delete.setLong(1, id);
                    delete.addBatch();
                }
                return delete.executeBatch();
            }
        });
    }
}
