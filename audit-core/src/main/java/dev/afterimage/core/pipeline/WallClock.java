package dev.afterimage.core.pipeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Turns {@link System#nanoTime()} into microseconds since 1970, so that the application thread reads one clock only. The
 * machine's clock is read at the start: the order of two changes of one process never depends on a clock that was set.
 *
 * <p>Two processes of one machine agree on the time as well as each has read the two clocks at one moment. A thread may be
 * held up between the two, above all in a JVM that loads the classes for it just then: so of several readings the one
 * counts that took the shortest.
 */
final class WallClock {

    private static final int READINGS = 16;

    private final LongSupplier nanoTime;
    private final LongSupplier machineMicros;
    private final Moment base;

    /** A moment on both clocks. */
    private record Moment(long nanos, long micros) {}

    WallClock() {
        this(System::nanoTime, () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    WallClock(LongSupplier nanoTime, LongSupplier machineMicros) {
        this.nanoTime = nanoTime;
        this.machineMicros = machineMicros;
        this.base = moment();
    }

    private Moment moment() {
        Moment best = new Moment(0, 0);
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            long before = nanoTime.getAsLong();
            long micros = machineMicros.getAsLong();
            long took = nanoTime.getAsLong() - before;
            if (took < shortest) {
                shortest = took;
                best = new Moment(before + took / 2, micros);
            }
        }
        return best;
    }

    /** A value of {@link System#nanoTime()}. */
    long baseNanos() {
        return base.nanos();
    }

    /** The same moment in microseconds since 1970. */
    long baseMicros() {
        return base.micros();
    }

    long micros(long nanoTime) {
        return base.micros() + Math.floorDiv(nanoTime - base.nanos(), 1000L);
    }

    /** How far the machine's clock has moved away from this one, in microseconds: it was set, or it drifts. */
    long behindMachine() {
        Moment now = moment();
        return now.micros() - micros(now.nanos());
    }
}
