package dev.afterimage.core.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Until when the background thread may go on; without end while the pipeline is open. Thread-safe. */
final class Deadline {

    /** One that is over. */
    static final Deadline OVER = new Deadline();

    static {
        OVER.set(Duration.ZERO);
    }

    private volatile boolean set;
    private volatile long atNanos;

    void set(Duration fromNow) {
        atNanos = System.nanoTime() + fromNow.toNanos();
        set = true;
    }

    boolean isSet() {
        return set;
    }

    boolean isOver() {
        return set && System.nanoTime() - atNanos >= 0;
    }

    /** Lets the calling thread sleep for so long, or until it is over, or somebody unparks it. */
    void rest(long nanos) {
        Thread.interrupted(); // Nobody's signal here, and a set flag would turn the wait into a spin.
        LockSupport.parkNanos(this, Math.min(nanos, leftNanos()));
    }

    long leftNanos() {
        return set ? Math.max(0, atNanos - System.nanoTime()) : Long.MAX_VALUE;
    }
}
