package dev.afterimage.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Not thread-safe. Reading past the end, and a length that points there, throws
 * {@link CorruptRecordException}: bytes from a file may be torn.
 */
public final class ByteReader {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int at;

    public ByteReader(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    public boolean hasRemaining() {
        return at < end;
    }

    public int remaining() {
        return end - at;
    }

    public int getByte() {
        return bytes[take(1)] & 0xFF;
    }

    public int getShort() {
        int from = take(2);
        return (bytes[from] & 0xFF) | (bytes[from + 1] & 0xFF) << 8;
    }

    public int getInt() {
        return (int) INT.get(bytes, take(4));
    }

    public long getLong() {
        return (long) LONG.get(bytes, take(8));
    }

    /** A count or a length: an int that cannot be negative nor more than the bytes that remain. */
    public int getCount() {
        int count = getInt();
        if (count < 0 || count > remaining()) {
            throw new CorruptRecordException("count=" + count + " remaining=" + remaining());
        }
        return count;
    }

    public byte[] getBytes() {
        int count = getCount();
        int from = take(count);
        return Arrays.copyOfRange(bytes, from, from + count);
    }

    public String getText() {
        int count = getCount();
        return new String(bytes, take(count), count, StandardCharsets.UTF_8);
    }

    public void skip(int count) {
        take(count);
    }

    /** A reader of the next bytes, which this one skips. */
    public ByteReader slice(int count) {
        return new ByteReader(bytes, take(count), count);
    }

    private int take(int count) {
        int from = at;
        if (count < 0 || count > end - from) {
            throw new CorruptRecordException("wanted=" + count + " remaining=" + (end - from));
        }
        at = from + count;
        return from;
    }
}
