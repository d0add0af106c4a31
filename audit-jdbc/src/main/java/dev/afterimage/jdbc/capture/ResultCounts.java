package dev.afterimage.jdbc.capture;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The update counts of a text of several statements, which the driver tells one by one as the application walks over the
 * results. The first one it has told already. Not thread-safe.
 */
final class ResultCounts {

    private static final int NOWHERE = -1;

    private int[] countAt = {};
    private int result;
    private @Nullable Statement statement;

    /** Asks a driver for the count that {@code execute()} does not return. */
    static long first(Statement raw, CapturePlan plan) {
        try {
            return plan.beginsWithWrite() ? raw.getUpdateCount() : Session.UNKNOWN_COUNT;
        } catch (SQLException | RuntimeException e) {
            return Session.UNKNOWN_COUNT;
        }
    }

    /** A statement of the text was recorded: where its update count stands. */
    void recorded(int place, int at) {
        int known = countAt.length;
        if (place >= known) {
            countAt = Arrays.copyOf(countAt, place + 1);
            Arrays.fill(countAt, known, place, NOWHERE);
        }
        countAt[place] = at;
    }

    /** Who has executed the text. */
    void executedBy(Statement raw) {
        statement = raw;
    }

    boolean isOf(Statement raw) {
        return statement == raw;
    }

    /** Moves on to the next result; answers where its count stands, or less than 0. */
    int next() {
        result++;
        return result < countAt.length ? countAt[result] : NOWHERE;
    }
}
