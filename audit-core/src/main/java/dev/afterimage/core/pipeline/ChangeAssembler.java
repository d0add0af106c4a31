package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.StatementDescriptor.Condition;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.codec.TransactionRecord.ActorEntry;
import dev.afterimage.core.codec.TransactionRecord.Entry;
import dev.afterimage.core.codec.TransactionRecord.Execution;
import dev.afterimage.core.codec.TransactionRecord.GapEntry;
import dev.afterimage.core.codec.TransactionRecord.KeysEntry;
import dev.afterimage.core.codec.TransactionRecord.StatementEntry;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableLookupException;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
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

    private final long instance;
    private final WallClock clock;
    private final Map<String, Boolean> warned = new HashMap<>();
    private final Map<Long, Progress> open = new HashMap<>();
    private long sequence;

    /** How far a transaction that came in parts has been numbered. */
    private static final class Progress {
        private int changes;
        private int statements;
        private Actor actor = Actor.UNKNOWN;
    }

    ChangeAssembler(long instance, WallClock clock) {
        this.instance = instance;
        this.clock = clock;
    }

    /**
     * Makes the events of a record.
     *
     * @param fence where the commit lies; null where nothing could be read
     * @param clockOffset to the database's clock, in microseconds
     */
    List<AuditEvent> assemble(TransactionRecord record, Source source, @Nullable Fence fence, long clockOffset) {
        Progress progress = record.part() == 0 ? null : open.remove(record.number());
        Assembly assembly =
                new Assembly(record, source, fence, clockOffset, progress == null ? new Progress() : progress);
        assembly.run();
        if (!record.last()) {
            open.put(record.number(), assembly.progress);
        }
        return assembly.events;
    }

    /** A gap that belongs to no transaction. */
    Gap gap(String source, GapReason reason, String detail, long lost) {
        return new Gap(nextId(), source, reason, detail, lost, clock.micros(System.nanoTime()), Actor.UNKNOWN);
    }

    private EventId nextId() {
        return new EventId(instance, ++sequence);
    }

    /** The work on one record. */
    private final class Assembly {
        private final TransactionRecord record;
        private final Source source;
        private final @Nullable Fence fence;
        private final long clockOffset;
        private final Progress progress;
        private final Map<Integer, KeysEntry> keys = new HashMap<>();
        private final List<AuditEvent> events = new ArrayList<>();

        Assembly(TransactionRecord record, Source source, @Nullable Fence fence, long clockOffset, Progress progress) {
            this.record = record;
            this.source = source;
            this.fence = fence;
            this.clockOffset = clockOffset;
            this.progress = progress;
        }

        void run() {
            for (Entry entry : record.entries()) {
                if (entry instanceof KeysEntry returned) {
                    keys.put(returned.statement(), returned);
                }
            }
            for (Entry entry : record.entries()) {
                if (entry instanceof ActorEntry who) {
                    progress.actor = who.actor();
                } else if (entry instanceof StatementEntry statement) {
                    statement(statement, keys.get(progress.statements++));
                } else if (entry instanceof GapEntry hole) {
                    events.add(new Gap(
                            nextId(),
                            source.name(),
                            hole.reason(),
                            hole.detail(),
                            hole.lost(),
                            clock.micros(record.returnedNanos()),
                            progress.actor));
                }
            }
            if (record.last()) {
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

        private void statement(StatementEntry entry, @Nullable KeysEntry returned) {
            if (entry.descriptor().writes().isEmpty()) {
                long rows = entry.rows().isEmpty() ? -1 : entry.rows().get(0).updateCount();
                add(
                        entry,
                        new Row(
                                Operation.OTHER,
                                null,
                                null,
                                null,
                                List.of(),
                                rows,
                                entry.descriptor().gap()));
            }
            for (Write write : entry.descriptor().writes()) {
                write(entry, write, returned);
            }
        }

        private void write(StatementEntry entry, Write write, @Nullable KeysEntry returned) {
            Table table = null;
            GapReason gap = entry.descriptor().gap();
            try {
                table = write.table() == null ? null : source.tables().find(write.table());
            } catch (TableLookupException e) {
                gap = GapReason.KEY_LOOKUP_FAILED;
            }
            if (table == null || table.keyColumns().isEmpty() || gap != null) {
                if (table != null && gap == null) {
                    gap = GapReason.NO_PRIMARY_KEY;
                    warnOnce(table);
                }
                wholeStatement(entry, write, table, gap == null ? GapReason.ROWS_UNKNOWN : gap);
                return;
            }
            Rows rows = new Rows(entry, write, table, RowKeys.returned(returned, write.operation(), table));
            for (Execution execution : entry.rows()) {
                rows.execution(execution);
            }
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
                long count = write.counted() ? execution.updateCount() : -1;
                rows = rows < 0 || count < 0 ? -1 : rows + count;
            }
            if (rows != 0) {
                Execution first = entry.rows().get(0);
                boolean single = entry.rows().size() == 1 && write.valueRows() <= 1;
                List<Assignment> assigned = single ? assignments(write, 0, first.values(), table) : List.of();
                add(entry, new Row(write.operation(), nameOf(write, table), null, null, assigned, rows, gap));
            }
        }

        private @Nullable TableName nameOf(Write write, @Nullable Table table) {
            return table == null ? write.table() : table.name();
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
                            clock.micros(record.returnedNanos()),
                            record.inDoubt() ? Outcome.IN_DOUBT : Outcome.COMMITTED),
                    row.operation(),
                    row.table(),
                    row.key(),
                    row.newKey(),
                    row.assigned(),
                    row.rows(),
                    rowLevel ? null : entry.descriptor().sql(),
                    progress.actor,
                    clock.micros(entry.completedNanos()),
                    clockOffset,
                    fence,
                    row.gap()));
        }

        /** The rows of one write in one entry. */
        private final class Rows {
            private final StatementEntry entry;
            private final Write write;
            private final Table table;
            private final @Nullable List<RowKey> returned;
            private int nextReturned;

            Rows(StatementEntry entry, Write write, Table table, @Nullable List<RowKey> returned) {
                this.entry = entry;
                this.write = write;
                this.table = table;
                this.returned = returned;
            }

            void execution(Execution execution) {
                long count = write.counted() ? execution.updateCount() : -1;
                if (count == 0) {
                    return;
                }
                boolean told = switch (write.operation()) {
                    case INSERT, UPSERT -> inserted(execution, count);
                    case UPDATE, DELETE -> matched(execution, count);
                    case TRUNCATE, OTHER -> false;
                };
                if (!told) {
                    List<Assignment> assigned =
                            write.valueRows() <= 1 ? assignments(write, 0, execution.values(), table) : List.of();
                    Row row = new Row(
                            write.operation(), table.name(), null, null, assigned, count, GapReason.ROWS_UNKNOWN);
                    add(entry, row);
                }
            }

            private boolean inserted(Execution execution, long count) {
                int rows = write.valueRows();
                if (rows == 0) {
                    return returnedRows(execution, count);
                }
                // A count of two for one row is how MariaDB says that an upsert has updated.
                boolean all = count == rows
                        || (count < 0 && !write.selective())
                        || (write.operation() == Operation.UPSERT && count > rows);
                List<RowKey> found = all ? keysOf(rows, execution) : null;
                if (found == null) {
                    return false;
                }
                for (int i = 0; i < found.size(); i++) {
                    row(found.get(i), null, assignments(write, i, execution.values(), table));
                }
                return true;
            }

            /** The keys of all rows of VALUES: as the database returned them, else as the statement gives them. */
            private @Nullable List<RowKey> keysOf(int rows, Execution execution) {
                if (returned != null && returned.size() >= nextReturned + rows) {
                    nextReturned += rows;
                    return returned.subList(nextReturned - rows, nextReturned);
                }
                if (write.operation() == Operation.UPSERT && !meetsByKey()) {
                    return null;
                }
                List<RowKey> found = new ArrayList<>(rows);
                for (int i = 0; i < rows; i++) {
                    RowKey key = RowKeys.assigned(write, i, execution.values(), table);
                    if (key == null) {
                        return null;
                    }
                    found.add(key);
                }
                return found;
            }

            /** Whether the row that an upsert meets has the key that the insert gives: not if another index decides. */
            private boolean meetsByKey() {
                Set<String> conflict =
                        write.conditions().stream().map(Condition::column).collect(Collectors.toSet());
                return table.onlyKey() || conflict.equals(Set.copyOf(table.keyColumns()));
            }

            private boolean matched(Execution execution, long count) {
                Set<RowKey> admitted = RowKeys.admitted(write, execution.values(), table);
                if (admitted == null || admitted.size() != count) {
                    return !movesKeys() && returnedRows(execution, count);
                }
                List<Assignment> assigned = assignments(write, 0, execution.values(), table);
                List<RowKey> moved = new ArrayList<>();
                for (RowKey key : admitted) {
                    RowKey to = movesKeys() ? movedTo(key, execution) : key;
                    if (to == null) {
                        return false;
                    }
                    moved.add(to);
                }
                int i = 0;
                for (RowKey key : admitted) {
                    RowKey to = moved.get(i++);
                    row(key, to.equals(key) ? null : to, assigned);
                }
                return true;
            }

            private boolean movesKeys() {
                return write.operation() == Operation.UPDATE
                        && write.targets().stream()
                                .anyMatch(target -> table.keyColumns().contains(RowKeys.column(target, 0, table)));
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

            /** One change for each key that the database returned, if it returned one for each row. */
            private boolean returnedRows(Execution execution, long count) {
                boolean single = entry.rows().size() == 1;
                if (returned == null || !single || returned.size() != count) {
                    return false;
                }
                List<Assignment> assigned = assignments(write, 0, execution.values(), table);
                returned.forEach(key -> row(key, null, assigned));
                return true;
            }

            private void row(RowKey key, @Nullable RowKey newKey, List<Assignment> assigned) {
                add(entry, new Row(write.operation(), table.name(), key, newKey, assigned, 1, null));
            }
        }
    }

    /** What distinguishes one change of a statement from the next. */
    private record Row(
            Operation operation,
            @Nullable TableName table,
            @Nullable RowKey key,
            @Nullable RowKey newKey,
            List<Assignment> assigned,
            long rows,
            @Nullable GapReason gap) {}

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
                change.gap());
    }
}
