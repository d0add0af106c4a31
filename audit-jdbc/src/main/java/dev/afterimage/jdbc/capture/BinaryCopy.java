package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.value.Digest;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that come piece by piece: whole while they are few, else their length, their hash and how they begin. Its value
 * is the one that {@link ValueEncoder#putBytes} gives an array of them. Not thread-safe.
 */
final class BinaryCopy {

    private final int maxBytes;
    private final Room room;
    private byte[] kept = {};
    private long length;
    private @Nullable MessageDigest hash;

    /**
     * Begins empty.
     *
     * @param maxBytes more than these become a digest
     * @param room what copies may hold together; without any left, this becomes a digest earlier
     */
    BinaryCopy(int maxBytes, Room room) {
        this.maxBytes = maxBytes;
        this.room = room;
    }

    void add(byte[] bytes, int from, int count) {
        if (hash == null && !keeps(count)) {
            MessageDigest begun = ValueEncoder.sha256();
            begun.update(kept, 0, (int) length);
            kept = Arrays.copyOf(kept, Math.max(kept.length, ValueEncoder.PREFIX));
            hash = begun;
        }
        MessageDigest hashed = hash;
        if (hashed == null) {
            System.arraycopy(bytes, from, kept, (int) length, count);
        } else {
            int missing = (int) Math.max(0, ValueEncoder.PREFIX - length);
            System.arraycopy(bytes, from, kept, (int) Math.min(length, ValueEncoder.PREFIX), Math.min(missing, count));
            hashed.update(bytes, from, count);
        }
        length += count;
    }

    private boolean keeps(int count) {
        long needed = length + count;
        if (needed > maxBytes) {
            return false;
        }
        if (needed > kept.length) {
            int capacity = (int) Math.min(maxBytes, Math.max(needed, 2L * kept.length));
            if (!room.take(capacity - kept.length)) {
                return false;
            }
            kept = Arrays.copyOf(kept, capacity);
        }
        return true;
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
            ValueCodec.putBytes(to, Arrays.copyOf(kept, (int) length));
        } else {
            String prefix = HexFormat.of().formatHex(kept, 0, (int) Math.min(length, ValueEncoder.PREFIX));
            ValueCodec.putDigest(to, new Digest(length, ValueEncoder.soFar(hashed), prefix));
        }
    }
}
