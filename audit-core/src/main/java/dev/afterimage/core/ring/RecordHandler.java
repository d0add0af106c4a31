package dev.afterimage.core.ring;

import java.nio.ByteBuffer;

/** Receives the records that {@link RingBuffer#drain} takes from the ring, in ring order, on the consumer's thread. */
@FunctionalInterface
public interface RecordHandler {

    /**
     * Takes one record. The bytes belong to the ring and are overwritten after {@link RingBuffer#release}, so a handler
     * copies what it wants to keep, for instance by {@code bytes.get(offset, target, 0, length)}.
     *
     * @param bytes a read-only, little-endian view of the ring's memory, the same object at every call; use absolute
     *     methods only, its position and limit are not the record's
     * @param offset index of the record's first byte in {@code bytes}
     * @param length the record's length in bytes, 0 or more
     * @throws RuntimeException leaves {@code drain} at once; this record is offered again by the next drain
     */
    void onRecord(ByteBuffer bytes, int offset, int length);
}
