package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.RowRef;
import dev.afterimage.core.resolve.RowState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as of a time. For each row the database finds the last change that had committed by then; where
 * there is none, the first one later, whose before-image tells. A statement-level change in between may have touched the
 * row unseen: then the state is not known, unless the statement removed all rows.
 */
final class StateQuery {

    /** 1 for what had committed at the time. */
    private static final String PAST = "CASE WHEN committed_at <= ? AND changed_at <= ? THEN 1 ELSE 0 END";

    private static final String NEWEST_PAST = "past DESC, CASE WHEN past = 1 THEN changed_at END DESC,"
            + " CASE WHEN past = 1 THEN instance END DESC, CASE WHEN past = 1 THEN sequence END DESC";

    private final Connection connection;
    private final String history;
    private final AuditedTable table;
    private final long asOf;
    /** When the last statement-level change before the time was, by operation. */
    private final Map<Operation, Long> statementsBefore = new EnumMap<>(Operation.class);
    /** When the first statement-level change after the time was, by operation. */
    private final Map<Operation, Long> statementsAfter = new EnumMap<>(Operation.class);

    StateQuery(Connection connection, String history, AuditedTable table, long asOf) {
        this.connection = connection;
        this.history = history;
        this.table = table;
        this.asOf = asOf;
    }

    void read(List<RowKey> keys, Consumer<RowAsOf> consumer) throws SQLException {
        readStatements("MAX", "committed_at <= ? AND changed_at <= ?", statementsBefore);
        readStatements("MIN", "(committed_at > ? OR changed_at > ?)", statementsAfter);
        if (keys.isEmpty()) {
            HistoryQuery scope = HistoryQuery.ALL.ofTable(table.source(), table.name());
            String where = scope.where() + " AND ";
            readRows(where, where, scope.parameters(), consumer);
            return;
        }
        for (RowKey key : keys) {
            RowRef row = new RowRef(table.source(), table.name(), key);
            List<Object> place = List.of(EntryColumns.hash(row), key.canonical());
            readRows(
                    " WHERE row_hash = ? AND row_key = ? AND ",
                    " WHERE new_row_hash = ? AND new_row_key = ? AND ",
                    place,
                    consumer);
        }
    }

    private void readStatements(String which, String when, Map<Operation, Long> times) throws SQLException {
        String sql = "SELECT operation, " + which + "(changed_at) FROM " + history
                + " WHERE statement_hash IN (?, ?) AND row_count <> 0 AND " + when + " GROUP BY operation";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, EntryColumns.hash(table.source(), table.name()));
            statement.setLong(2, EntryColumns.hash(table.source(), null));
            statement.setLong(3, asOf);
            statement.setLong(4, asOf);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    times.put(Operation.valueOf(row.getString(1)), row.getLong(2));
                }
            }
        }
    }

    private void readRows(String found, String left, List<Object> place, Consumer<RowAsOf> consumer)
            throws SQLException {
        String columns = ", instance, sequence, changed_at, outcome, before_image, after_image, " + PAST
                + " AS past FROM " + history;
        String sides = "SELECT row_key AS k, 0 AS arrives, CASE WHEN new_row_key IS NULL THEN 0 ELSE 1 END AS leaves"
                + columns + found + "row_key IS NOT NULL UNION ALL SELECT new_row_key, 1, 0" + columns + left
                + "new_row_key IS NOT NULL";
        String sql = "SELECT * FROM (SELECT s.*, ROW_NUMBER() OVER (PARTITION BY k ORDER BY " + NEWEST_PAST
                + ", changed_at, instance, sequence) AS place FROM (" + sides + ") s) r WHERE place = 1 ORDER BY k";
        List<Object> parameters = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            parameters.add(asOf);
            parameters.add(asOf);
            parameters.addAll(place);
        }
        HistoryReader.stream(connection, sql, parameters, row -> {
            consumer.accept(state(row));
            return true;
        });
    }

    private RowAsOf state(ResultSet row) throws SQLException {
        RowKey key = Documents.key(row.getString("k"));
        if (key == null) {
            throw new SQLException("An entry without its row's key");
        }
        EventId by = new EventId(row.getLong("instance"), row.getLong("sequence"));
        boolean past = row.getInt("past") == 1;
        RowState known = past ? after(row) : before(row);
        if (!known.isKnown()) {
            return new RowAsOf(key, known, by, "the trail has no image of it at " + by);
        }
        long time = row.getLong("changed_at");
        Long emptied = past ? statementsBefore.get(Operation.TRUNCATE) : null;
        if (emptied != null && emptied > time) {
            time = emptied;
            known = RowState.ABSENT;
        }
        Operation cause = past
                ? doubt(known, time, Long.MAX_VALUE, statementsBefore)
                : doubt(known, Long.MIN_VALUE, time, statementsAfter);
        return cause == null
                ? new RowAsOf(key, known, by, null)
                : new RowAsOf(key, RowState.UNKNOWN, by, "a statement-level " + cause + " may have touched it");
    }

    private static RowState after(ResultSet row) throws SQLException {
        if (row.getInt("leaves") == 0) {
            return Documents.state(row.getString("after_image"));
        }
        return row.getString("outcome").equals(Outcome.COMMITTED.name()) ? RowState.ABSENT : RowState.UNKNOWN;
    }

    private static RowState before(ResultSet row) throws SQLException {
        // A row that takes a key by a change of its own finds nothing under it.
        return row.getInt("arrives") == 1 ? RowState.ABSENT : Documents.state(row.getString("before_image"));
    }

    /** A statement-level change between two times that could make a state another; null if there is none. */
    private static @Nullable Operation doubt(RowState state, long after, long before, Map<Operation, Long> times) {
        boolean looksBack = before == Long.MAX_VALUE;
        for (Map.Entry<Operation, Long> one : times.entrySet()) {
            // A row that was there then was not inserted since; one that is not there now was not inserted before.
            boolean harmless = switch (one.getKey()) {
                case INSERT -> state.isAbsent() != looksBack;
                case DELETE, TRUNCATE -> state.isAbsent() == looksBack;
                case UPDATE, UPSERT, OTHER -> false;
            };
            if (!harmless && one.getValue() > after && one.getValue() < before) {
                return one.getKey();
            }
        }
        return null;
    }
}
