package dev.afterimage.kafka;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Logs a fault that may repeat, at most every ten seconds, and says how often it was left out. Thread-safe. */
final class RateLimitedLog {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Logger log;
    private final AtomicLong dueNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong leftOut = new AtomicLong();

    RateLimitedLog(Logger log) {
        this.log = log;
    }

    void warn(String message, Throwable cause) {
        long now = System.nanoTime();
        long due = dueNanos.get();
        if (now - due < 0 || !dueNanos.compareAndSet(due, now + INTERVAL_NANOS)) {
            leftOut.incrementAndGet();
            return;
        }
        log.warn("{} (left out since the last such line: {})", message, leftOut.getAndSet(0), cause);
    }
}
