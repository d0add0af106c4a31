package dev.afterimage.kafka;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The records held of one partition, in their order there. The polling thread adds at the end and asks for the offset to
 * commit; the handling thread looks at the beginning and removes there what is done. When the partition is taken away the
 * whole queue is dropped, and a removal that comes late touches nothing that matters.
 */
final class PartitionQueue {

    /** There is no offset to commit. */
    static final long NONE = -1;

    private final Queue<HeldRecord> records = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** The offset after the last record done. */
    private volatile long nextOffset = NONE;

    /** The last offset whose commit was asked for; the polling thread's own. */
    private long committedOffset = NONE;

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
    void remove(int count, long lastOffset) {
        for (int i = 0; i < count; i++) {
            records.remove();
        }
        size.addAndGet(-count);
        nextOffset = lastOffset + 1;
    }

    /** The offset to commit, or {@link #NONE} where it has not moved since the last call of {@link #committed}. */
    long offsetToCommit() {
        long next = nextOffset;
        return next == committedOffset ? NONE : next;
    }

    void committed(long offset) {
        committedOffset = offset;
    }
}
