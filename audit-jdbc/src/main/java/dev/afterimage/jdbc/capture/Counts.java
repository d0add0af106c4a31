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

    static boolean allFailed(long[] counts) {
        return Arrays.stream(counts).allMatch(count -> count == Statement.EXECUTE_FAILED);
    }

    /** Of texts of several statements each: a count may be any of theirs, and says only whether all were executed. */
    static long[] withoutNumbers(long[] counts) {
        return Arrays.stream(counts)
                .map(count -> count == Statement.EXECUTE_FAILED ? count : Session.UNKNOWN_COUNT)
                .toArray();
    }

    /** The sum; unknown where one of them is. */
    static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            if (count < 0 && count != Statement.EXECUTE_FAILED) {
                return Session.UNKNOWN_COUNT;
            }
            sum += Math.max(0, count);
        }
        return sum;
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
