package dev.afterimage.core.ring;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded, lock-free ring of byte records from many producers to one consumer, in memory of its own or in any direct
 * buffer, such as a memory-mapped file.
 *
 * <p><b>Producers</b>, any number of threads, platform or virtual: {@link #publish}, or {@link #claim}, writes, and
 * {@link #commit} or {@link #abort}. They allocate nothing, take no lock, and never wait unless they ask for it. Between
 * claim and commit a producer does nothing that can fail or wait: the consumer cannot pass an open claim.
 *
 * <p><b>The consumer</b>, one thread at a time: {@link #drain}, then {@link #release} once the drained records are owned
 * elsewhere, and {@link #nap} when there was nothing. A record is delivered in the order of its claim.
 *
 * <p><b>The end.</b> After {@link #close} no claim succeeds. The consumer drains until {@link #isEmpty}; a claim that
 * stays open because its producer died stops it there, and {@link #skipStalled} steps over it and counts it.
 *
 * <p>The memory ordering is explained on the package page.
 */
public final class RingBuffer {

    /** Returned instead of a claim: the ring has no room for the record now. */
    public static final long FULL = -1;

    /** Returned instead of a claim: the ring is closed and takes no more records. */
    public static final long CLOSED = -2;

    private static final long FIRST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    // Only final fields, so that this object's cache line is never written: what changes lies in the ring's memory.
    private final RingMemory memory;
    private final RecordReader reader;
    private final ConsumerNap nap;
    private final int maxRecordLength;
    private final int wakeUpFill;
    private final int markSpacing;
    private final int crowdedFill;

    private RingBuffer(RingMemory memory) {
        this.memory = memory;
        this.reader = new RecordReader(memory);
        this.nap = new ConsumerNap(reader::isReadable);
        this.maxRecordLength = memory.capacity() / 4;
        this.wakeUpFill = memory.capacity() / 4;
        this.markSpacing = memory.capacity() / 16;
        this.crowdedFill = memory.capacity() / 8;
    }

    /**
     * Makes an empty ring in direct memory of its own.
     *
     * @param capacity bytes for records and their 8-byte headers, a power of two from 64 to 2<sup>30</sup>
     * @throws IllegalArgumentException if the capacity is no such number
     */
    public static RingBuffer allocate(int capacity) {
        return new RingBuffer(RingMemory.allocate(capacity));
    }

    /**
     * Puts a ring into a buffer, from its position to its limit. The buffer is either all zero, then the ring is empty,
     * or holds what an earlier ring has left there: then this ring goes on where that one was, with every record that
     * was not released. Claims that were open then stay open; their producers may be gone, so a caller that takes over
     * from a dead process closes the ring, drains it, and uses {@link #skipStalled}.
     *
     * @param buffer direct and writable, starting at a multiple of 8 bytes, of {@link #bufferSize} bytes; belongs to
     *     the ring from now on; its position and limit are left alone
     * @throws IllegalArgumentException if the buffer is not so
     */
    public static RingBuffer over(ByteBuffer buffer) {
        return new RingBuffer(RingMemory.over(buffer));
    }

    /** Bytes of buffer that {@link #over} needs for a ring of this capacity in bytes: the records and a control block. */
    public static int bufferSize(int capacity) {
        return Math.addExact(capacity, RingMemory.CONTROL_BYTES);
    }

    /** Bytes that a record of this length takes in a ring, its header included; more where it would wrap. */
    public static int sizeOf(int length) {
        return RecordHeader.size(length);
    }

    // ---- producers

    /**
     * Claims room for one record. On success the caller must {@link #commit} or {@link #abort} the claim, soon.
     *
     * @param length of the record in bytes, 0 or more
     * @return the claim, 0 or more; or {@link #FULL}; or {@link #CLOSED}
     * @throws IllegalArgumentException if the length is negative or over {@link #maxRecordLength}
     */
    public long claim(int length) {
        if (length < 0 || length > maxRecordLength) {
            throw new IllegalArgumentException(
                    "length=" + length + " is not from 0 to maxRecordLength=" + maxRecordLength);
        }
        int size = RecordHeader.size(length);
        while (true) {
            long tail = memory.tailAcquire();
            if (RingMemory.isClosed(tail)) {
                return CLOSED;
            }
            int untilWrap = memory.untilWrap(tail);
            int padding = size <= untilWrap ? 0 : untilWrap;
            long end = tail + padding + size;
            if (!hasRoomUpTo(end)) {
                nap.wakeFromFull();
                return FULL;
            }
            if (memory.compareAndSetTail(tail, end)) {
                if (padding > 0) {
                    memory.headerRelease(tail, RecordHeader.of(RecordHeader.PADDING, padding - RecordHeader.BYTES));
                }
                memory.headerRelease(tail + padding, RecordHeader.of(RecordHeader.CLAIMED, length));
                // The header before the payload: whoever finds payload in a torn ring also finds its header.
                VarHandle.storeStoreFence();
                return tail + padding;
            }
        }
    }

    /** Looks at the consumer's head only when the head that producers have last seen does not suffice. */
    private boolean hasRoomUpTo(long end) {
        return end - memory.headSeenAcquire() <= memory.capacity() || end - refreshHeadSeen() <= memory.capacity();
    }

    private long refreshHeadSeen() {
        long head = memory.headAcquire();
        // An older head may overwrite a newer one here. It is a true lower bound all the same.
        if (head != memory.headSeenAcquire()) {
            memory.headSeenRelease(head);
        }
        return head;
    }

    /**
     * Copies bytes into a claimed record.
     *
     * @param claim from {@link #claim}, neither committed nor aborted
     * @param offset in the record, in bytes
     * @throws IndexOutOfBoundsException if the bytes lie outside the record or outside the source
     * @throws IllegalStateException if the claim is seen to be no longer open
     */
    public void write(long claim, int offset, byte[] source, int from, int length) {
        int index = payloadIndex(claim, offset, length);
        memory.put(index, source, from, length);
    }

    /** Writes eight bytes, little-endian, into a claimed record; as {@link #write}. */
    public void putLong(long claim, int offset, long value) {
        memory.putLong(payloadIndex(claim, offset, Long.BYTES), value);
    }

    /** Writes four bytes, little-endian, into a claimed record; as {@link #write}. */
    public void putInt(long claim, int offset, int value) {
        memory.putInt(payloadIndex(claim, offset, Integer.BYTES), value);
    }

    /** Writes one byte into a claimed record; as {@link #write}. */
    public void putByte(long claim, int offset, byte value) {
        memory.putByte(payloadIndex(claim, offset, Byte.BYTES), value);
    }

    private int payloadIndex(long claim, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, openLength(claim));
        return memory.index(claim) + RecordHeader.BYTES + offset;
    }

    private int openLength(long claim) {
        long header = claim < 0 ? RecordHeader.FREE : memory.headerPlain(claim);
        if (RecordHeader.state(header) != RecordHeader.CLAIMED) {
            throw new IllegalStateException(
                    "claim=" + claim + " is not open: it was refused, committed, aborted, or skipped after close");
        }
        return RecordHeader.length(header);
    }

    /**
     * Hands the record to the consumer. What was not written is zero.
     *
     * @param claim from {@link #claim}, not negative
     *
     * @throws IllegalStateException if the claim is seen to be no longer open
     */
    public void commit(long claim) {
        finish(claim, RecordHeader.COMMITTED, openLength(claim));
    }

    /**
     * Gives the claim up; the consumer steps over it.
     *
     * @param claim from {@link #claim}, not negative
     *
     * @throws IllegalStateException if the claim is seen to be no longer open
     */
    public void abort(long claim) {
        finish(claim, RecordHeader.PADDING, openLength(claim));
    }

    private void finish(long claim, int state, int length) {
        memory.headerRelease(claim, RecordHeader.of(state, length));
        long end = claim + RecordHeader.size(length);
        if (passesMark(claim, end) && end - refreshHeadSeen() > wakeUpFill) {
            nap.wakeIfAsleep();
        }
    }

    /**
     * Whether a record reaches over one of the sixteen marks of each lap. How full the ring is, and whether the consumer
     * sleeps, is looked up there alone: in between a publication touches no word of anybody's but its own record.
     */
    private boolean passesMark(long claim, long end) {
        return ((claim ^ end) & -markSpacing) != 0;
    }

    /**
     * Publishes one record: claim, write and commit. Never waits.
     *
     * @return 0 or more; or {@link #FULL}; or {@link #CLOSED}
     * @throws IllegalArgumentException if the length is negative or over {@link #maxRecordLength}
     * @throws IndexOutOfBoundsException if the bytes lie outside the source; nothing is claimed then
     */
    public long publish(byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        long claim = claim(length);
        if (claim >= 0) {
            int state = RecordHeader.PADDING;
            try {
                memory.put(memory.index(claim) + RecordHeader.BYTES, source, from, length);
                state = RecordHeader.COMMITTED;
            } finally {
                // Errors of the machine (stack overflow, a fault in a mapped page) must not leave the claim open.
                finish(claim, state, length);
            }
        }
        return claim;
    }

    /**
     * Publishes one record as {@link #publish(byte[], int, int)} does, and waits for room if there is none. The wait
     * parks the thread, so a virtual thread leaves its carrier. An interrupt neither ends the wait nor is lost. The
     * consumer's own thread must not call this: it would wait for itself.
     *
     * @param timeoutNanos longest wait in nanoseconds; 0 or less does not wait
     * @return 0 or more; or {@link #FULL} when the time is over; or {@link #CLOSED}
     * @throws IllegalArgumentException if the length is negative or over {@link #maxRecordLength}
     * @throws IndexOutOfBoundsException if the bytes lie outside the source
     */
    public long publish(byte[] source, int from, int length, long timeoutNanos) {
        long claim = publish(source, from, length);
        return claim == FULL && timeoutNanos > 0 ? publishWhenRoom(source, from, length, timeoutNanos) : claim;
    }

    /**
     * Looks for room in growing pauses. The consumer keeps no list of waiting producers: it would pay for it at every
     * release, while a producer in a full ring has lost far more than half a pause already.
     */
    private long publishWhenRoom(byte[] source, int from, int length, long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        long pause = FIRST_PAUSE_NANOS;
        boolean interrupted = false;
        try {
            long claim = FULL;
            for (long left = timeoutNanos; claim == FULL && left > 0; left = deadline - System.nanoTime()) {
                LockSupport.parkNanos(this, Math.min(pause, left));
                // Cleared for the wait, since a thread with the flag set does not park but spins.
                interrupted |= Thread.interrupted();
                pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
                claim = publish(source, from, length);
            }
            return claim;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // ---- consumer

    /**
     * Offers committed records to the handler, in order, from where the last drain ended. Ends at the first claim that
     * is still open, when either limit is reached, or when nothing is left. Their room stays taken until
     * {@link #release}.
     *
     * @param maxRecords most records to offer
     * @param maxBytes ends after the record with which this many bytes, headers included, were passed; so at least one
     *     record is offered whatever its length
     * @return the number of records offered
     */
    public int drain(RecordHandler handler, int maxRecords, int maxBytes) {
        return reader.drain(handler, maxRecords, maxBytes);
    }

    /** Where the next drain begins: the argument for {@link #release(long)} once what was drained so far is safe. */
    public long drained() {
        return reader.position();
    }

    /**
     * The position of the record that a handler is being given: what {@link #drained} would answer if the drain had begun
     * with it.
     *
     * @param offset as the handler was given it
     */
    public long positionOf(int offset) {
        return reader.positionOf(offset);
    }

    /**
     * The bytes of a record that was drained and not yet released.
     *
     * @param position what {@link #positionOf} has answered
     */
    public byte[] read(long position) {
        return reader.read(position);
    }

    /** Gives the room of everything drained back to the producers. The records must be owned elsewhere by now. */
    public void release() {
        reader.release(reader.position());
    }

    /**
     * Gives the room of everything before a position back to the producers, while later records stay.
     *
     * @param position a value that {@link #drained} has returned
     * @throws IllegalArgumentException if the position lies before the head or after what was drained
     */
    public void release(long position) {
        reader.release(position);
    }

    /**
     * Lets the consumer's thread sleep until there is something to do: for a millisecond at most, or ten when some ten
     * such naps have brought nothing. Returns at once if a record can be drained. The thread's interrupt flag must be
     * clear, otherwise it does not sleep.
     */
    public void nap() {
        nap.nap();
    }

    /**
     * Lets the consumer's thread sleep though records may wait, to find more of them together. Ends when the time is over,
     * when the thread is unparked, when a producer finds the ring a quarter full, or on {@link #wakeUp}; does not begin if
     * {@link #isCrowded}. The thread's interrupt flag must be clear, otherwise it does not sleep.
     *
     * @param nanos longest sleep in nanoseconds
     * @return whether producers, {@link #wakeUp} or {@link #close} have asked for the end
     */
    public boolean rest(long nanos) {
        return nap.rest(this::isCrowded, nanos);
    }

    /** Whether a record can be drained, and what is not drained takes more than an eighth of the ring. Consumer only. */
    public boolean isCrowded() {
        return reader.isReadable() && tail() - reader.position() > crowdedFill;
    }

    /**
     * Steps over the open claim at which {@link #drain} stops. For the end only: whether its producer is dead or slow
     * cannot be known, so the caller first waits as long as it is willing to. A slow one does no harm when it goes on
     * afterwards, because memory behind the tail of a closed ring is never used again; its commit has no effect, or is
     * refused as of a claim that is not open.
     *
     * @return bytes stepped over, counted in {@link #abandonedBytes}; 0 if drain is not stopped by an open claim
     * @throws IllegalStateException if the ring is not closed
     */
    public long skipStalled() {
        if (!isClosed()) {
            throw new IllegalStateException("an open claim can be skipped in a closed ring only");
        }
        return reader.skipStalled();
    }

    // ---- anybody

    /** Ends the consumer's present nap, or its next one: for flush and shutdown. */
    public void wakeUp() {
        nap.wakeUp();
    }

    /** Refuses all later claims and wakes the consumer. Open claims can still be committed. Idempotent. */
    public void close() {
        memory.closeTail();
        nap.wakeUp();
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return RingMemory.isClosed(memory.tailAcquire());
    }

    /** Position before which everything is released. A flush waits until it reaches the {@link #tail} of its start. */
    public long head() {
        return memory.headAcquire();
    }

    /** Position before which everything is claimed, though not necessarily committed. */
    public long tail() {
        return RingMemory.position(memory.tailAcquire());
    }

    /** Whether every claim so far was finished, drained and released. An open claim is not empty. */
    public boolean isEmpty() {
        // The head first. It cannot pass the tail, so if the tail read later equals it, the ring was empty at that
        // read.
        long head = head();
        return head == tail();
    }

    /** Bytes for records and their headers. */
    public int capacity() {
        return memory.capacity();
    }

    /** Longest record in bytes: a quarter of the capacity. */
    public int maxRecordLength() {
        return maxRecordLength;
    }

    /** Bytes that {@link #skipStalled} has stepped over, headers included. */
    public long abandonedBytes() {
        return memory.abandoned();
    }
}
