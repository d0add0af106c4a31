package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.value.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Characters that come piece by piece: whole while they are few, else their length, the hash of their UTF-8 and how they
 * begin. Its value is the one that {@link ValueEncoder#putString} gives a text of them. Not thread-safe.
 */
final class TextCopy {

    /** Characters that are encoded and hashed together. */
    private static final int CHUNK = 1024;

    private final int maxLength;
    private final Room room;
    private char[] kept = {};
    private long length;
    private @Nullable MessageDigest hash;
    private char[] chunk = {};
    private int chunked;

    /**
     * Begins empty.
     *
     * @param maxLength more than these become a digest
     * @param room what copies may hold together; without any left, this becomes a digest earlier
     */
    TextCopy(int maxLength, Room room) {
        this.maxLength = maxLength;
        this.room = room;
    }

    void add(char[] chars, int from, int count) {
        if (hash == null && !keeps(count)) {
            MessageDigest begun = ValueEncoder.sha256();
            hash = begun;
            chunk = new char[CHUNK];
            chunked = 0;
            update(begun, kept, 0, (int) length);
            kept = Arrays.copyOf(kept, Math.max(kept.length, ValueEncoder.PREFIX));
        }
        MessageDigest hashed = hash;
        if (hashed == null) {
            System.arraycopy(chars, from, kept, (int) length, count);
        } else {
            int missing = (int) Math.max(0, ValueEncoder.PREFIX - length);
            System.arraycopy(chars, from, kept, (int) Math.min(length, ValueEncoder.PREFIX), Math.min(missing, count));
            update(hashed, chars, from, count);
        }
        length += count;
    }

    private boolean keeps(int count) {
        long needed = length + count;
        if (needed > maxLength) {
            return false;
        }
        if (needed > kept.length) {
            int capacity = (int) Math.min(maxLength, Math.max(needed, 2L * kept.length));
            if (!room.take(2L * (capacity - kept.length))) {
                return false;
            }
            kept = Arrays.copyOf(kept, capacity);
        }
        return true;
    }

    /** A pair of surrogates is encoded as one: its first half waits for the second. */
    private void update(MessageDigest to, char[] chars, int from, int count) {
        int at = from;
        int end = from + count;
        while (at < end) {
            int piece = Math.min(end - at, CHUNK - chunked);
            System.arraycopy(chars, at, chunk, chunked, piece);
            at += piece;
            chunked += piece;
            if (chunked == CHUNK) {
                int open = Character.isHighSurrogate(chunk[CHUNK - 1]) ? 1 : 0;
                to.update(new String(chunk, 0, CHUNK - open).getBytes(StandardCharsets.UTF_8));
                chunk[0] = chunk[CHUNK - 1];
                chunked = open;
            }
        }
    }

    /** Begins anew. */
    void clear() {
        length = 0;
        hash = null;
    }

    /** Forgets what lies behind a length; false where the rest is not known. */
    boolean truncate(long newLength) {
        if (hash != null || newLength > length) {
            return newLength == length;
        }
        length = newLength;
        return true;
    }

    long length() {
        return length;
    }

    void putTo(ByteWriter to) {
        MessageDigest hashed = hash;
        if (hashed == null) {
            ValueCodec.putString(to, new String(kept, 0, (int) length));
        } else {
            byte[] rest = new String(chunk, 0, chunked).getBytes(StandardCharsets.UTF_8);
            String prefix = new String(kept, 0, (int) Math.min(length, ValueEncoder.PREFIX));
            ValueCodec.putDigest(to, new Digest(length, ValueEncoder.soFar(hashed, rest), prefix));
        }
    }
}
