package dev.afterimage.core.pipeline;

import dev.afterimage.core.ring.RingBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How soon a round follows another. A round has a price of its own, above all the question for the database's position,
 * which the database answers with as much work as for a statement of the application. So records wait for each other, a
 * short time, unless the ring fills or somebody waits for them. Used by the background thread only.
 */
final class Pace {

    private static final Duration INTERVAL = Duration.ofMillis(10);

    private final RingBuffer ring;
    private final LongSupplier nanoTime;
    private final long interval;
    private long dueNanos;

    Pace(RingBuffer ring) {
        this(ring, INTERVAL, System::nanoTime);
    }

    /** The first round is due at once. */
    Pace(RingBuffer ring, Duration interval, LongSupplier nanoTime) {
        this.ring = ring;
        this.nanoTime = nanoTime;
        this.interval = interval.toNanos();
        this.dueNanos = nanoTime.getAsLong();
    }

    /** Whether records should be taken out of the ring now. */
    boolean isRoundDue() {
        return leftNanos() <= 0 || ring.isCrowded() || ring.isClosed();
    }

    /** Says that records were taken out now. */
    void roundBegun() {
        dueNanos = nanoTime.getAsLong() + interval;
    }

    /** Sleeps until a round is due, or anybody unparks the thread, such as a sink that has delivered. */
    void awaitRound() {
        if (ring.rest(leftNanos())) {
            dueNanos = nanoTime.getAsLong();
        }
    }

    private long leftNanos() {
        return dueNanos - nanoTime.getAsLong();
    }
}
