package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.TransactionReader;
import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.event.Fence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A committed transaction, or a part of it, that was kept outside of the ring, perhaps by another process. Immutable. */
public final class StoredRecord {

    private final String source;
    private final long origin;
    private final long transaction;
    private final long clockBase;
    private final long clockOffset;
    private final byte[] bytes;

    /**
     * Describes a record.
     *
     * @param source name of the data source in the trail
     * @param origin number of the process start that has captured it
     * @param transaction its number in the trail, the same for all its parts
     * @param clockBase the origin's clock when its {@link System#nanoTime()} was 0, in microseconds since 1970
     * @param clockOffset microseconds from the origin's clock to the database's
     * @param bytes the record; nobody may write to them any more
     */
    public StoredRecord(String source, long origin, long transaction, long clockBase, long clockOffset, byte[] bytes) {
        this.source = Objects.requireNonNull(source, "source");
        this.origin = origin;
        this.transaction = transaction;
        this.clockBase = clockBase;
        this.clockOffset = clockOffset;
        this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    String source() {
        return source;
    }

    long origin() {
        return origin;
    }

    /** Reads it, under its number in the trail. */
    TransactionRecord read(TransactionReader reader) {
        return reader.read(bytes, 0, bytes.length).numbered(transaction);
    }

    /** Its moments, of which only the origin's own process can compare any with its readings. */
    RecordTimes times(FenceLog fences, boolean own, long seenNanos) {
        return new RecordTimes() {
            @Override
            public long micros(long nanoTime) {
                return clockBase + Math.floorDiv(nanoTime, 1000L);
            }

            @Override
            public long clockOffset(long nanoTime) {
                return clockOffset;
            }

            @Override
            public @Nullable Fence fence(TransactionRecord record) {
                return fences.fence(own ? record.askedNanos() : seenNanos - Long.MAX_VALUE / 2, seenNanos);
            }
        };
    }
}
