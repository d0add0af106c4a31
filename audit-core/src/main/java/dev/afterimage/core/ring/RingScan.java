package dev.afterimage.core.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Predicate;

/**
 * Reads what a ring of a process that is gone has left, without changing it and without trusting it: the bytes may be torn
 * at any place. A record counts as one only if its payload says so itself.
 */
public final class RingScan {

    /** Where the buffer says how much was ever put into the ring, in eight bytes; they are 0 for one that nobody has used. */
    public static final int TAIL_AT = RingMemory.TAIL;

    private final ByteBuffer bytes;
    private final int capacity;
    private final Predicate<byte[]> whole;
    private long damaged;
    private long unfinished;

    /** Takes one record. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Takes it.
         *
         * @param position where it begins in the ring
         * @param record its payload, the visitor's own
         */
        void record(long position, byte[] record);
    }

    /**
     * Prepares a scan.
     *
     * @param buffer a ring's control block and records, as {@link RingBuffer#over} has it
     * @param whole whether a payload is as it was written
     * @throws IllegalArgumentException if the buffer has the length of no ring
     */
    public RingScan(ByteBuffer buffer, Predicate<byte[]> whole) {
        this.bytes = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.capacity = bytes.capacity() - RingMemory.CONTROL_BYTES;
        this.whole = whole;
        if (capacity < RingMemory.MIN_CAPACITY || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("bytes=" + bytes.capacity() + ": no ring is so long");
        }
    }

    /** Places where something lay that cannot be read. */
    public long damaged() {
        return damaged;
    }

    /** Records whose thread died before they were whole. */
    public long unfinished() {
        return unfinished;
    }

    /** Offers every record that was not released, in ring order. */
    public void run(Visitor visitor) {
        long head = Math.max(bytes.getLong(RingMemory.HEAD), bytes.getLong(RingMemory.RELEASING));
        long tail = RingMemory.position(bytes.getLong(RingMemory.TAIL));
        if (head < 0 || head % RecordHeader.BYTES != 0 || tail < head || tail - head > capacity) {
            damaged++;
            return;
        }
        boolean lost = false;
        long position = head;
        while (position < tail) {
            long header = bytes.getLong(index(position));
            int state = RecordHeader.state(header);
            int length = RecordHeader.length(header);
            boolean fits = state > RecordHeader.FREE
                    && state <= RecordHeader.PADDING
                    && length >= 0
                    && length <= capacity
                    && RecordHeader.size(length) <= Math.min(tail - position, untilWrap(position));
            byte[] record = fits ? payload(position, length) : null;
            // A claim may be whole though its thread died before it said so; and what looks like padding may be a
            // record.
            if (record != null && whole.test(record)) {
                visitor.record(position, record);
                lost = false;
                position += RecordHeader.size(length);
            } else if (fits && !lost && state != RecordHeader.COMMITTED) {
                unfinished += state == RecordHeader.CLAIMED ? 1 : 0;
                position += RecordHeader.size(length);
            } else if (header == 0 && !lost) {
                unfinished++;
                position = endOfZeros(position, tail);
            } else {
                damaged += lost ? 0 : 1;
                lost = true; // From here on only a whole record is believed.
                position += RecordHeader.BYTES;
            }
        }
    }

    private long endOfZeros(long from, long tail) {
        long position = from;
        while (position < tail && bytes.getLong(index(position)) == 0) {
            position += RecordHeader.BYTES;
        }
        return position;
    }

    private byte[] payload(long position, int length) {
        byte[] payload = new byte[length];
        bytes.get(index(position) + RecordHeader.BYTES, payload);
        return payload;
    }

    private int index(long position) {
        return RingMemory.CONTROL_BYTES + ((int) position & (capacity - 1));
    }

    private int untilWrap(long position) {
        return capacity - ((int) position & (capacity - 1));
    }
}
