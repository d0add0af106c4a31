package dev.afterimage.core.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Turns {@link System#nanoTime()} into microseconds since 1970, so that the application thread reads one clock only.
 * Within a process the result never runs backwards; it is set to the machine's clock anew every minute. Used by the
 * background thread only.
 */
final class WallClock {

    private static final long AGE_NANOS = 60_000_000_000L;

    private long baseNanos;
    private long baseMicros;

    WallClock() {
        baseNanos = System.nanoTime();
        baseMicros = now();
    }

    long micros(long nanoTime) {
        return baseMicros + (nanoTime - baseNanos) / 1000;
    }

    /** Follows the machine's clock, but only forwards: a clock set back is caught up with, not followed. */
    void adjust() {
        long nanos = System.nanoTime();
        if (nanos - baseNanos > AGE_NANOS) {
            long micros = Math.max(now(), micros(nanos));
            baseNanos = nanos;
            baseMicros = micros;
        }
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
