package dev.afterimage.core.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How far the records of a ring have become events that lie in the spool.
 *
 * @param position in the ring; every record before it has, but for the open ones
 * @param sequence number of the last event that was made of them
 * @param ordinal in the spool, after the last of these events
 * @param open positions before {@code position} of records that are kept back: for an outcome, or for their database
 */
public record Mark(long position, long sequence, long ordinal, List<Long> open) {

    /** Of a ring of which nothing is done. */
    static final Mark NONE = new Mark(0, 0, 0, List.of());

    /** Most open records. */
    public static final int MOST_OPEN = 16 << 10;

    /** Bytes of one mark in its place. */
    static final int BYTES = 32 * Integer.BYTES + MOST_OPEN * Long.BYTES;

    private static final int POSITION_AT = 8;
    private static final int SEQUENCE_AT = 16;
    private static final int ORDINAL_AT = 24;
    private static final int OPEN_AT = 32;
    private static final int CHECKSUM_AT = 36;
    private static final int FIRST_AT = 32 * Integer.BYTES;

    /** Whether a record is among the open ones. */
    boolean isOpen(long at) {
        return Collections.binarySearch(open, at) >= 0;
    }

    /** Writes the mark; whoever reads a half of it sees by the checksum that it is one. */
    void write(ByteBuffer to, int at, long turn) {
        to.putLong(at, turn);
        to.putLong(at + POSITION_AT, position);
        to.putLong(at + SEQUENCE_AT, sequence);
        to.putLong(at + ORDINAL_AT, ordinal);
        to.putInt(at + OPEN_AT, open.size());
        for (int i = 0; i < open.size(); i++) {
            to.putLong(at + FIRST_AT + i * Long.BYTES, open.get(i));
        }
        to.putInt(at + CHECKSUM_AT, checksum(to, at, open.size()));
    }

    /** The turn of the mark at a place; -1 if there is no whole mark. */
    static long turn(ByteBuffer in, int at) {
        int count = in.getInt(at + OPEN_AT);
        boolean whole = count >= 0 && count <= MOST_OPEN && in.getInt(at + CHECKSUM_AT) == checksum(in, at, count);
        return whole ? in.getLong(at) : -1;
    }

    static Mark read(ByteBuffer in, int at) {
        List<Long> open = new ArrayList<>();
        for (int i = 0; i < in.getInt(at + OPEN_AT); i++) {
            open.add(in.getLong(at + FIRST_AT + i * Long.BYTES));
        }
        return new Mark(in.getLong(at + POSITION_AT), in.getLong(at + SEQUENCE_AT), in.getLong(at + ORDINAL_AT), open);
    }

    private static int checksum(ByteBuffer in, int at, int count) {
        CRC32C checksum = new CRC32C();
        ByteBuffer words = in.duplicate();
        words.limit(at + CHECKSUM_AT).position(at);
        checksum.update(words);
        words.limit(at + FIRST_AT + count * Long.BYTES).position(at + FIRST_AT);
        checksum.update(words);
        return (int) checksum.getValue();
    }
}
