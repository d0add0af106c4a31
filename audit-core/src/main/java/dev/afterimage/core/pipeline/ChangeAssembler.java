package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.StatementDescriptor.Condition;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.codec.TransactionRecord.ActorEntry;
import dev.afterimage.core.codec.TransactionRecord.Entry;
import dev.afterimage.core.codec.TransactionRecord.Execution;
import dev.afterimage.core.codec.TransactionRecord.GapEntry;
import dev.afterimage.core.codec.TransactionRecord.PathEntry;
import dev.afterimage.core.codec.TransactionRecord.ReturnedEntry;
import dev.afterimage.core.codec.TransactionRecord.StatementEntry;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.metrics.LogLimit;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of transaction records: one for each row where the rows can be told, else one for the statement with its
 * count and a gap. Numbers them densely. Used by the background thread only.
 *
 * <p>A row is claimed only where nothing else is possible: the keys in the WHERE clause are as many as the rows that the
 * database says it changed, or the database returned the keys itself.
 */
final class ChangeAssembler {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeAssembler.class);

    /** Most transactions in parts at once. A part that was dropped may have been the last: they cannot be kept for good. */
    private static final int MOST_OPEN = 1024;

    private static final long NO_LIMIT = Long.MIN_VALUE;

    private final long instance;
    private final WallClock clock;
    private final int maxRows;
    private final Map<String, Boolean> warned = new HashMap<>();
    private final LogLimit logLimit = new LogLimit();
    private final Map<Long, Progress> open = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Progress> eldest) {
            return size() > MOST_OPEN;
        }
    };
    private long sequence;
    private long limit = NO_LIMIT;
    private long beyond;

    /** How far a transaction that came in parts has been numbered. */
    private static final class Progress {
        private int parts;
        private boolean whole = true;
        private int changes;
        private int statements;
        private Actor actor = Actor.UNKNOWN;
        private String path = "";

        Progress copy() {
            Progress copy = new Progress();
            copy.parts = parts;
            copy.whole = whole;
            copy.changes = changes;
            copy.statements = statements;
            copy.actor = actor;
            copy.path = path;
            return copy;
        }
    }

    /**
     * Makes an assembler.
     *
     * @param maxRows most rows of one execution that become a change each
     */
    ChangeAssembler(long instance, WallClock clock, int maxRows) {
        this(instance, clock, maxRows, 0);
    }

    /**
     * As the other, going on where another one has ended.
     *
     * @param sequence the last number that was given
     */
    ChangeAssembler(long instance, WallClock clock, int maxRows, long sequence) {
        this.instance = instance;
        this.sequence = sequence;
        this.maxRows = maxRows;
        this.clock = clock;
    }

    /**
     * Makes the events of a record.
     *
     * @param fences the database's positions and clock; null where it cannot be asked
     */
    List<AuditEvent> assemble(TransactionRecord record, Source source, @Nullable FenceLog fences) {
        return assembleAt(record, source, new OwnTimes(clock, fences));
    }

    /** As the other, for a record whose moments another process may have measured. */
    List<AuditEvent> assembleAt(TransactionRecord record, Source source, RecordTimes times) {
        Progress known = open.get(record.number());
        Progress earlier = known == null ? null : known.copy();
        long before = sequence;
        try {
            Assembly assembly = new Assembly(record, source, times, progressOf(record));
            assembly.run();
            return assembly.events;
        } catch (RuntimeException e) {
            sequence = before; // No event of the record goes out, so none of its numbers may be missing.
            Progress progress = open.get(record.number());
            if (progress != null) {
                progress.whole = false;
            }
            throw e;
        } catch (Error e) {
            rewind(before);
            open.remove(record.number()); // As if it had not been tried: it is tried again.
            if (earlier != null) {
                open.put(record.number(), earlier);
            }
            throw e;
        }
    }

    /** Takes back the numbers that were given since the last one was this. */
    void rewind(long last) {
        sequence = last;
    }

    private Progress progressOf(TransactionRecord record) {
        Progress known = open.remove(record.number());
        Progress progress = known == null ? new Progress() : known;
        progress.whole &= progress.parts == record.part();
        progress.parts = record.part() + 1;
        if (!record.last()) {
            open.put(record.number(), progress);
        }
        return progress;
    }

    /** A gap that belongs to no transaction. */
    Gap gap(String source, GapReason reason, String detail, long lost) {
        return gap(null, source, reason, detail, lost);
    }

    /**
     * As the other.
     *
     * @param instead the event in whose place it stands, so that no number is missing; null if there is none
     */
    Gap gap(@Nullable EventId instead, String source, GapReason reason, String detail, long lost) {
        EventId id = instead == null ? nextId() : instead;
        return new Gap(id, source, reason, detail, lost, clock.micros(System.nanoTime()), Actor.UNKNOWN);
    }

    /** The last number that was given. */
    long sequence() {
        return sequence;
    }

    /**
     * Numbers the events that follow.
     *
     * @param first the next event's number
     * @param count how many go on from there
     * @param then the number of the one after these
     */
    void numberFrom(long first, long count, long then) {
        sequence = first - 1;
        limit = first + count;
        beyond = then;
    }

    private EventId nextId() {
        if (++sequence == limit) {
            sequence = beyond;
        }
        return new EventId(instance, sequence);
    }

    /** The work on one record. */
    private final class Assembly {
        private final TransactionRecord record;
        private final Source source;
        private final @Nullable Fence fence;
        private final RecordTimes times;
        private final Progress progress;
        private final Map<Integer, ReturnedEntry> returnedRows = new HashMap<>();
        private final List<AuditEvent> events = new ArrayList<>();

        Assembly(TransactionRecord record, Source source, RecordTimes times, Progress progress) {
            this.record = record;
            this.source = source;
            this.fence = times.fence(record);
            this.times = times;
            this.progress = progress;
        }

        void run() {
            for (Entry entry : record.entries()) {
                if (entry instanceof ReturnedEntry returned) {
                    returnedRows.put(returned.statement(), returned);
                }
            }
            for (Entry entry : record.entries()) {
                if (entry instanceof ActorEntry who) {
                    progress.actor = who.actor();
                } else if (entry instanceof PathEntry where) {
                    progress.path = where.path();
                } else if (entry instanceof StatementEntry statement) {
                    // Behind a missing part the statements' numbers are not known, so neither is whose rows these are.
                    ReturnedEntry returned = returnedRows.get(progress.statements++);
                    statement(statement, progress.whole ? returned : null);
                } else if (entry instanceof GapEntry hole) {
                    events.add(new Gap(
                            nextId(),
                            source.name(),
                            hole.reason(),
                            hole.detail(),
                            hole.lost(),
                            times.micros(record.returnedNanos()),
                            progress.actor));
                }
            }
            if (record.last() && progress.whole) {
                tellCount();
            }
        }

        /** The last change of a transaction says how many there were, so that a reader can tell whether it has all. */
        private void tellCount() {
            for (int i = events.size() - 1; i >= 0; i--) {
                if (events.get(i) instanceof Change change) {
                    events.set(i, counted(change, progress.changes));
                    return;
                }
            }
        }

        private void statement(StatementEntry entry, @Nullable ReturnedEntry returned) {
            if (entry.descriptor().writes().isEmpty()) {
                long rows = entry.rows().isEmpty() ? -1 : 0;
                for (Execution execution : entry.rows()) {
                    rows = sum(rows, execution.updateCount());
                }
                GapReason gap = entry.descriptor().gap();
                add(entry, Row.whole(Operation.OTHER, null, List.of(), rows, gap));
            }
            for (Write write : entry.descriptor().writes()) {
                write(entry, write, returned);
            }
        }

        private void write(StatementEntry entry, Write write, @Nullable ReturnedEntry returned) {
            Table table = null;
            GapReason gap = entry.descriptor().gap();
            try {
                table = write.table() == null ? null : source.tables().find(write.table(), progress.path);
            } catch (RuntimeException e) { // Whatever fails there, what is known of the change is not lost for it.
                gap = GapReason.KEY_LOOKUP_FAILED;
                if (logLimit.allows()) {
                    LOG.warn("The key of {} cannot be looked up, changes are recorded by statement", write.table(), e);
                }
            }
            if (table == null || table.keyColumns().isEmpty() || gap != null) {
                if (table != null && gap == null) {
                    gap = GapReason.NO_PRIMARY_KEY;
                    warnOnce(table);
                }
                wholeStatement(entry, write, table, gap == null ? GapReason.ROWS_UNKNOWN : gap);
                return;
            }
            Rows rows = new Rows(entry, write, table, ReturnedRow.of(returned, write.operation(), table));
            entry.rows().forEach(rows::execution);
        }

        private void warnOnce(Table table) {
            if (warned.putIfAbsent(table.name().toString(), true) == null) {
                LOG.warn(
                        "Table {} has no primary key: its changes are recorded by statement, not by row", table.name());
            }
        }

        /** The whole entry as one change, its counts added up. */
        private void wholeStatement(StatementEntry entry, Write write, @Nullable Table table, GapReason gap) {
            long rows = 0;
            for (Execution execution : entry.rows()) {
                rows = sum(rows, count(write, execution));
            }
            if (rows != 0) {
                Execution first = entry.rows().get(0);
                boolean single = entry.rows().size() == 1 && write.valueRows() <= 1;
                List<Assignment> assigned = single ? assignments(write, 0, first.values(), table) : List.of();
                add(entry, Row.whole(write.operation(), nameOf(write, table), assigned, rows, gap));
            }
        }

        private @Nullable TableName nameOf(Write write, @Nullable Table table) {
            return table == null ? write.table() : table.name();
        }

        /**
         * The moment that orders a change among those of its row. The driver returns after the commit of a statement that
         * is a transaction of its own: by then others may have changed a row that it has made. A row whose key the
         * database has made had no life before, and nobody could change it before it was asked for.
         */
        private long changedNanos(StatementEntry entry, Row row) {
            boolean ofItsOwn = entry.completedNanos() - record.askedNanos() > 0;
            return row.made() && ofItsOwn ? record.askedNanos() : entry.completedNanos();
        }

        private void add(StatementEntry entry, Row row) {
            boolean rowLevel = row.key() != null;
            events.add(new Change(
                    nextId(),
                    source.name(),
                    new TransactionInfo(
                            record.number(),
                            progress.changes++,
                            0,
                            times.micros(record.returnedNanos()),
                            record.inDoubt() ? Outcome.IN_DOUBT : Outcome.COMMITTED),
                    row.operation(),
                    row.table(),
                    row.key(),
                    row.newKey(),
                    row.assigned(),
                    row.rows(),
                    rowLevel ? null : entry.descriptor().sql(),
                    progress.actor,
                    times.micros(changedNanos(entry, row)),
                    times.clockOffset(changedNanos(entry, row)),
                    fence,
                    row.gap(),
                    row.before(),
                    row.after()));
        }

        /** The rows of one write in one entry. */
        private final class Rows {
            private final StatementEntry entry;
            private final Write write;
            private final Table table;
            private final @Nullable List<ReturnedRow> returned;
            private int nextReturned;

            /** Returned rows are of use only if they are as many as the changed ones: else it is not known which is which. */
            Rows(StatementEntry entry, Write write, Table table, @Nullable List<ReturnedRow> returned) {
                this.entry = entry;
                this.write = write;
                this.table = table;
                long rows = 0;
                for (Execution execution : entry.rows()) {
                    rows = sum(rows, changed(execution));
                }
                this.returned = returned != null && returned.size() == rows ? returned : null;
            }

            /** Rows that an execution changed; -1 where that is not known. */
            private long changed(Execution execution) {
                long count = count(write, execution);
                int rows = write.valueRows();
                // A count of two for one row is how MariaDB says that an upsert has updated.
                boolean all =
                        (count < 0 && !write.selective()) || (write.operation() == Operation.UPSERT && count > rows);
                return rows > 0 && all ? rows : count;
            }

            void execution(Execution execution) {
                long changed = changed(execution);
                if (changed == 0) {
                    return;
                }
                boolean told = changed <= maxRows
                        && switch (write.operation()) {
                            case INSERT, UPSERT -> inserted(execution, changed);
                            case UPDATE, DELETE -> matched(execution, changed);
                            case TRUNCATE, OTHER -> false;
                        };
                nextReturned += (int) changed;
                if (!told) {
                    List<Assignment> assigned =
                            write.valueRows() <= 1 ? assignments(write, 0, execution.values(), table) : List.of();
                    long count = count(write, execution);
                    GapReason gap = changed > maxRows ? GapReason.TOO_LARGE : GapReason.ROWS_UNKNOWN;
                    add(entry, Row.whole(write.operation(), table.name(), assigned, count, gap));
                }
            }

            private boolean inserted(Execution execution, long changed) {
                int rows = write.valueRows();
                if (rows == 0) {
                    return returnedRows(execution, changed);
                }
                if (changed != rows || (returned == null && write.operation() == Operation.UPSERT && !meetsByKey())) {
                    return false;
                }
                List<RowKey> found = new ArrayList<>();
                for (int i = 0; i < rows; i++) {
                    RowKey key = insertedKey(i, execution);
                    if (key == null) {
                        return false;
                    }
                    found.add(key);
                }
                for (int i = 0; i < found.size(); i++) {
                    ReturnedRow row = returned == null ? null : returned.get(nextReturned + i);
                    List<Assignment> assigned = assignments(write, i, execution.values(), table);
                    boolean made = !found.get(i).equals(given(i, execution));
                    row(found.get(i), null, assigned, row, made);
                }
                return true;
            }

            private @Nullable RowKey given(int valueRow, Execution execution) {
                return RowKeys.assigned(write, valueRow, execution.values(), table);
            }

            /**
             * An upsert may meet a row by another unique key than the primary one, and a trigger may set the key: a whole
             * row that was returned knows better than the statement.
             */
            private @Nullable RowKey insertedKey(int valueRow, Execution execution) {
                ReturnedRow row = returned == null ? null : returned.get(nextReturned + valueRow);
                boolean databaseKnowsBetter =
                        row != null && (write.operation() == Operation.UPSERT || row.after() != null);
                RowKey given = databaseKnowsBetter ? null : given(valueRow, execution);
                return given == null && row != null ? row.newKey() : given;
            }

            /** Whether the row that an upsert meets has the key that the insert gives: not if another index decides. */
            private boolean meetsByKey() {
                Set<String> conflict =
                        write.conditions().stream().map(Condition::column).collect(Collectors.toSet());
                return table.onlyKey() || conflict.equals(Set.copyOf(table.keyColumns()));
            }

            private boolean matched(Execution execution, long changed) {
                Set<RowKey> admitted = RowKeys.admitted(write, execution.values(), table, maxRows);
                if (admitted == null || admitted.size() != changed) {
                    return returnedRows(execution, changed);
                }
                List<RowKey> moved = new ArrayList<>();
                for (RowKey key : admitted) {
                    RowKey to = movesKeys() ? movedTo(key, execution) : key;
                    if (to == null) {
                        return returnedRows(execution, changed);
                    }
                    moved.add(to);
                }
                List<Assignment> assigned = assignments(write, 0, execution.values(), table);
                Map<RowKey, ReturnedRow> byKey = returnedByKey(changed);
                int i = 0;
                for (RowKey key : admitted) {
                    RowKey to = moved.get(i++);
                    row(key, to, assigned, byKey.get(to), false);
                }
                return true;
            }

            private Map<RowKey, ReturnedRow> returnedByKey(long changed) {
                Map<RowKey, ReturnedRow> byKey = new HashMap<>();
                if (returned != null) {
                    returned.subList(nextReturned, nextReturned + (int) changed)
                            .forEach(row -> byKey.put(row.newKey(), row));
                }
                return byKey;
            }

            private boolean movesKeys() {
                return write.operation() == Operation.UPDATE
                        && write.targets().stream()
                                .anyMatch(target -> table.keyColumns().contains(table.columnNamed(target.column())));
            }

            private @Nullable RowKey movedTo(RowKey key, Execution execution) {
                List<RowKey.Part> parts = new ArrayList<>();
                for (RowKey.Part part : key.columns()) {
                    Value value = RowKeys.assignedValue(write, 0, execution.values(), table, part.column());
                    String text = value == null
                            ? part.value()
                            : table.typeOf(part.column()).keyText(value);
                    if (text == null) {
                        return null;
                    }
                    parts.add(new RowKey.Part(part.column(), text));
                }
                return new RowKey(parts);
            }

            /** One change for each row that the database returned; under which key a moved one lay, the old row says. */
            private boolean returnedRows(Execution execution, long changed) {
                if (returned == null) {
                    return false;
                }
                List<ReturnedRow> rows = returned.subList(nextReturned, nextReturned + (int) changed);
                if (movesKeys() && !rows.stream().allMatch(ReturnedRow::showsOldRow)) {
                    return false;
                }
                List<Assignment> assigned = assignments(write, 0, execution.values(), table);
                boolean made = write.operation() == Operation.INSERT;
                rows.forEach(row -> row(row.key(), row.newKey(), assigned, row, made));
                return true;
            }

            private void row(
                    RowKey key,
                    @Nullable RowKey newKey,
                    List<Assignment> assigned,
                    @Nullable ReturnedRow returned,
                    boolean made) {
                boolean moved = newKey != null && !newKey.equals(key);
                // What was returned under another key than the statement says is of another row.
                ReturnedRow images =
                        returned != null && returned.newKey().equals(moved ? newKey : key) ? returned : null;
                add(
                        entry,
                        new Row(
                                write.operation(),
                                table.name(),
                                key,
                                moved ? newKey : null,
                                assigned,
                                1,
                                null,
                                images == null ? null : images.before(),
                                images == null ? null : images.after(),
                                made && write.operation() == Operation.INSERT));
            }
        }
    }

    /** Rows that an execution changed, as the database counted them; -1 where it did not. */
    private static long count(Write write, Execution execution) {
        long count = write.counted() ? Math.max(-1, execution.updateCount()) : -1;
        return write.operation() == Operation.TRUNCATE && count == 0 ? -1 : count; // Databases do not count there.
    }

    private static long sum(long rows, long more) {
        return rows < 0 || more < 0 ? -1 : rows + more;
    }

    /** What distinguishes one change of a statement from the next. */
    private record Row(
            Operation operation,
            @Nullable TableName table,
            @Nullable RowKey key,
            @Nullable RowKey newKey,
            List<Assignment> assigned,
            long rows,
            @Nullable GapReason gap,
            @Nullable Image before,
            @Nullable Image after,
            boolean made) {

        /** A change that no single row is known of. */
        static Row whole(
                Operation operation,
                @Nullable TableName table,
                List<Assignment> assigned,
                long rows,
                @Nullable GapReason gap) {
            return new Row(operation, table, null, null, assigned, rows, gap, null, null, false);
        }
    }

    private static List<Assignment> assignments(
            Write write, int valueRow, List<Value> parameters, @Nullable Table table) {
        List<Target> targets = write.targets();
        List<Assignment> assigned = new ArrayList<>(targets.size());
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            String column = table == null ? target.column() : RowKeys.column(target, i, table);
            if (valueRow < target.sources().size() && !column.isEmpty()) {
                assigned.add(
                        new Assignment(column, RowKeys.value(target.sources().get(valueRow), parameters)));
            }
        }
        return assigned;
    }

    private static Change counted(Change change, int count) {
        TransactionInfo info = change.transaction();
        return new Change(
                change.id(),
                change.source(),
                new TransactionInfo(info.number(), info.index(), count, info.committedAt(), info.outcome()),
                change.operation(),
                change.table(),
                change.key(),
                change.newKey(),
                change.assigned(),
                change.rows(),
                change.statement(),
                change.actor(),
                change.changedAt(),
                change.clockOffset(),
                change.fence(),
                change.gap(),
                change.before(),
                change.after());
    }
}
