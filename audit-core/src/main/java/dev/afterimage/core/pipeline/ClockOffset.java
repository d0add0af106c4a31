package dev.afterimage.core.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The distance from this process's clock to the database's, for any moment of the past. Measurements jitter by a round
 * trip, and an offset that followed them would put close changes in the wrong order. So it starts with the first one and
 * then moves in straight lines, each a minute long, towards the best measurement of the minute before; slowly enough that
 * a later moment always stays later.
 *
 * <p>A measurement is good to half the time it took. Clocks that are the same as far as it can tell are taken to be the
 * same: processes and data sources whose clocks agree then agree on the time, too, and not only to a round trip, within
 * which one row may change hands. Used by the background thread only.
 */
final class ClockOffset {

    private static final long LINE_NANOS = 60_000_000_000L;
    private static final int LINES = 16;

    private final Deque<Line> lines = new ArrayDeque<>();
    private long bestOffset;
    private long bestDuration = Long.MAX_VALUE;

    /** From a moment on, the offset goes from one value to another within a minute and then stays. */
    private record Line(long startNanos, long from, long to) {
        long at(long nanoTime) {
            long elapsed = Math.min(Math.max(nanoTime - startNanos, 0), LINE_NANOS);
            return from + (long) ((to - from) * ((double) elapsed / LINE_NANOS));
        }
    }

    /**
     * Takes up a measurement.
     *
     * @param measured in microseconds
     * @param durationNanos how long it took: the longer, the less it is worth
     */
    void measured(long measured, long nanoTime, long durationNanos) {
        long offset = Math.abs(measured) <= durationNanos / 2000 ? 0 : measured;
        if (durationNanos < bestDuration) {
            bestOffset = offset;
            bestDuration = durationNanos;
        }
        if (lines.isEmpty()) {
            lines.addFirst(new Line(nanoTime, offset, offset));
        } else if (nanoTime - lines.getFirst().startNanos() >= LINE_NANOS) {
            long from = lines.getFirst().at(nanoTime);
            // At most half of the line's length in either direction, so that time never stands still.
            long most = LINE_NANOS / 2000;
            lines.addFirst(new Line(nanoTime, from, from + Math.max(-most, Math.min(most, bestOffset - from))));
            bestDuration = Long.MAX_VALUE;
            if (lines.size() > LINES) {
                lines.removeLast();
            }
        }
    }

    /** The offset at a moment, in microseconds; 0 before the first measurement was taken. */
    long at(long nanoTime) {
        for (Line line : lines) {
            if (nanoTime - line.startNanos() >= 0) {
                return line.at(nanoTime);
            }
        }
        return lines.isEmpty() ? 0 : lines.getLast().from();
    }
}
