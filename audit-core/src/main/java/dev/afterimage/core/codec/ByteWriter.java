package dev.afterimage.core.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing byte array with typed, little-endian appends. Not thread-safe. Allocates only when it grows.
 */
public final class ByteWriter {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int length;

    public ByteWriter(int initialCapacity) {
        bytes = new byte[initialCapacity];
    }

    /** The array behind, valid until the next append. */
    public byte[] array() {
        return bytes;
    }

    /** Bytes written so far. */
    public int length() {
        return length;
    }

    /** Forgets everything after a length that was reached before. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException("length=" + length + " newLength=" + newLength);
        }
        length = newLength;
    }

    /** Gives memory back after a burst; what was written is forgotten. */
    public void shrink(int capacity) {
        length = 0;
        if (bytes.length > capacity) {
            try {
                bytes = new byte[capacity];
            } catch (OutOfMemoryError none) {
                // The large array serves as well, and who asks for it to be forgotten must not fail.
            }
        }
    }

    public void putByte(int value) {
        int at = reserve(1);
        bytes[at] = (byte) value;
    }

    public void putShort(int value) {
        int at = reserve(2);
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
    }

    public void putInt(int value) {
        int at = reserve(4); // Before the array is looked at: growing replaces it.
        INT.set(bytes, at, value);
    }

    public void putLong(long value) {
        int at = reserve(8);
        LONG.set(bytes, at, value);
    }

    /** Overwrites an int written before. */
    public void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Overwrites a long written before. */
    public void setLong(int at, long value) {
        LONG.set(bytes, at, value);
    }

    public void putBytes(byte[] source, int from, int count) {
        int at = reserve(count);
        System.arraycopy(source, from, bytes, at, count);
    }

    /** A text: its length in bytes, then UTF-8. An unpaired surrogate becomes a question mark, as in the JDK. */
    public void putText(String text) {
        int chars = text.length();
        int start = reserve(4 + chars);
        int at = start + 4;
        byte[] to = bytes;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length = at;
                putNonAscii(text, i);
                at = length;
                break;
            }
            to[at++] = (byte) c;
        }
        length = at;
        INT.set(bytes, start, at - start - 4);
    }

    private void putNonAscii(String text, int from) {
        int chars = text.length();
        // Three bytes for each char hold every case: a surrogate pair, two chars, takes four.
        reserve(3 * (chars - from));
        int at = length - 3 * (chars - from);
        byte[] to = bytes;
        for (int i = from; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                to[at++] = (byte) c;
            } else if (c < 0x800) {
                to[at++] = (byte) (0xC0 | c >> 6);
                to[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                to[at++] = (byte) (0xE0 | c >> 12);
                to[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
                to[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                to[at++] = (byte) (0xF0 | point >> 18);
                to[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
                to[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
                to[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                to[at++] = '?';
            }
        }
        length = at;
    }

    private int reserve(int count) {
        int at = length;
        int needed = at + count;
        if (needed < 0) {
            throw new IllegalStateException("More than 2 GiB in one buffer");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max((long) needed, 2L * bytes.length)));
        }
        length = needed;
        return at;
    }
}
