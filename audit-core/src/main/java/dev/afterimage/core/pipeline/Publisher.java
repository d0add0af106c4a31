package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.ring.RingBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts finished transactions into the ring. Called by any application thread; never throws, and waits only where
 * {@code audit.overflow} is not {@code drop}.
 *
 * <p>Where it is {@code reject}, room is reserved before a commit is asked for: {@link #reserve}, then {@link #publish} with
 * what was reserved, or {@link #release}. What was not reserved, or not enough, is reserved by publish itself, and dropped
 * if there is no room.
 */
public final class Publisher {

    /** Instead of reserved room: there is none, but may be later. */
    public static final long NO_ROOM = -1;

    /** Instead of reserved room: so much there can never be. */
    public static final long TOO_LARGE = -2;

    /** Instead of reserved room: the trail is closed. */
    public static final long CLOSED = -3;

    private final RingBuffer ring;
    private final long waitNanos;
    private final AuditCounters counters;
    private final @Nullable Reservations reservations;
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong unreported = new AtomicLong();

    Publisher(RingBuffer ring, Duration wait, boolean rejecting, AuditCounters counters) {
        this.ring = ring;
        this.waitNanos = wait.toNanos();
        this.counters = counters;
        this.reservations = rejecting ? new Reservations(ring) : null;
    }

    /** The longest entry that fits a record, in bytes, its own head included. */
    public int maxEntryLength() {
        return ring.maxRecordLength() - TransactionWriter.headerLength();
    }

    // ---- room

    /** Whether a transaction shall not commit without room for its record. */
    public boolean isRejecting() {
        return reservations != null;
    }

    /**
     * Sets room aside for a transaction, after waiting for it if need be. For rejecting publishers only.
     *
     * @param length of the writer that will be published, in bytes
     * @return what to hand to {@link #publish} or {@link #release}, more than 0; or one of the constants, less than 0
     */
    public long reserve(long length) {
        Reservations room = reservations;
        if (room == null) {
            throw new IllegalStateException("Only a rejecting publisher has room to reserve");
        }
        long bytes = room(length);
        if (bytes > room.limit()) {
            return TOO_LARGE;
        }
        return room.reserve(bytes, waitNanos) ? bytes : ring.isClosed() ? CLOSED : NO_ROOM;
    }

    /** Gives back what was reserved. */
    public void release(long reserved) {
        if (reservations != null) {
            reservations.release(reserved);
        }
    }

    /** Bytes that a transaction takes in the ring: in how many parts is not known before, so the most there can be. */
    private long room(long length) {
        int head = TransactionWriter.headerLength();
        long parts = length <= ring.maxRecordLength() ? 1 : 2 + 2 * length / maxEntryLength();
        return length + parts * (head + RingBuffer.sizeOf(Long.BYTES));
    }

    // ---- records

    /** As the other, of which nothing was reserved. */
    public void publish(int source, TransactionWriter writer, boolean inDoubt, long askedNanos, long returnedNanos) {
        publish(source, writer, inDoubt, askedNanos, returnedNanos, 0);
    }

    /**
     * Publishes a transaction whose work the database has kept, or may have kept.
     *
     * @param source number of the data source
     * @param writer the transaction's entries; not changed but for its header
     * @param inDoubt whether the outcome is not known
     * @param askedNanos {@link System#nanoTime()} just before the commit was asked for
     * @param returnedNanos {@link System#nanoTime()} just after it had returned
     * @param reserved what {@link #reserve} has returned; 0 if nothing. It is used up
     */
    public void publish(
            int source, TransactionWriter writer, boolean inDoubt, long askedNanos, long returnedNanos, long reserved) {
        long number = transactions.incrementAndGet();
        Reservations room = reservations;
        if (room == null) {
            put(source, writer, inDoubt, number, askedNanos, returnedNanos);
            return;
        }
        long held = reserved;
        long more = room(writer.length()) - held;
        if (more > 0 && room.reserve(more, waitNanos)) {
            held += more;
            more = 0;
        }
        try {
            if (more > 0) {
                count(RingBuffer.FULL);
            } else {
                put(source, writer, inDoubt, number, askedNanos, returnedNanos);
            }
        } finally {
            room.release(held);
        }
    }

    private void put(
            int source, TransactionWriter writer, boolean inDoubt, long number, long askedNanos, long returnedNanos) {
        int length = writer.length();
        if (length <= ring.maxRecordLength()) {
            writer.header(source, 0, true, inDoubt, number, askedNanos, returnedNanos);
            count(ring.publish(writer.array(), 0, length, waitNanos));
        } else {
            putParts(source, writer, inDoubt, number, askedNanos, returnedNanos);
        }
    }

    private void putParts(
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
            count(putPart(writer.array(), from, to - from));
            from = to;
        }
    }

    private long putPart(byte[] entries, int from, int length) {
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
