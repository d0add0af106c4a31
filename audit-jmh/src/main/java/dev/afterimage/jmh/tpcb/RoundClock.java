package dev.afterimage.jmh.tpcb;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Knows whether another round would end within the limit, judging by the last one of its kind. Not thread-safe. */
final class RoundClock {

    private final long limitNanos;
    private final LongSupplier nanos;
    private final long start;
    private final Map<Boolean, Long> lastNanos = new HashMap<>();
    private long roundStart;

    /** Time runs from here. */
    RoundClock(Duration limit, LongSupplier nanos) {
        this.limitNanos = limit.toNanos();
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.roundStart = start;
    }

    /** True for a kind that was not seen yet, as long as the limit has not passed, and always for the first round. */
    boolean hasTimeFor(boolean rivals) {
        long expected = lastNanos.getOrDefault(rivals, 0L);
        return lastNanos.isEmpty() || nanos.getAsLong() - start + expected <= limitNanos;
    }

    void begin() {
        roundStart = nanos.getAsLong();
    }

    void end(boolean rivals) {
        lastNanos.put(rivals, nanos.getAsLong() - roundStart);
    }
}
