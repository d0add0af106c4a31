package dev.afterimage.kafka;

import java.util.Iterator;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The records held of one partition, in their order there. The polling thread adds at the end and asks for the offset to
 * commit; the handling thread looks at the beginning and removes there what is done. When the partition is taken away the
 * whole queue is dropped, and a removal that comes late touches nothing that matters.
 */
final class PartitionQueue {

    private final Queue<HeldRecord> records = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** The place after the last record done; null before any is. */
    private volatile @Nullable Position next;

    /** The last place whose commit was asked for; the polling thread's own. */
    private @Nullable Position committed;

    void add(HeldRecord record) {
        size.incrementAndGet();
        records.add(record);
    }

    int size() {
        return size.get();
    }

    Iterator<HeldRecord> fromBeginning() {
        return records.iterator();
    }

    /** The first records are done with. */
    void remove(int count, Position last) {
        for (int i = 0; i < count; i++) {
            records.remove();
        }
        size.addAndGet(-count);
        next = last.next();
    }

    /** The place to commit, or null where it has not moved since the last call of {@link #committed}. */
    @Nullable
    Position toCommit() {
        Position reached = next;
        return Objects.equals(reached, committed) ? null : reached;
    }

    /** Its commit was asked for; null where it is to be asked for again. */
    void committed(@Nullable Position place) {
        committed = place;
    }
}
