package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.Horizon;
import dev.afterimage.core.resolve.ReadWindow;
import dev.afterimage.core.resolve.Resolution;
import dev.afterimage.core.resolve.RowRef;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of the history table, and an entry as their values. Times are in microseconds since 1970. */
final class EntryColumns {

    enum Type {
        BIGINT,
        BIGINT_REQUIRED,
        INT_REQUIRED,
        WORD,
        TEXT,
        JSON
    }

    record Column(String name, Type type) {}

    static final List<Column> ALL = List.of(
            new Column("instance", Type.BIGINT_REQUIRED),
            new Column("sequence", Type.BIGINT_REQUIRED),
            new Column("source", Type.TEXT),
            new Column("table_catalog", Type.TEXT),
            new Column("table_schema", Type.TEXT),
            new Column("table_name", Type.TEXT),
            new Column("row_key", Type.TEXT),
            new Column("row_hash", Type.BIGINT),
            new Column("row_key_json", Type.JSON),
            new Column("new_row_key", Type.TEXT),
            new Column("new_row_hash", Type.BIGINT),
            new Column("new_row_key_json", Type.JSON),
            new Column("statement_hash", Type.BIGINT),
            new Column("operation", Type.WORD),
            new Column("resolution", Type.WORD),
            new Column("gap", Type.WORD),
            new Column("before_image", Type.JSON),
            new Column("after_image", Type.JSON),
            new Column("captured_images", Type.WORD),
            new Column("delta", Type.JSON),
            new Column("assigned", Type.JSON),
            new Column("row_count", Type.BIGINT_REQUIRED),
            new Column("statement", Type.TEXT),
            new Column("actor", Type.TEXT),
            new Column("actor_hash", Type.BIGINT),
            new Column("tenant", Type.TEXT),
            new Column("change_reason", Type.TEXT),
            new Column("request_id", Type.TEXT),
            new Column("attributes", Type.JSON),
            new Column("transaction_number", Type.BIGINT_REQUIRED),
            new Column("transaction_index", Type.INT_REQUIRED),
            new Column("transaction_count", Type.INT_REQUIRED),
            new Column("outcome", Type.WORD),
            new Column("changed_at", Type.BIGINT_REQUIRED),
            new Column("committed_at", Type.BIGINT_REQUIRED),
            new Column("clock_offset", Type.BIGINT_REQUIRED),
            new Column("fence_kind", Type.WORD),
            new Column("fence_not_before", Type.BIGINT),
            new Column("fence_position", Type.BIGINT),
            new Column("observed_from", Type.BIGINT),
            new Column("observed_until", Type.BIGINT),
            new Column("row_version", Type.WORD),
            new Column("horizon_kind", Type.WORD),
            new Column("horizon_until", Type.BIGINT),
            new Column("recorded_at", Type.BIGINT_REQUIRED));

    private static final long FARTHEST_SECOND = Long.MAX_VALUE / 1_000_000 - 1;
    private static final String BEFORE = "BEFORE";
    private static final String AFTER = "AFTER";
    private static final String BOTH = "BOTH";

    static final String NAMES = ALL.stream().map(Column::name).collect(Collectors.joining(", "));

    private EntryColumns() {}

    /** A number that finds a row by index; rows that share it are told apart by their names. */
    static long hash(RowRef row) {
        return hash(row.source() + '\n' + row.table() + '\n' + row.key().canonical());
    }

    static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Finds the statement-level changes of a table, or those that name none. */
    static long hash(String source, @Nullable TableName table) {
        return hash(table == null ? source : source + '\n' + table.name());
    }

    /** Of a moment that is too far away for the number, the farthest. */
    static long micros(Instant moment) {
        long seconds = Math.max(-FARTHEST_SECOND, Math.min(moment.getEpochSecond(), FARTHEST_SECOND));
        return 1_000_000 * seconds + moment.getNano() / 1_000;
    }

    static long now() {
        return micros(Instant.now());
    }

    /**
     * Values in the order of {@link #ALL}; {@link Long}, {@link Integer}, {@link String} or null.
     *
     * @param recordedAt when it is stored
     */
    static List<@Nullable Object> values(HistoryEntry entry, @Nullable Table table, long recordedAt) {
        List<@Nullable Object> values = new ArrayList<>(ALL.size());
        Change change = entry.change();
        addPlace(change, values);
        values.add(change.operation().name());
        values.add(entry.resolution().name());
        values.add(change.gap() == null ? null : change.gap().name());
        values.add(Documents.state(entry.before()));
        values.add(Documents.state(entry.after()));
        values.add(capturedImages(change));
        values.add(Documents.delta(entry.delta()));
        values.add(Documents.assigned(change.assigned(), table));
        values.add(change.rows());
        values.add(change.statement());
        addActor(change.actor(), values);
        addTransaction(change, values);
        addReading(entry, values);
        values.add(recordedAt);
        return values;
    }

    /** Which of the entry's images the database had returned to the application: these are facts, the others derived. */
    private static @Nullable String capturedImages(Change change) {
        if (change.before() != null) {
            return change.after() == null ? BEFORE : BOTH;
        }
        return change.after() == null ? null : AFTER;
    }

    private static @Nullable Image captured(ResultSet row, String which, String column) throws SQLException {
        String captured = row.getString("captured_images");
        boolean is = captured != null && (captured.equals(which) || captured.equals(BOTH));
        return is ? Documents.state(row.getString(column)).image() : null;
    }

    private static void addPlace(Change change, List<@Nullable Object> values) {
        values.add(change.id().instance());
        values.add(change.id().sequence());
        values.add(change.source());
        TableName table = change.table();
        values.add(table == null ? null : table.catalog());
        values.add(table == null ? null : table.schema());
        values.add(table == null ? null : table.name());
        addRow(RowRef.before(change), values);
        addRow(change.newKey() == null ? null : RowRef.after(change), values);
        values.add(change.isRowLevel() ? null : hash(change.source(), table));
    }

    private static void addRow(@Nullable RowRef row, List<@Nullable Object> values) {
        values.add(row == null ? null : row.key().canonical());
        values.add(row == null ? null : hash(row));
        values.add(row == null ? null : Documents.keyDocument(row.key()));
    }

    private static void addActor(Actor actor, List<@Nullable Object> values) {
        values.add(actor.name());
        values.add(actor.name() == null ? null : hash(actor.name()));
        values.add(actor.tenant());
        values.add(actor.reason());
        values.add(actor.requestId());
        values.add(Documents.attributes(actor.attributes()));
    }

    private static void addTransaction(Change change, List<@Nullable Object> values) {
        TransactionInfo transaction = change.transaction();
        values.add(transaction.number());
        values.add(transaction.index());
        values.add(transaction.count());
        values.add(transaction.outcome().name());
        values.add(change.databaseTime());
        values.add(transaction.committedAt() + change.clockOffset());
        values.add(change.clockOffset());
    }

    private static void addReading(HistoryEntry entry, List<@Nullable Object> values) {
        Fence fence = entry.change().fence();
        values.add(fence == null ? null : fence.kind());
        values.add(fence == null ? null : fence.notBefore());
        values.add(fence == null ? null : fence.position());
        ReadWindow window = entry.window();
        values.add(window == null ? null : window.from());
        values.add(window == null ? null : window.until());
        values.add(window == null ? null : window.version());
        Horizon horizon = entry.horizon();
        values.add(horizon == null ? null : horizon.kind());
        values.add(horizon == null ? null : horizon.until());
    }

    static HistoryEntry entry(ResultSet row) throws SQLException {
        Fence fence = fence(row);
        Long from = number(row, "observed_from");
        ReadWindow window = fence == null || from == null
                ? null
                : new ReadWindow(fence.kind(), from, row.getLong("observed_until"), row.getString("row_version"));
        String horizonKind = row.getString("horizon_kind");
        String delta = row.getString("delta");
        return new HistoryEntry(
                change(row, fence),
                window,
                horizonKind == null ? null : new Horizon(horizonKind, row.getLong("horizon_until")),
                Documents.state(row.getString("before_image")),
                Documents.state(row.getString("after_image")),
                Documents.delta(delta == null ? "{}" : delta),
                Resolution.valueOf(row.getString("resolution")));
    }

    private static Change change(ResultSet row, @Nullable Fence fence) throws SQLException {
        long offset = row.getLong("clock_offset");
        String table = row.getString("table_name");
        String gap = row.getString("gap");
        String assigned = row.getString("assigned");
        return new Change(
                new EventId(row.getLong("instance"), row.getLong("sequence")),
                row.getString("source"),
                new TransactionInfo(
                        row.getLong("transaction_number"),
                        row.getInt("transaction_index"),
                        row.getInt("transaction_count"),
                        row.getLong("committed_at") - offset,
                        Outcome.valueOf(row.getString("outcome"))),
                Operation.valueOf(row.getString("operation")),
                table == null
                        ? null
                        : new TableName(row.getString("table_catalog"), row.getString("table_schema"), table),
                Documents.key(row.getString("row_key")),
                Documents.key(row.getString("new_row_key")),
                Documents.assigned(assigned == null ? "{}" : assigned),
                row.getLong("row_count"),
                row.getString("statement"),
                actor(row),
                row.getLong("changed_at") - offset,
                offset,
                fence,
                gap == null ? null : GapReason.valueOf(gap),
                captured(row, BEFORE, "before_image"),
                captured(row, AFTER, "after_image"));
    }

    private static Actor actor(ResultSet row) throws SQLException {
        return new Actor(
                row.getString("actor"),
                row.getString("tenant"),
                row.getString("change_reason"),
                row.getString("request_id"),
                Documents.attributes(row.getString("attributes")));
    }

    /** Reads a row of the table of gaps. */
    static Gap gap(ResultSet row) throws SQLException {
        return new Gap(
                new EventId(row.getLong("instance"), row.getLong("sequence")),
                row.getString("source"),
                GapReason.valueOf(row.getString("reason")),
                row.getString("detail"),
                row.getLong("lost"),
                row.getLong("recorded_at"),
                actor(row));
    }

    private static @Nullable Fence fence(ResultSet row) throws SQLException {
        String kind = row.getString("fence_kind");
        return kind == null ? null : new Fence(kind, row.getLong("fence_not_before"), row.getLong("fence_position"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
