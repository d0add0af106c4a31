package dev.afterimage.jdbc.capture;

import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The update counts of a batch. */
final class Counts {

    private Counts() {}

    /** As longs, whatever the method that answered them. */
    static long @Nullable [] wide(int @Nullable [] counts) {
        return counts == null ? null : Arrays.stream(counts).asLongStream().toArray();
    }

    /** For a driver that tells none. */
    static long[] unknown(int rows) {
        long[] counts = new long[rows];
        Arrays.fill(counts, Session.UNKNOWN_COUNT);
        return counts;
    }

    /** Those after the last failure: a deadlock has undone the rows before it. Changes the array. */
    static long[] afterLastFailure(long[] counts) {
        boolean kept = true;
        for (int i = counts.length - 1; i >= 0; i--) {
            kept &= counts[i] != Statement.EXECUTE_FAILED;
            counts[i] = kept ? counts[i] : Statement.EXECUTE_FAILED;
        }
        return counts;
    }
}
