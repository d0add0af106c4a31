package dev.afterimage.core.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Turns {@link System#nanoTime()} into microseconds since 1970, so that the application thread reads one clock only. The
 * machine's clock is read once: the order of two changes of one process never depends on a clock that was set.
 */
final class WallClock {

    private final LongSupplier nanoTime;
    private final LongSupplier machineMicros;
    private final long baseNanos;
    private final long baseMicros;

    WallClock() {
        this(System::nanoTime, () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    WallClock(LongSupplier nanoTime, LongSupplier machineMicros) {
        this.nanoTime = nanoTime;
        this.machineMicros = machineMicros;
        this.baseNanos = nanoTime.getAsLong();
        this.baseMicros = machineMicros.getAsLong();
    }

    /** A value of {@link System#nanoTime()}. */
    long baseNanos() {
        return baseNanos;
    }

    /** The same moment in microseconds since 1970. */
    long baseMicros() {
        return baseMicros;
    }

    long micros(long nanoTime) {
        return baseMicros + Math.floorDiv(nanoTime - baseNanos, 1000L);
    }

    /** How far the machine's clock has moved away from this one, in microseconds: it was set, or it drifts. */
    long behindMachine() {
        return machineMicros.getAsLong() - micros(nanoTime.getAsLong());
    }
}
