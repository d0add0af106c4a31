package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.RecordHead;
import dev.afterimage.core.codec.Stage;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.ring.RingBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Puts finished transactions into the ring. Called by any application thread; never throws, and waits only where
 * {@code audit.overflow} is not {@code drop}.
 *
 * <p>Where it is {@code reject}, room is reserved before a commit is asked for: {@link #reserve}, then {@link #publish} with
 * what was reserved, or {@link #release}. What was not reserved, or not enough, is reserved by publish itself, and dropped
 * if there is no room.
 *
 * <p>Where a transaction shall outlive the process it is announced before its commit is asked for: {@link #announce}, then
 * {@link #publish} with the number that it was given, or {@link #conclude} if its entries stand as they were announced, or
 * were rolled back.
 */
public final class Publisher {

    /** Instead of a transaction's number: it was not announced. */
    public static final long NOT_ANNOUNCED = 0;

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
    private final @Nullable Persistence persistence;
    /** Conclusions for which the ring had no room: small, and without them the announced would be in doubt for good. */
    private final Queue<byte[]> late = new ConcurrentLinkedQueue<>();

    /** Memory that outlives the process, in which the ring lies. */
    interface Persistence {

        /** Returns when everything that the calling thread has published outlives the machine's power. */
        void force();
    }

    Publisher(
            RingBuffer ring,
            Duration wait,
            boolean rejecting,
            AuditCounters counters,
            @Nullable Persistence persistence) {
        this.ring = ring;
        this.persistence = persistence;
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

    /** Whether the ring lies in memory that outlives the process, so that announcing is of use. */
    public boolean isPersistent() {
        return persistence != null;
    }

    /**
     * Announces a transaction whose commit is about to be asked for. It may wait for room as {@link #publish} does.
     *
     * @param askedNanos {@link System#nanoTime()} before the commit is asked for
     * @param forced whether to return only when the announcement outlives the machine's power, too
     * @return the transaction's number; {@link #NOT_ANNOUNCED} if there was no room
     */
    public long announce(int source, TransactionWriter writer, long askedNanos, boolean forced) {
        Persistence memory = persistence;
        if (memory == null) {
            return NOT_ANNOUNCED;
        }
        long number = transactions.incrementAndGet();
        if (!put(source, writer, Stage.ANNOUNCED, number, askedNanos, askedNanos, false)) {
            conclude(source, writer, Stage.ROLLED_BACK, number, askedNanos, askedNanos);
            return NOT_ANNOUNCED;
        }
        if (forced) {
            memory.force();
        }
        return number;
    }

    /**
     * Tells the outcome of an announced transaction whose entries stand as they were announced. It may wait for room as {@link
     * #publish} does; where there is none, the background thread gets it by another way.
     *
     * @param writer anything: its header is overwritten
     */
    public void conclude(
            int source, TransactionWriter writer, Stage stage, long number, long askedNanos, long returnedNanos) {
        writer.conclusion(source, stage, number, askedNanos, returnedNanos);
        writer.seal(TransactionWriter.headerLength());
        if (ring.publish(writer.array(), 0, TransactionWriter.headerLength(), waitNanos) == RingBuffer.FULL) {
            late.add(Arrays.copyOf(writer.array(), TransactionWriter.headerLength()));
        }
        if (stage != Stage.ROLLED_BACK) {
            counters.published();
        }
    }

    /** The next conclusion that had no room in the ring; null if there is none. */
    byte @Nullable [] takeLate() {
        return late.poll();
    }

    /** Whether a conclusion waits that had no room in the ring. */
    boolean hasLate() {
        return !late.isEmpty();
    }

    /** As the other, of which nothing was reserved or announced. */
    public void publish(int source, TransactionWriter writer, boolean inDoubt, long askedNanos, long returnedNanos) {
        publish(source, writer, inDoubt, askedNanos, returnedNanos, 0, NOT_ANNOUNCED);
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
     * @param announced the number that {@link #announce} has returned: these entries replace the announced ones
     */
    public void publish(
            int source,
            TransactionWriter writer,
            boolean inDoubt,
            long askedNanos,
            long returnedNanos,
            long reserved,
            long announced) {
        long number = announced == NOT_ANNOUNCED ? transactions.incrementAndGet() : announced;
        Stage stage = inDoubt ? Stage.IN_DOUBT : Stage.COMMITTED;
        Reservations room = reservations;
        if (room == null) {
            put(source, writer, stage, number, askedNanos, returnedNanos, announced != NOT_ANNOUNCED);
            return;
        }
        long held = reserved;
        long more = room(writer.length()) - held;
        if (more > 0 && room.reserve(more, waitNanos)) {
            held += more;
            more = 0;
        }
        try {
            if (more > 0 && announced != NOT_ANNOUNCED) {
                conclude(source, writer, stage, number, askedNanos, returnedNanos);
            } else if (more > 0) {
                count(RingBuffer.FULL);
            } else {
                put(source, writer, stage, number, askedNanos, returnedNanos, announced != NOT_ANNOUNCED);
            }
        } finally {
            room.release(held);
        }
    }

    private boolean put(
            int source,
            TransactionWriter writer,
            Stage stage,
            long number,
            long askedNanos,
            long returnedNanos,
            boolean announced) {
        int length = writer.length();
        if (length <= ring.maxRecordLength()) {
            writer.header(source, 0, true, stage, number, askedNanos, returnedNanos);
            if (persistence != null) {
                writer.seal(length);
            }
            long claim = ring.publish(writer.array(), 0, length, waitNanos);
            if (claim == RingBuffer.FULL && announced) {
                // Better as announced than not at all.
                conclude(source, writer, stage, number, askedNanos, returnedNanos);
                return true;
            }
            return count(claim, stage);
        }
        return putParts(source, writer, stage, number, askedNanos, returnedNanos);
    }

    private boolean putParts(
            int source, TransactionWriter writer, Stage stage, long number, long askedNanos, long returnedNanos) {
        int end = writer.length();
        int from = TransactionWriter.headerLength();
        boolean all = true;
        for (int part = 0; from < end; part++) {
            int to = writer.partEnd(from, maxEntryLength());
            if (to - from > maxEntryLength()) {
                // An entry longer than a record: capture cuts statements, so only a huge gap or actor gets here.
                all &= count(RingBuffer.FULL, stage);
            } else {
                writer.header(source, part, to == end, stage, number, askedNanos, returnedNanos);
                all &= count(putPart(writer.part(from, to)), stage);
            }
            from = to;
        }
        return all;
    }

    private long putPart(byte[] part) {
        if (persistence != null) {
            RecordHead.seal(part, part.length, new CRC32C());
        }
        return ring.publish(part, 0, part.length, waitNanos);
    }

    /** What is only announced counts when its outcome is told. */
    private boolean count(long claim, Stage stage) {
        if (stage != Stage.ANNOUNCED) {
            count(claim);
        }
        return claim >= 0;
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
