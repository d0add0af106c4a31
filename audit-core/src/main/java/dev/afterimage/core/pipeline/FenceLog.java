package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.Fence;
import dev.afterimage.core.resolve.FenceSource;
import org.jspecify.annotations.Nullable;

/**
 * The last positions read from one database, and between which of them a commit lies. A position read after a commit
 * had returned is at or past it. A position whose reading had ended before the commit was asked for is before it. With
 * the positions comes the database's clock.
 */
final class FenceLog {

    private static final int KEPT = 32;

    private final FenceSource source;
    private final WallClock clock;
    private final ClockOffset offset = new ClockOffset();
    private final long[] endedNanos = new long[KEPT];
    private final long[] positions = new long[KEPT];
    private int count;

    FenceLog(FenceSource source, WallClock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * Reads the position now.
     *
     * @throws dev.afterimage.core.resolve.FenceUnavailableException if the database cannot be asked
     */
    void read() {
        long begun = System.nanoTime();
        FenceSource.Reading reading = source.read();
        long ended = System.nanoTime();
        int slot = count++ % KEPT;
        endedNanos[slot] = ended;
        positions[slot] = reading.position();
        offset.measured(reading.clockOffset() + clock.behindSystem(), ended, ended - begun);
    }

    /** Whether a position was ever read. */
    boolean isRead() {
        return count > 0;
    }

    /** Microseconds from this process's clock to the database's, at a moment. */
    long clockOffset(long nanoTime) {
        return offset.at(nanoTime);
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
