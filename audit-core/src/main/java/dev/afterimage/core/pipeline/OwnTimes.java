package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.event.Fence;
import org.jspecify.annotations.Nullable;

/**
 * The moments of records that this process has captured.
 *
 * @param fences the database's positions and clock; null where it cannot be asked
 */
record OwnTimes(WallClock clock, @Nullable FenceLog fences) implements RecordTimes {

    @Override
    public long micros(long nanoTime) {
        return clock.micros(nanoTime);
    }

    @Override
    public long clockOffset(long nanoTime) {
        return fences == null ? 0 : fences.clockOffset(nanoTime);
    }

    @Override
    public @Nullable Fence fence(TransactionRecord record) {
        return fences == null ? null : fences.fence(record.askedNanos(), record.returnedNanos());
    }
}
