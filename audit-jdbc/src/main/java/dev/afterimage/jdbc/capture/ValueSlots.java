package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import java.util.Arrays;

/**
 * The copies of bound values, a slot for each parameter. A value overwrites the one before it; one that outgrows its slot
 * moves to the end. Outlives its statement, so that a short-lived one costs no memory. Not thread-safe.
 */
final class ValueSlots {

    static final int UNSET = -1;
    static final int LOST = -2;
    static final int LATE = -3;

    private static final int KEPT_BYTES = 4 << 10;
    private static final int KEPT_SLOTS = 256;

    private final ByteWriter bytes = new ByteWriter(128);
    private int[] offsets = new int[8];
    private int[] lengths = new int[8];
    private int[] capacities = new int[8];
    private int valueAt;

    /** Makes room for a number of values, none of them set. */
    void clear(int count) {
        bytes.shrink(KEPT_BYTES);
        if (count > lengths.length) {
            offsets = new int[count];
            lengths = new int[count];
            capacities = new int[count];
        } else {
            Arrays.fill(capacities, 0, count, 0);
        }
        Arrays.fill(lengths, 0, count, UNSET);
    }

    /** Whether it is small enough to be kept for another statement. */
    boolean isWorthKeeping() {
        return lengths.length <= KEPT_SLOTS;
    }

    /** Where the next value is to be written. */
    ByteWriter begin() {
        valueAt = bytes.length();
        return bytes;
    }

    /** The value was written. */
    void end(int slot) {
        int length = bytes.length() - valueAt;
        if (length <= capacities[slot]) {
            System.arraycopy(bytes.array(), valueAt, bytes.array(), offsets[slot], length);
            bytes.truncate(valueAt);
        } else {
            // Twice the size each time it moves: what is left behind never exceeds what is in use.
            int capacity = Math.max(length, 2 * capacities[slot]);
            for (int spare = capacity - length; spare > 0; spare--) {
                bytes.putByte(0);
            }
            offsets[slot] = valueAt; // Not before the room is there: a slot that points to none would take another's.
            capacities[slot] = capacity;
        }
        lengths[slot] = length;
    }

    /** The value could not be written. */
    void lost(int slot) {
        bytes.truncate(Math.min(valueAt, bytes.length()));
        lengths[slot] = LOST;
    }

    /** The value is one that the driver has yet to read. */
    void late(int slot) {
        lengths[slot] = LATE;
    }

    /** Forgets the values and keeps their room. */
    void unset(int count) {
        Arrays.fill(lengths, 0, count, UNSET);
    }

    /** The length of a value in bytes, or one of the negative constants. */
    int length(int slot) {
        return lengths[slot];
    }

    /**
     * Appends the values that lie side by side from a slot on, which is nearly always all of them, in one piece.
     *
     * @return the first slot that was not appended
     */
    int appendRun(int slot, int count, ByteWriter to) {
        int next = slot;
        int end = offsets[slot];
        while (next < count && lengths[next] >= 0 && offsets[next] == end) {
            end += lengths[next++];
        }
        if (next > slot) {
            to.putBytes(bytes.array(), offsets[slot], end - offsets[slot]);
        }
        return next;
    }

    byte[] array() {
        return bytes.array();
    }

    int offset(int slot) {
        return offsets[slot];
    }
}
