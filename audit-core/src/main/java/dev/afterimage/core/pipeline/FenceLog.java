package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.Fence;
import dev.afterimage.core.resolve.FenceSource;
import org.jspecify.annotations.Nullable;

/**
 * The last positions read from one database, and between which of them a commit lies. A position read after a commit
 * had returned is at or past it. A position whose reading had ended before the commit was asked for is before it.
 */
final class FenceLog {

    private static final int KEPT = 32;

    private final FenceSource source;
    private final long[] endedNanos = new long[KEPT];
    private final long[] positions = new long[KEPT];
    private int count;
    private long clockOffset;

    FenceLog(FenceSource source) {
        this.source = source;
    }

    /**
     * Reads the position now.
     *
     * @throws dev.afterimage.core.resolve.FenceUnavailableException if the database cannot be asked
     */
    void read() {
        FenceSource.Reading reading = source.read();
        int slot = count++ % KEPT;
        endedNanos[slot] = System.nanoTime();
        positions[slot] = reading.position();
        clockOffset = reading.clockOffset();
    }

    long clockOffset() {
        return clockOffset;
    }

    /** The fence of a commit that had returned before the last {@link #read}; null if nothing was ever read. */
    @Nullable
    Fence fence(long askedNanos) {
        if (count == 0) {
            return null;
        }
        long position = positions[(count - 1) % KEPT];
        long notBefore = Long.MIN_VALUE;
        for (int i = count - 1; i >= Math.max(0, count - KEPT); i--) {
            if (endedNanos[i % KEPT] - askedNanos < 0) {
                notBefore = positions[i % KEPT];
                break;
            }
        }
        return new Fence(source.kind(), Math.min(notBefore, position), position);
    }
}
