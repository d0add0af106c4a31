package dev.afterimage.core.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a ring, and the only class that touches them: a control block, then the records. Everything that changes
 * lies in here and nothing on the heap, so a ring in a memory-mapped file outlives its process. Method names carry the
 * ordering of the access; the package page explains the words.
 *
 * <pre>
 *   byte    0  (empty: keeps what lies before the ring off the tail's cache line)
 *         128  tail       where the next claim begins; bit 0 is set once the ring is closed      producers
 *         256  headSeen   a head that some producer has read; never newer than head              producers
 *         384  head       everything before it is free and zero                                  consumer writes
 *         512  read       next record to drain; head &lt;= read &lt;= tail                           consumer only
 *         520  delivered  end of the last record that a handler has seen                         consumer only
 *         528  releasing  where head is about to move; larger than head only while zeroing       consumer only
 *         536  abandoned  bytes skipped because their producer never committed                   consumer only
 *         640  records    capacity bytes, a power of two
 * </pre>
 *
 * All numbers are little-endian. Positions are byte counts since the ring was made: they only grow, and a position's
 * place among the records is its remainder by the capacity. Words of different owners are 128 bytes apart, two cache
 * lines, because processors prefetch lines in pairs.
 */
final class RingMemory {

    static final int CONTROL_BYTES = 640;
    static final int MIN_CAPACITY = 64;
    static final int MAX_CAPACITY = 1 << 30;

    private static final int LINE_PAIR = 128;
    static final int TAIL = 128;
    private static final int HEAD_SEEN = 256;
    static final int HEAD = 384;
    private static final int READ = 512;
    private static final int DELIVERED = 520;
    static final int RELEASING = 528;
    private static final int ABANDONED = 536;

    private static final long CLOSED_BIT = 1;
    private static final byte[] ZEROS = new byte[8192];

    /** Every use names its types exactly. To have that checked would make the start load twenty classes more. */
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer bytes;
    private final int capacity;

    private RingMemory(ByteBuffer bytes, int capacity) {
        this.bytes = bytes;
        this.capacity = capacity;
    }

    static RingMemory allocate(int capacity) {
        if (!isCapacity(capacity)) {
            throw new IllegalArgumentException("capacity=" + capacity + " bytes: must be " + capacityRule());
        }
        // Fresh direct memory is zero and has been touched page by page, so no producer meets a page fault later.
        ByteBuffer block = ByteBuffer.allocateDirect(LINE_PAIR + CONTROL_BYTES + capacity);
        int start = (LINE_PAIR - block.alignmentOffset(0, LINE_PAIR)) % LINE_PAIR;
        return over(block.slice(start, CONTROL_BYTES + capacity));
    }

    static RingMemory over(ByteBuffer buffer) {
        if (!buffer.isDirect() || buffer.isReadOnly()) {
            throw new IllegalArgumentException("a ring needs a direct, writable buffer, not " + buffer);
        }
        ByteBuffer bytes = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        int capacity = bytes.capacity() - CONTROL_BYTES;
        if (!isCapacity(capacity)) {
            throw new IllegalArgumentException("remaining=" + bytes.capacity() + " bytes: a ring needs " + CONTROL_BYTES
                    + " for its control block and " + capacityRule() + " for its records");
        }
        if (bytes.alignmentOffset(0, Long.BYTES) != 0) {
            throw new IllegalArgumentException("a ring's buffer must start at a multiple of 8 bytes: use alignedSlice");
        }
        RingMemory memory = new RingMemory(bytes, capacity);
        memory.resume();
        return memory;
    }

    private static boolean isCapacity(int capacity) {
        return capacity >= MIN_CAPACITY && capacity <= MAX_CAPACITY && Integer.bitCount(capacity) == 1;
    }

    private static String capacityRule() {
        return "a power of two from " + MIN_CAPACITY + " to " + MAX_CAPACITY;
    }

    /** Finishes a release that the death of a process has cut short, and begins to read at the head again. */
    private void resume() {
        long releasing = releasing();
        if (releasing > headAcquire()) {
            zero(headAcquire(), releasing);
            headRelease(releasing);
        }
        read(headAcquire());
        delivered(headAcquire());
    }

    int capacity() {
        return capacity;
    }

    ByteBuffer readOnlyView() {
        return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The place in the buffer of a position among the records. */
    int index(long position) {
        return CONTROL_BYTES + ((int) position & (capacity - 1));
    }

    /** Bytes from a position to where the records wrap around. */
    int untilWrap(long position) {
        return capacity - ((int) position & (capacity - 1));
    }

    // Words that producers and the consumer share.

    /** The tail, with {@link #isClosed} still in it. */
    long tailAcquire() {
        return (long) WORD.getAcquire(bytes, TAIL);
    }

    /** Sequentially consistent, as {@link VarHandle#compareAndSet} is. */
    boolean compareAndSetTail(long expected, long next) {
        return WORD.compareAndSet(bytes, TAIL, expected, next);
    }

    void closeTail() {
        long before = (long) WORD.getAndBitwiseOr(bytes, TAIL, CLOSED_BIT);
        assert before >= 0;
    }

    static boolean isClosed(long tail) {
        return (tail & CLOSED_BIT) != 0;
    }

    static long position(long tail) {
        return tail & ~CLOSED_BIT;
    }

    long headAcquire() {
        return (long) WORD.getAcquire(bytes, HEAD);
    }

    void headRelease(long head) {
        WORD.setRelease(bytes, HEAD, head);
    }

    long headSeenAcquire() {
        return (long) WORD.getAcquire(bytes, HEAD_SEEN);
    }

    void headSeenRelease(long head) {
        WORD.setRelease(bytes, HEAD_SEEN, head);
    }

    long headerAcquire(long position) {
        return (long) WORD.getAcquire(bytes, index(position));
    }

    void headerRelease(long position, long header) {
        WORD.setRelease(bytes, index(position), header);
    }

    /** The header as its own writer knows it. */
    long headerPlain(long position) {
        return bytes.getLong(index(position));
    }

    // Payload: plain accesses, made visible by the release of the header, or of the head.

    void put(int index, byte[] source, int from, int length) {
        bytes.put(index, source, from, length);
    }

    void putLong(int index, long value) {
        bytes.putLong(index, value);
    }

    void putInt(int index, int value) {
        bytes.putInt(index, value);
    }

    void putByte(int index, byte value) {
        bytes.put(index, value);
    }

    void zero(long from, long to) {
        long position = from;
        while (position < to) {
            int length = (int) Math.min(Math.min(to - position, untilWrap(position)), ZEROS.length);
            bytes.put(index(position), ZEROS, 0, length);
            position += length;
        }
    }

    // Words of the consumer alone.

    long read() {
        return bytes.getLong(READ);
    }

    void read(long position) {
        bytes.putLong(READ, position);
    }

    long delivered() {
        return bytes.getLong(DELIVERED);
    }

    void delivered(long position) {
        bytes.putLong(DELIVERED, position);
    }

    long releasing() {
        return bytes.getLong(RELEASING);
    }

    /** Must reach a mapped file before the first zero does; see {@link #resume}. */
    void releasing(long position) {
        bytes.putLong(RELEASING, position);
        VarHandle.storeStoreFence();
    }

    long abandoned() {
        return (long) WORD.getAcquire(bytes, ABANDONED);
    }

    void abandoned(long count) {
        WORD.setRelease(bytes, ABANDONED, count);
    }
}
