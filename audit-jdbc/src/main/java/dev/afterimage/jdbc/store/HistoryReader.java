package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.Resolution;
import dev.afterimage.core.resolve.RowRef;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.store.HistoryQuery.StoredOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Answers questions of people about the trail. Thread-safe if the data source is; takes a connection for each question. */
public final class HistoryReader {

    /** Where all is wanted. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    private static final String OLDEST_FIRST = " ORDER BY changed_at, instance, sequence";
    private static final String STORED_FIRST = " ORDER BY recorded_at, instance, sequence";
    private static final int FOLLOWED_AT_ONCE = 1_000;
    private static final int PORTION = 500;

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
        return list(HistoryQuery.ALL.ofRow(new RowRef(source, table, key)), NO_LIMIT);
    }

    /**
     * What a user did from some time on, oldest first.
     *
     * @param limit most entries
     * @throws SQLException if the store cannot be read
     */
    public List<HistoryEntry> byActor(String actor, Instant since, int limit) throws SQLException {
        return list(HistoryQuery.ALL.byActor(actor).since(since), limit);
    }

    /**
     * What happened in a table from some time on, oldest first.
     *
     * @param limit most entries
     * @throws SQLException if the store cannot be read
     */
    public List<HistoryEntry> inTable(String source, TableName table, Instant since, int limit) throws SQLException {
        return list(HistoryQuery.ALL.ofTable(source, table).since(since), limit);
    }

    private List<HistoryEntry> list(HistoryQuery query, int limit) throws SQLException {
        List<HistoryEntry> entries = new ArrayList<>();
        read(query, limit, entries::add);
        return entries;
    }

    /**
     * Reads entries in the order of changes. They are handed on as they come: memory is needed for some hundreds, however
     * many there are.
     *
     * @param limit most entries
     * @throws SQLException if the store cannot be read
     */
    public void read(HistoryQuery query, int limit, Consumer<HistoryEntry> consumer) throws SQLException {
        read(query, OLDEST_FIRST, limit, (row, entry) -> consumer.accept(entry));
    }

    private interface EntryConsumer {
        void accept(ResultSet row, HistoryEntry entry) throws SQLException;
    }

    private void read(HistoryQuery query, String order, int limit, EntryConsumer consumer) throws SQLException {
        String sql = "SELECT " + EntryColumns.NAMES + " FROM " + history + query.where() + order
                + (limit == NO_LIMIT || !query.isExact() ? "" : " LIMIT " + limit);
        try (Connection connection = database.getConnection()) {
            int[] left = {limit};
            stream(connection, sql, query.parameters(), row -> {
                HistoryEntry entry = EntryColumns.entry(row);
                if (query.admits(entry)) {
                    consumer.accept(row, entry);
                    left[0]--;
                }
                return left[0] > 0;
            });
        }
    }

    /** Takes rows until it has enough. */
    interface RowConsumer {
        boolean accept(ResultSet row) throws SQLException;
    }

    /** Rows come in portions; PostgreSQL sends them all at once unless a transaction is open. */
    static void stream(Connection connection, String sql, List<?> parameters, RowConsumer consumer)
            throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(PORTION);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                boolean more = true;
                while (more && row.next()) {
                    more = consumer.accept(row);
                }
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    /**
     * Reads what is there in the order of changes, then what is stored from then on in the order of storing, until the
     * consumer has enough. Nothing is left out and nothing comes twice, however many servers write: writers take turns,
     * and each gives its entries a later moment than all before have. An entry whose images are corrected later does not
     * come again.
     *
     * @param pauseMillis between two looks for new entries
     * @param consumer returns whether it wants more
     * @throws SQLException if the store cannot be read
     */
    public void follow(HistoryQuery query, long pauseMillis, Predicate<HistoryEntry> consumer)
            throws SQLException, InterruptedException {
        StoredOrder[] last = {StoredOrder.end(newest())};
        boolean[] more = {true};
        read(query.storedUntil(last[0].recordedAt()), OLDEST_FIRST, NO_LIMIT, (row, entry) -> {
            more[0] = more[0] && consumer.test(entry);
        });
        while (more[0]) {
            read(query.storedAfter(last[0]), STORED_FIRST, FOLLOWED_AT_ONCE, (row, entry) -> {
                EventId id = entry.change().id();
                last[0] = new StoredOrder(row.getLong("recorded_at"), id.instance(), id.sequence());
                more[0] = more[0] && consumer.test(entry);
            });
            if (more[0]) {
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            }
        }
    }

    private long newest() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT recorded_until FROM " + history + "_writer WHERE id = 1");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * The tables that the trail is about, by source and name. One whose key was changed is there once for each key.
     *
     * @throws SQLException if the store cannot be read
     */
    public List<AuditedTable> tables() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return TableNotes.read(connection, history);
        }
    }

    /**
     * The state of rows of a table as of a time: what a reader of the production database saw then. Rows of which the
     * trail knows no change at all are not among them.
     *
     * @param keys the rows; empty for all
     * @throws SQLException if the store cannot be read
     */
    public void states(AuditedTable table, List<RowKey> keys, Instant asOf, Consumer<RowAsOf> consumer)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            new StateQuery(connection, history, table, EntryColumns.micros(asOf)).read(keys, consumer);
        }
    }

    /**
     * Where the trail does not know something, oldest first: holes that belong to no change, and changes of which the
     * rows, or the statement, are not known.
     *
     * @param limit most gaps
     * @throws SQLException if the store cannot be read
     */
    public List<Gap> gaps(Instant since, Instant until, int limit) throws SQLException {
        List<Gap> gaps = new ArrayList<>();
        String sql = "SELECT * FROM " + history + "_gap WHERE recorded_at >= ? AND recorded_at < ?"
                + " ORDER BY recorded_at, instance, sequence LIMIT " + limit;
        try (Connection connection = database.getConnection()) {
            List<Long> times = List.of(EntryColumns.micros(since), EntryColumns.micros(until));
            stream(connection, sql, times, row -> gaps.add(EntryColumns.gap(row)));
        }
        HistoryQuery changes = HistoryQuery.ALL.withGap().since(since).until(until);
        read(changes, limit, entry -> gaps.add(gap(entry.change())));
        gaps.sort(Comparator.comparingLong(Gap::recordedAt));
        return List.copyOf(gaps.subList(0, Math.min(limit, gaps.size())));
    }

    private static Gap gap(Change change) {
        GapReason reason = change.gap();
        return new Gap(
                change.id(),
                change.source(),
                reason == null ? GapReason.INTERNAL_FAILURE : reason,
                change.operation() + " " + (change.table() == null ? "" : change.table() + ": ") + change.statement(),
                change.rows(),
                change.databaseTime(),
                change.actor());
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
