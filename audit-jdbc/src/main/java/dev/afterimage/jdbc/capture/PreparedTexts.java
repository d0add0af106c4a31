package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.capture.CapturePlan.ControlStep;
import dev.afterimage.jdbc.sql.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * Two-phase commit given as text: PREPARE TRANSACTION and its ends, MariaDB's XA, H2's PREPARE COMMIT. Not thread-safe.
 */
final class PreparedTexts {

    private final Session session;
    private @Nullable String branch;

    PreparedTexts(Session session) {
        this.session = session;
    }

    /** A transaction begins, in MariaDB one with the name of a branch. */
    void begun(@Nullable String name) {
        branch = name;
        if (name == null) {
            session.state().opened();
        } else {
            session.state().branchBegun();
        }
    }

    void control(ControlStep step, long begun, long ended) {
        String name = String.valueOf(step.name());
        PreparedWork prepared = session.capture().prepared();
        switch (step.kind()) {
            case PREPARE_TRANSACTION -> prepared.keep(name, session.prepared(name));
            case COMMIT_PREPARED -> prepared.endOrTell(name, BranchEnd.COMMITTED, begun, ended);
            default -> {
                // MariaDB has one word for a branch that is prepared and one that is not.
                boolean waits = prepared.end(name, BranchEnd.ROLLED_BACK, begun, ended);
                if (!waits && name.equals(branch)) {
                    session.discard();
                }
            }
        }
    }

    /** An end has failed: final only where the database knows the transaction no more. */
    void endFailed(CapturePlan plan, Throwable failure, long begun, long ended) {
        for (CapturePlan.Step step : plan.steps()) {
            if (step instanceof ControlStep control && isEnd(control.kind()) && BranchEnd.isGone(failure)) {
                session.capture().prepared().end(String.valueOf(control.name()), BranchEnd.IN_DOUBT, begun, ended);
            }
        }
    }

    private static boolean isEnd(StatementKind kind) {
        return kind == StatementKind.COMMIT_PREPARED || kind == StatementKind.ROLLBACK_PREPARED;
    }
}
