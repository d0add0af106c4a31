package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.Horizon;
import dev.afterimage.core.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes entries and gaps within the transaction that is open on a connection. */
final class HistoryWriter {

    /** Rows in one statement: beyond this nothing is gained, and parameters are limited to 32,767. */
    private static final int MOST_ROWS = 128;

    private final Connection connection;
    private final Dialect dialect;
    private final String history;

    HistoryWriter(Connection connection, Dialect dialect, String history) {
        this.connection = connection;
        this.dialect = dialect;
        this.history = history;
    }

    void add(List<HistoryEntry> entries, Map<EventId, Table> tables) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        long recordedAt = moment();
        String row = EntryColumns.ALL.stream()
                .map(column -> dialect.place(column.type()))
                .collect(Collectors.joining(", ", "(", ")"));
        for (List<HistoryEntry> some : Batches.ofPowers(entries, MOST_ROWS)) {
            String sql = dialect.insert + history + " (" + EntryColumns.NAMES + ") VALUES " + row
                    + (", " + row).repeat(some.size() - 1) + dialect.unlessThere;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int index = 1;
                for (HistoryEntry entry : some) {
                    Table table = tables.get(entry.change().id());
                    for (Object value : EntryColumns.values(entry, table, recordedAt)) {
                        bind(statement, index++, value);
                    }
                }
                statement.executeUpdate();
            }
        }
    }

    /**
     * A time that is later than that of everything stored before, whatever the clocks of the writers say. The caller has
     * taken its turn: so entries become visible in the order of these times, and who has seen one has seen all before.
     */
    private long moment() throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("UPDATE " + history
                        + "_writer SET recorded_until = GREATEST(recorded_until + 1, ?) WHERE id = 1");
                PreparedStatement get =
                        connection.prepareStatement("SELECT recorded_until FROM " + history + "_writer WHERE id = 1")) {
            set.setLong(1, EntryColumns.now());
            set.executeUpdate();
            try (ResultSet row = get.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("The row of " + history + "_writer is not there");
                }
                return row.getLong(1);
            }
        }
    }

    /** Claims are replaced; the fact, and when it was recorded, stay. */
    void revise(List<HistoryEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        String json = dialect.jsonPlace;
        String sql = "UPDATE " + history + " SET before_image = " + json + ", after_image = " + json + ", delta = "
                + json + ", resolution = ?, horizon_kind = ?, horizon_until = ? WHERE instance = ? AND sequence = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (HistoryEntry entry : entries) {
                Horizon horizon = entry.horizon();
                bind(statement, 1, Documents.state(entry.before()));
                bind(statement, 2, Documents.state(entry.after()));
                bind(statement, 3, Documents.delta(entry.delta()));
                bind(statement, 4, entry.resolution().name());
                bind(statement, 5, horizon == null ? null : horizon.kind());
                if (horizon == null) {
                    statement.setNull(6, Types.BIGINT);
                } else {
                    statement.setLong(6, horizon.until());
                }
                statement.setLong(7, entry.change().id().instance());
                statement.setLong(8, entry.change().id().sequence());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void addGaps(List<Gap> gaps) throws SQLException {
        if (gaps.isEmpty()) {
            return;
        }
        String sql = dialect.insert + history + "_gap (instance, sequence, source, reason, detail, lost, recorded_at,"
                + " actor, tenant, change_reason, request_id, attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                + dialect.jsonPlace + ")" + dialect.unlessThere;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Gap gap : gaps) {
                Actor actor = gap.actor();
                List<@Nullable Object> values = Arrays.asList(
                        gap.id().instance(),
                        gap.id().sequence(),
                        gap.source(),
                        gap.reason().name(),
                        gap.detail(),
                        gap.lost(),
                        gap.recordedAt(),
                        actor.name(),
                        actor.tenant(),
                        actor.reason(),
                        actor.requestId(),
                        Documents.attributes(actor.attributes()));
                for (int i = 0; i < values.size(); i++) {
                    bind(statement, i + 1, values.get(i));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else if (value == null) {
            statement.setNull(index, Types.NULL);
        } else {
            // PostgreSQL has no text with a null character in it; better a mark than a change that cannot be stored.
            statement.setString(index, value.toString().replace('\0', '\uFFFD'));
        }
    }
}
