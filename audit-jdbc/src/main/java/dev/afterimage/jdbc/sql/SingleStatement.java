package dev.afterimage.jdbc.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a text.
 *
 * @param kind what it is
 * @param name the savepoint of savepoint control, folded; the transaction id of a two-phase statement; else null
 * @param writes the writes that executing it performs, in the text's order
 * @param commitsImplicitly whether the dialect's database ends the open transaction before or after it
 * @param readable false when it could not be understood
 * @param start its first character in the text
 * @param end the index behind its last character
 */
public record SingleStatement(
        StatementKind kind,
        @Nullable String name,
        List<TableWrite> writes,
        boolean commitsImplicitly,
        boolean readable,
        int start,
        int end) {

    /** Whether executing it may change data, seen or unseen. */
    public boolean canWrite() {
        return !writes.isEmpty() || kind.mayWrite() || !readable;
    }
}
