package dev.afterimage.kafka;

/** A delay that doubles from 100 ms to 5 s until something works again. Used by one thread. */
final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long LAST_MILLIS = 5_000;

    private long nextMillis = FIRST_MILLIS;

    /** How long to wait now, in milliseconds. */
    long nextMillis() {
        long now = nextMillis;
        nextMillis = Math.min(LAST_MILLIS, 2 * now);
        return now;
    }

    /** Something worked: begins anew. */
    void reset() {
        nextMillis = FIRST_MILLIS;
    }
}
