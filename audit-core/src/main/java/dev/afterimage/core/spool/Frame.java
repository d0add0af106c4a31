package dev.afterimage.core.spool;

import dev.afterimage.core.codec.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** What stands around an event in a segment; the package page draws it. */
final class Frame {

    static final int HEAD_BYTES = 16;

    private static final int INDEX_AT = 4;
    private static final int LENGTH_AT = 8;
    private static final int CHECKSUM_AT = 12;

    private final long salt;
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer salted = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** The frames of a segment. */
    Frame(long salt) {
        this.salt = salt;
    }

    /** Leaves room for a head; what is appended until {@link #end} is the event. Answers where the head is. */
    static int begin(ByteWriter to) {
        int head = to.length();
        to.putLong(0);
        to.putLong(0);
        return head;
    }

    /** Writes the head of an event that is whole. */
    void end(ByteWriter to, int head, int index) {
        int length = to.length() - head - HEAD_BYTES;
        to.setInt(head, (int) salt);
        to.setInt(head + INDEX_AT, index);
        to.setInt(head + LENGTH_AT, length);
        to.setInt(head + CHECKSUM_AT, checksum(index, to.array(), head + HEAD_BYTES, length));
    }

    private int checksum(int index, byte[] bytes, int from, int length) {
        salted.putLong(0, salt).putInt(Long.BYTES, index).putInt(Long.BYTES + Integer.BYTES, length);
        checksum.reset();
        checksum.update(salted.array(), 0, salted.capacity());
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    /** Whether a head may begin at a place of which four bytes are there. */
    boolean mayBeginAt(byte[] bytes, int at) {
        return intAt(bytes, at) == (int) salt;
    }

    static int lengthAt(byte[] bytes, int head) {
        return intAt(bytes, head + LENGTH_AT);
    }

    static int indexAt(byte[] bytes, int head) {
        return intAt(bytes, head + INDEX_AT);
    }

    /** Whether the record is as it was written; all of it is there. */
    boolean isWhole(byte[] bytes, int head) {
        int length = lengthAt(bytes, head);
        return mayBeginAt(bytes, head)
                && checksum(indexAt(bytes, head), bytes, head + HEAD_BYTES, length) == intAt(bytes, head + CHECKSUM_AT);
    }

    private static int intAt(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }
}
