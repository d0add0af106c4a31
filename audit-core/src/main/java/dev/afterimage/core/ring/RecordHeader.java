package dev.afterimage.core.ring;

/**
 * The eight bytes before each record, read and written as one little-endian word so that state and length can never be
 * seen apart.
 *
 * <pre>
 *   record position, a multiple of 8
 *   |
 *   0         4         8                        8 + length    size, a multiple of 8
 *   +---------+---------+---------------------------+--------------+
 *   | length  | state   | payload                   | 0 to 7 bytes |
 *   | int     | int     | length bytes              | zero         |
 *   +---------+---------+---------------------------+--------------+
 *
 *   state 0  FREE       nobody has written here since the consumer zeroed it; length is 0
 *         1  CLAIMED    a producer owns the payload; the consumer waits here
 *         2  COMMITTED  the payload is complete and belongs to the consumer
 *         3  PADDING    nothing to read: an aborted claim, or the rest of the ring before a record that would wrap
 * </pre>
 */
final class RecordHeader {

    static final int BYTES = Long.BYTES;

    static final int FREE = 0;
    static final int CLAIMED = 1;
    static final int COMMITTED = 2;
    static final int PADDING = 3;

    private RecordHeader() {}

    static long of(int state, int length) {
        return (long) state << Integer.SIZE | length;
    }

    static int state(long header) {
        return (int) (header >>> Integer.SIZE);
    }

    static int length(long header) {
        return (int) header;
    }

    /** Bytes that a record of this payload length takes in the ring: header, payload, and up to the next multiple of 8. */
    static int size(int length) {
        return (BYTES + length + (BYTES - 1)) & -BYTES;
    }
}
