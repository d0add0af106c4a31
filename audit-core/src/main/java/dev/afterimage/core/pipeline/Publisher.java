package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.ring.RingBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts finished transactions into the ring. Called by any application thread; never throws, and waits only where
 * {@code audit.overflow=block} was chosen.
 */
public final class Publisher {

    private final RingBuffer ring;
    private final long waitNanos;
    private final AuditCounters counters;
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong unreported = new AtomicLong();

    Publisher(RingBuffer ring, long waitNanos, AuditCounters counters) {
        this.ring = ring;
        this.waitNanos = waitNanos;
        this.counters = counters;
    }

    /** The longest entry that fits a record, in bytes, its own head included. */
    public int maxEntryLength() {
        return ring.maxRecordLength() - TransactionWriter.headerLength();
    }

    /**
     * Publishes a transaction whose work the database has kept, or may have kept.
     *
     * @param source number of the data source
     * @param writer the transaction's entries; not changed but for its header
     * @param inDoubt whether the outcome is not known
     * @param askedNanos {@link System#nanoTime()} just before the commit was asked for
     * @param returnedNanos {@link System#nanoTime()} just after it had returned
     */
    public void publish(int source, TransactionWriter writer, boolean inDoubt, long askedNanos, long returnedNanos) {
        long number = transactions.incrementAndGet();
        int length = writer.length();
        if (length <= ring.maxRecordLength()) {
            writer.header(source, 0, true, inDoubt, number, askedNanos, returnedNanos);
            count(ring.publish(writer.array(), 0, length, waitNanos));
        } else {
            publishParts(source, writer, inDoubt, number, askedNanos, returnedNanos);
        }
    }

    private void publishParts(
            int source, TransactionWriter writer, boolean inDoubt, long number, long askedNanos, long returnedNanos) {
        int headerLength = TransactionWriter.headerLength();
        int end = writer.length();
        int from = headerLength;
        for (int part = 0; from < end; part++) {
            int to = from;
            while (to < end && to + writer.entryLengthAt(to) - from <= maxEntryLength()) {
                to += writer.entryLengthAt(to);
            }
            if (to == from) {
                // An entry longer than a record: capture cuts statements, so only a huge gap or actor gets here.
                count(RingBuffer.FULL);
                from += writer.entryLengthAt(from);
                continue;
            }
            writer.header(source, part, to == end, inDoubt, number, askedNanos, returnedNanos);
            count(publishPart(writer.array(), from, to - from));
            from = to;
        }
    }

    private long publishPart(byte[] entries, int from, int length) {
        int headerLength = TransactionWriter.headerLength();
        byte[] part = new byte[headerLength + length];
        System.arraycopy(entries, 0, part, 0, headerLength);
        System.arraycopy(entries, from, part, headerLength, length);
        return ring.publish(part, 0, part.length, waitNanos);
    }

    private void count(long claim) {
        if (claim >= 0) {
            counters.published();
        } else {
            counters.dropped();
            unreported.incrementAndGet();
        }
    }

    /** Whether records were dropped of which no gap tells yet; any thread. */
    boolean hasDropped() {
        return unreported.get() > 0;
    }

    /** Records dropped since the last call: the background thread makes a gap of them. */
    long takeDropped() {
        return unreported.get() == 0 ? 0 : unreported.getAndSet(0);
    }

    /** Counts a transaction that was lost before it could be published. */
    public void lost() {
        count(RingBuffer.FULL);
    }
}
