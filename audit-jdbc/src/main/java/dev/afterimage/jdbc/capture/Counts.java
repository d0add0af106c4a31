package dev.afterimage.jdbc.capture;

import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The update counts of a batch, row by row, over the array of the driver, which is not copied. Immutable as that is. */
final class Counts {

    /** The driver tells of no row. */
    static final Counts NONE = unknown(0);

    private final int @Nullable [] small;
    private final long @Nullable [] large;
    private final int rows;
    private final int undone;
    private final boolean numbers;

    /**
     * Reads an array.
     *
     * @param undone rows at the beginning of which nothing is left, whatever the driver says
     * @param numbers whether a count is that of its row
     */
    private Counts(int @Nullable [] small, long @Nullable [] large, int rows, int undone, boolean numbers) {
        this.small = small;
        this.large = large;
        this.rows = rows;
        this.undone = undone;
        this.numbers = numbers;
    }

    static @Nullable Counts of(int @Nullable [] counts) {
        return counts == null ? null : new Counts(counts, null, counts.length, 0, true);
    }

    static @Nullable Counts of(long @Nullable [] counts) {
        return counts == null ? null : new Counts(null, counts, counts.length, 0, true);
    }

    /** For a driver that tells none. */
    static Counts unknown(int rows) {
        int[] counts = new int[rows];
        Arrays.fill(counts, Statement.SUCCESS_NO_INFO);
        return new Counts(counts, null, rows, 0, false);
    }

    int rows() {
        return rows;
    }

    /** Whether a row has changed nothing because it failed, or was undone. */
    boolean hasFailed(int row) {
        return row < undone || get(row) == Statement.EXECUTE_FAILED;
    }

    /** The count of a row that has not failed; {@link Session#UNKNOWN_COUNT} where the driver does not tell it. */
    long at(int row) {
        return numbers ? Math.max(Session.UNKNOWN_COUNT, get(row)) : Session.UNKNOWN_COUNT;
    }

    private long get(int row) {
        return small != null ? small[row] : large != null ? large[row] : Statement.SUCCESS_NO_INFO;
    }

    boolean allFailed() {
        for (int row = 0; row < rows; row++) {
            if (!hasFailed(row)) {
                return false;
            }
        }
        return true;
    }

    /** The sum; unknown where one of them is. */
    long sum() {
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            if (!hasFailed(row)) {
                if (at(row) == Session.UNKNOWN_COUNT) {
                    return Session.UNKNOWN_COUNT;
                }
                sum += at(row);
            }
        }
        return sum;
    }

    /** Of texts of several statements each: a count may be any of theirs, and says only whether all were executed. */
    Counts withoutNumbers() {
        return new Counts(small, large, rows, undone, false);
    }

    /** Those after the last failure: a deadlock has undone the rows before it. */
    Counts afterLastFailure() {
        int last = rows - 1;
        while (last >= 0 && !hasFailed(last)) {
            last--;
        }
        return new Counts(small, large, rows, last + 1, numbers);
    }
}
