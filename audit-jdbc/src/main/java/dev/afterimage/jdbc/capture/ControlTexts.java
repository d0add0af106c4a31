package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.capture.CapturePlan.ControlStep;
import dev.afterimage.jdbc.capture.CapturePlan.PathStep;
import dev.afterimage.jdbc.capture.CapturePlan.Step;
import dev.afterimage.jdbc.sql.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * What texts do to a session's transaction: they begin, divide and end it, commit it on the side, or prepare it for a
 * second phase, as PREPARE TRANSACTION does, MariaDB's XA and H2's PREPARE COMMIT. Not thread-safe.
 */
final class ControlTexts {

    private final Session session;
    private @Nullable String branch;

    ControlTexts(Session session) {
        this.session = session;
    }

    /** A step that is no write was executed. */
    void executed(Step step, long begun, long ended) {
        if (step instanceof PathStep changed) {
            session.path().changed(changed.change());
            return;
        }
        if (!(step instanceof ControlStep control)) {
            session.publish(false, begun, ended);
            return;
        }
        switch (control.kind()) {
            // MariaDB's BEGIN commits what is open, as its plan says; PostgreSQL's changes nothing inside one.
            case BEGIN -> begun(control.name());
            case COMMIT -> session.publish(false, begun, ended);
            case ROLLBACK -> session.discard();
            case PREPARE_TRANSACTION, COMMIT_PREPARED, ROLLBACK_PREPARED -> twoPhase(control, begun, ended);
            case SAVEPOINT -> session.savepointSet(null, control.name());
            case RELEASE_SAVEPOINT -> session.savepointReleased(null, control.name());
            case ROLLBACK_TO_SAVEPOINT -> session.rolledBackTo(null, control.name());
            default -> {}
        }
    }

    /** A transaction begins, in MariaDB one with the name of a branch. */
    private void begun(@Nullable String name) {
        branch = name;
        if (name == null) {
            session.state().opened();
        } else {
            session.state().branchBegun();
        }
    }

    private void twoPhase(ControlStep step, long begun, long ended) {
        String name = String.valueOf(step.name());
        PreparedWork prepared = session.capture().prepared();
        switch (step.kind()) {
            case PREPARE_TRANSACTION -> prepared.keep(name, session.handover().prepared(name));
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
        for (Step step : plan.steps()) {
            if (step instanceof ControlStep control && isEnd(control.kind()) && BranchEnd.isGone(failure)) {
                session.capture().prepared().end(String.valueOf(control.name()), BranchEnd.IN_DOUBT, begun, ended);
            }
        }
    }

    private static boolean isEnd(StatementKind kind) {
        return kind == StatementKind.COMMIT_PREPARED || kind == StatementKind.ROLLBACK_PREPARED;
    }
}
