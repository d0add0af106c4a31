package dev.afterimage.core.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets a log line through once in ten seconds, for what a fault can repeat. Thread-safe, never blocks. */
public final class LogLimit {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private final AtomicLong next;

    public LogLimit() {
        this(System::nanoTime);
    }

    LogLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Whether a line may be written now. */
    public boolean allows() {
        long due = next.get();
        long now = nanoTime.getAsLong();
        return now - due >= 0 && next.compareAndSet(due, now + PAUSE);
    }
}
