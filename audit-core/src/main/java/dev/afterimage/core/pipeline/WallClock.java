package dev.afterimage.core.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Turns {@link System#nanoTime()} into microseconds since 1970, so that the application thread reads one clock only.
 * Within a process the result never runs backwards; it is set to the machine's clock anew every minute. Used by the
 * background thread only.
 */
final class WallClock {

    private static final long AGE_NANOS = 60_000_000_000L;

    private final LongSupplier nanoTime;
    private final LongSupplier machineMicros;
    private long baseNanos;
    private long baseMicros;

    WallClock() {
        this(System::nanoTime, () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    WallClock(LongSupplier nanoTime, LongSupplier machineMicros) {
        this.nanoTime = nanoTime;
        this.machineMicros = machineMicros;
        baseNanos = nanoTime.getAsLong();
        baseMicros = machineMicros.getAsLong();
    }

    long micros(long nanoTime) {
        return baseMicros + Math.floorDiv(nanoTime - baseNanos, 1000L);
    }

    /** Follows the machine's clock, but only forwards: a clock set back is caught up with, not followed. */
    void adjust() {
        long nanos = nanoTime.getAsLong();
        if (nanos - baseNanos > AGE_NANOS) {
            long micros = Math.max(machineMicros.getAsLong(), micros(nanos));
            baseNanos = nanos;
            baseMicros = micros;
        }
    }
}
