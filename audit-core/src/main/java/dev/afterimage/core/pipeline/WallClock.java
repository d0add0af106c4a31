package dev.afterimage.core.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Turns {@link System#nanoTime()} into microseconds since 1970, so that the application thread reads one clock only. The
 * machine's clock is read once: the order of two changes of one process never depends on a clock that was set.
 */
final class WallClock {

    private final long baseNanos = System.nanoTime();
    private final long baseMicros = systemMicros();

    long micros(long nanoTime) {
        return baseMicros + (nanoTime - baseNanos) / 1000;
    }

    /** How far the machine's clock has moved away from this one, in microseconds: it was set, or it drifts. */
    long behindSystem() {
        return systemMicros() - micros(System.nanoTime());
    }

    private static long systemMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
