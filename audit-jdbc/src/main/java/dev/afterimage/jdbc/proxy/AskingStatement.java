package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.RowRequest;
import dev.afterimage.jdbc.capture.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the driver that asks for keys, beside the application's own one of the same text: bound to the same
 * values, executed in its place, and never in a batch. Not thread-safe.
 *
 * <p>Both are of one driver and one text, so that what the first refuses to bind never reaches the second, and what the
 * first takes the second takes too. A stream is given to both, but only the one that is executed reads it.
 */
final class AskingStatement {

    private final PreparedStatement own;
    private final PreparedStatement asking;
    private boolean batched;
    private boolean answers;

    private AskingStatement(PreparedStatement own, PreparedStatement asking) {
        this.own = own;
        this.asking = asking;
    }

    /** Prepares one; null where the request needs none, or none can be had. */
    static @Nullable AskingStatement of(PreparedStatement own, Session session, RowRequest request) {
        PreparedStatement asking = session.prepareBeside(request);
        return asking == null ? null : new AskingStatement(own, asking);
    }

    /** Takes what the application binds; null where it never will be executed again. */
    @Nullable
    PreparedStatement bound() {
        return batched ? null : asking;
    }

    /** What becomes of bound values with a batch, only the application's own statement knows. */
    void batched() {
        batched = true;
    }

    /** The statement for the next execution: the application's own one too where it has set limits to it. */
    PreparedStatement choose() {
        answers = !batched && !hasLimits();
        return answering();
    }

    /** The application's own statement, for the next execution. */
    PreparedStatement chooseOwn() {
        answers = false;
        return own;
    }

    private boolean hasLimits() {
        try {
            return own.getQueryTimeout() != asking.getQueryTimeout() || own.getMaxRows() != asking.getMaxRows();
        } catch (SQLException | RuntimeException closed) {
            return true; // Then it is the own one that has to complain.
        }
    }

    /** Whether the last execution has asked. */
    boolean isAnswering() {
        return answers;
    }

    /** The one that has the results of the last execution. */
    PreparedStatement answering() {
        return answers ? asking : own;
    }

    void close(Session session) {
        session.closeBeside(asking);
    }
}
