package dev.afterimage.kafka;

import dev.afterimage.core.event.AuditEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What can be done now: of each partition, the records from its beginning up to the first that is not due. Nothing leaves
 * its queue until {@link #done}, so a batch that failed is simply chosen again. Used by one thread.
 */
final class DueBatch {

    private final List<AuditEvent> events = new ArrayList<>();
    private final List<HeldRecord.Unreadable> unreadable = new ArrayList<>();
    private final List<Prefix> prefixes = new ArrayList<>();

    private record Prefix(PartitionQueue queue, int count, Position last) {}

    /** Chooses from the queues in the given order, up to a number of records in all. */
    static DueBatch choose(Collection<PartitionQueue> queues, Predicate<AuditEvent> isDue, int limit) {
        DueBatch batch = new DueBatch();
        for (PartitionQueue queue : queues) {
            batch.take(queue, isDue, limit - batch.events.size() - batch.unreadable.size());
        }
        return batch;
    }

    private void take(PartitionQueue queue, Predicate<AuditEvent> isDue, int limit) {
        int count = 0;
        Position last = null;
        Iterator<HeldRecord> records = queue.fromBeginning();
        while (count < limit && records.hasNext()) {
            HeldRecord record = records.next();
            if (record instanceof HeldRecord.Unreadable letter) {
                unreadable.add(letter);
            } else if (record instanceof HeldRecord.Waiting waiting && isDue.test(waiting.event())) {
                events.add(waiting.event());
            } else {
                break;
            }
            count++;
            last = record.position();
        }
        if (last != null) {
            prefixes.add(new Prefix(queue, count, last));
        }
    }

    List<AuditEvent> events() {
        return events;
    }

    List<HeldRecord.Unreadable> unreadable() {
        return unreadable;
    }

    boolean isEmpty() {
        return prefixes.isEmpty();
    }

    /** Everything in the batch is stored; the offsets behind it may be committed. */
    void done() {
        prefixes.forEach(prefix -> prefix.queue().remove(prefix.count(), prefix.last()));
    }
}
