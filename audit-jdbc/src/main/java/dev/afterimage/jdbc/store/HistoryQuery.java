package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.RowRef;
import dev.afterimage.core.table.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which entries of the trail are asked for. Immutable; each condition makes a new one, and all of them must hold. */
public final class HistoryQuery {

    /** All entries. */
    public static final HistoryQuery ALL = new HistoryQuery(List.of(), List.of(), null);

    private final List<String> conditions;
    private final List<Object> parameters;
    private final @Nullable Predicate<HistoryEntry> check;

    private HistoryQuery(List<String> conditions, List<Object> parameters, @Nullable Predicate<HistoryEntry> check) {
        this.conditions = conditions;
        this.parameters = parameters;
        this.check = check;
    }

    /** Entries that found a row, or left it, under a key. */
    public HistoryQuery ofRow(RowRef row) {
        long hash = EntryColumns.hash(row);
        HistoryQuery found = with("(row_hash = ? OR new_row_hash = ?)", hash, hash);
        return new HistoryQuery(found.conditions, found.parameters, entry -> is(row, entry.change()));
    }

    private static boolean is(RowRef row, Change change) {
        return row.equals(RowRef.before(change)) || row.equals(RowRef.after(change));
    }

    /** Entries of a table, statement-level ones included. */
    public HistoryQuery ofTable(String source, TableName table) {
        return with(
                "source = ? AND table_name = ? AND COALESCE(table_schema, table_catalog, '') = ?",
                source,
                table.name(),
                owner(table));
    }

    private static String owner(TableName table) {
        String owner = table.schema() == null ? table.catalog() : table.schema();
        return owner == null ? "" : owner;
    }

    /** Entries of one data source. */
    public HistoryQuery ofSource(String source) {
        return with("source = ?", source);
    }

    /** One entry. */
    public HistoryQuery ofEvent(EventId id) {
        return with("instance = ? AND sequence = ?", id.instance(), id.sequence());
    }

    /** Entries of transactions that were committed, in database time, after a moment. */
    public HistoryQuery committedAfter(Instant moment) {
        return with("committed_at > ?", EntryColumns.micros(moment));
    }

    /** Entries whose actor has an attribute. */
    public HistoryQuery withAttribute(String name, String value) {
        // Every database has its own way into JSON; the name alone leaves few.
        HistoryQuery found = with("attributes IS NOT NULL AND CONCAT(attributes, '') LIKE ?", "%\"" + name + "\"%");
        return new HistoryQuery(
                found.conditions,
                found.parameters,
                entry -> admits(entry)
                        && value.equals(entry.change().actor().attributes().get(name)));
    }

    /** What a user did. */
    public HistoryQuery byActor(String actor) {
        return with("actor_hash = ? AND actor = ?", EntryColumns.hash(actor), actor);
    }

    /** What a transaction did; its number is the one within its instance. */
    public HistoryQuery inTransaction(long instance, long number) {
        return with("instance = ? AND transaction_number = ?", instance, number);
    }

    /** Entries whose statement completed, in database time, at a moment or later. */
    public HistoryQuery since(Instant moment) {
        return with("changed_at >= ?", EntryColumns.micros(moment));
    }

    /** Entries whose statement completed, in database time, before a moment. */
    public HistoryQuery until(Instant moment) {
        return with("changed_at < ?", EntryColumns.micros(moment));
    }

    /** Entries that come after another in the order of changes: the next page. */
    public HistoryQuery after(Change last) {
        long time = last.databaseTime();
        // The first condition is for indexes: not every database finds the start of a range by the second.
        return with(
                "changed_at >= ? AND (changed_at, instance, sequence) > (?, ?, ?)",
                time,
                time,
                last.id().instance(),
                last.id().sequence());
    }

    HistoryQuery storedAfter(StoredOrder last) {
        return with(
                "recorded_at >= ? AND (recorded_at, instance, sequence) > (?, ?, ?)",
                last.recordedAt(),
                last.recordedAt(),
                last.instance(),
                last.sequence());
    }

    HistoryQuery storedUntil(long recordedAt) {
        return with("recorded_at <= ?", recordedAt);
    }

    HistoryQuery withGap() {
        return with("gap IS NOT NULL");
    }

    private HistoryQuery with(String condition, Object... values) {
        List<String> allConditions = new ArrayList<>(conditions);
        allConditions.add(condition);
        List<Object> allParameters = new ArrayList<>(parameters);
        allParameters.addAll(Arrays.asList(values));
        return new HistoryQuery(List.copyOf(allConditions), List.copyOf(allParameters), check);
    }

    String where() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    List<Object> parameters() {
        return parameters;
    }

    /** Whether the conditions alone tell: two rows may share a hash. */
    boolean isExact() {
        return check == null;
    }

    boolean admits(HistoryEntry entry) {
        Predicate<HistoryEntry> known = check;
        return known == null || known.test(entry);
    }

    /**
     * A place in the order in which entries were stored. They become visible in this order, those of one moment together.
     */
    record StoredOrder(long recordedAt, long instance, long sequence) {

        /** Behind everything of a moment. */
        static StoredOrder end(long recordedAt) {
            return new StoredOrder(recordedAt, Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }
}
