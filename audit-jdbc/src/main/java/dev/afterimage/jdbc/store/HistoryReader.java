package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.Resolution;
import dev.afterimage.core.resolve.RowRef;
import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Answers questions of people about the trail. Thread-safe if the data source is; takes a connection for each question. */
public final class HistoryReader {

    private static final String OLDEST_FIRST = " ORDER BY changed_at, instance, sequence";

    private final DataSource database;
    private final String history;

    /**
     * How much the trail holds.
     *
     * @param changes all changes, statement-level ones included
     * @param statements statement-level changes
     * @param gaps holes that belong to no single change
     * @param resolutions changes by how their after-image was obtained
     */
    public record Counts(long changes, long statements, long gaps, Map<Resolution, Long> resolutions) {
        public Counts {
            resolutions = Map.copyOf(resolutions);
        }
    }

    /**
     * Makes a reader.
     *
     * @param history name of the history table
     */
    public HistoryReader(DataSource database, String history) {
        this.database = database;
        this.history = JdbcAuditStore.checkedName(history);
    }

    /**
     * The history of a row, oldest first: every change that found it, or left it, under a key.
     *
     * @param source name of the application's data source
     * @throws SQLException if the store cannot be read
     */
    public List<HistoryEntry> history(String source, TableName table, RowKey key) throws SQLException {
        RowRef row = new RowRef(source, table, key);
        long hash = EntryColumns.hash(row);
        List<HistoryEntry> found = entries("(row_hash = ? OR new_row_hash = ?)" + OLDEST_FIRST, hash, hash);
        return found.stream()
                .filter(entry -> row.equals(RowRef.before(entry.change())) || row.equals(RowRef.after(entry.change())))
                .toList();
    }

    /**
     * What a user did from some time on, oldest first.
     *
     * @param limit most entries
     * @throws SQLException if the store cannot be read
     */
    public List<HistoryEntry> byActor(String actor, Instant since, int limit) throws SQLException {
        return entries(
                "actor_hash = ? AND actor = ? AND changed_at >= ?" + OLDEST_FIRST + " LIMIT " + limit,
                EntryColumns.hash(actor),
                actor,
                micros(since));
    }

    /**
     * What happened in a table from some time on, oldest first.
     *
     * @param limit most entries
     * @throws SQLException if the store cannot be read
     */
    public List<HistoryEntry> inTable(String source, TableName table, Instant since, int limit) throws SQLException {
        return entries(
                "changed_at >= ? AND source = ? AND table_name = ?"
                        + " AND COALESCE(table_schema, table_catalog, '') = ?"
                        + OLDEST_FIRST + " LIMIT " + limit,
                micros(since),
                source,
                table.name(),
                owner(table));
    }

    private static String owner(TableName table) {
        String owner = table.schema() == null ? table.catalog() : table.schema();
        return owner == null ? "" : owner;
    }

    private static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    private List<HistoryEntry> entries(String condition, Object... parameters) throws SQLException {
        List<HistoryEntry> entries = new ArrayList<>();
        String sql = "SELECT " + EntryColumns.NAMES + " FROM " + history + " WHERE " + condition;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(EntryColumns.entry(row));
                }
            }
        }
        return entries;
    }

    /**
     * How far the trail of each instance is complete, in the order of their numbers.
     *
     * @throws SQLException if the store cannot be read
     */
    public List<Sealed> sealed() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Sealing.read(connection, history, "");
        }
    }

    /**
     * Counts what is there.
     *
     * @throws SQLException if the store cannot be read
     */
    public Counts counts() throws SQLException {
        Map<Resolution, Long> resolutions = new TreeMap<>();
        long statements = 0;
        try (Connection connection = database.getConnection()) {
            String byResolution =
                    "SELECT resolution, count(*), count(statement_hash) FROM " + history + " GROUP BY resolution";
            try (PreparedStatement statement = connection.prepareStatement(byResolution);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    resolutions.put(Resolution.valueOf(row.getString(1)), row.getLong(2));
                    statements += row.getLong(3);
                }
            }
            long changes =
                    resolutions.values().stream().mapToLong(Long::longValue).sum();
            return new Counts(changes, statements, gaps(connection), resolutions);
        }
    }

    private long gaps(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM " + history + "_gap");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
