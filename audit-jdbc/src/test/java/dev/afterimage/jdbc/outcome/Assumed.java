package dev.afterimage.jdbc.outcome;

import org.junit.jupiter.api.Assumptions;

/** Cases that a database does not have. */
final class Assumed {

    private Assumed() {}

    static void not(boolean excluded, String reason) {
        Assumptions.assumeFalse(excluded, reason);
    }
}
