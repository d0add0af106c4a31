package dev.afterimage.kafka;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Plain events for tests in which the sequence matters and little else. */
final class Events {

    static final String SOURCE = "test";
    static final TableName TABLE = TableName.of("public", "listing");
    private static final long INSTANCE = 0x1234_5678_9abc_def0L;

    private Events() {}

    /** An update of the row with the given key. */
    static Change change(long sequence, String key) {
        return change(
                sequence,
                key,
                List.of(
                        new Assignment("price", Value.of(new BigDecimal("250000.00"))),
                        new Assignment("agent", Value.of("Mira Lindqvist")),
                        new Assignment("version", Value.of(sequence))));
    }

    static Change change(long sequence, String key, List<Assignment> assigned) {
        return new Change(
                new EventId(INSTANCE, sequence),
                SOURCE,
                new TransactionInfo(sequence, 0, 1, 1763797641000250L, Outcome.COMMITTED),
                Operation.UPDATE,
                TABLE,
                new RowKey(List.of(new RowKey.Part("id", key))),
                null,
                assigned,
                1,
                null,
                Actor.UNKNOWN,
                1763797640998100L,
                0,
                new Fence(Fence.LSN, sequence - 1, sequence),
                null);
    }

    /** Updates with sequences from the first on, over the given number of rows in turn. */
    static List<AuditEvent> changes(long first, int count, int rows) {
        List<AuditEvent> changes = new ArrayList<>(count);
        for (long sequence = first; sequence < first + count; sequence++) {
            changes.add(change(sequence, Long.toString(sequence % rows)));
        }
        return changes;
    }
}
