package dev.afterimage.jmh.tpcb;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting for something to become so. */
final class Wait {

    private static final long POLL_MILLIS = 20;

    private Wait() {}

    /** A state that may be asked of the database. */
    interface State {
        boolean isReached() throws SQLException;
    }

    /** Returns whether it became so within the time. */
    static boolean until(Duration limit, State state) throws SQLException {
        long start = System.nanoTime();
        while (!state.isReached()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            pause(POLL_MILLIS);
        }
        return true;
    }

    /**
     * Waits a moment.
     *
     * @throws IllegalStateException if the thread is interrupted
     */
    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
