package dev.afterimage.jdbc.capture;

import dev.afterimage.core.event.GapReason;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.BatchUpdateException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What executions that have failed leave behind in a session's open transaction. As thread-safe as the session: not. */
final class FailedExecutions {

    private final Session session;

    FailedExecutions(Session session) {
        this.session = session;
    }

    private boolean isMysql() {
        return session.capture().dialect() == SqlDialect.MYSQL;
    }

    private boolean isPostgresql() {
        return session.capture().dialect() == SqlDialect.POSTGRESQL;
    }

    /** An execution has failed; what it had done before is told by the exception, if by anything. */
    void failed(CapturePlan plan, @Nullable Parameters parameters, long begun, Throwable failure) {
        session.noted();
        if (TransactionFate.isAppliedAllTheSame(failure)) {
            session.executed(plan, parameters, Session.UNKNOWN_COUNT, begun, false, null);
            return;
        }
        try {
            long ended = System.nanoTime();
            boolean inDoubt = TransactionFate.isInDoubt(failure);
            WantedRows wanted = plan.wanted();
            if (wanted != null && TransactionFate.mayBeForRequest(failure)) {
                wanted.refused();
            }
            if (plan.isSeveral()) {
                severalFailed(plan, inDoubt, begun, ended);
            } else if (plan.preparesTransaction() && inDoubt) {
                // It may be prepared: then its end will come, on another connection.
                session.apply(plan, parameters, Session.UNKNOWN_COUNT, begun, ended, false, null);
            } else if (plan.endsTransaction()) {
                endFailed(plan, inDoubt, failure, begun, ended);
            } else if (inDoubt && session.isAlone()) {
                session.apply(plan, parameters, Session.UNKNOWN_COUNT, begun, ended, false, null);
                session.publish(true, begun, ended);
            } else if (plan.runsCode() && !TransactionFate.isNeverRun(failure)) {
                codeFailed(plan, parameters, begun, ended);
            }
            session.texts().endFailed(plan, failure, begun, ended);
            noteFailure(failure);
        } catch (Throwable t) {
            session.brokenAfter(begun, t);
        }
    }

    /** Code that has failed may have committed a part of its work before, or, but for PostgreSQL, leave it in the transaction. */
    private void codeFailed(CapturePlan plan, @Nullable Parameters parameters, long begun, long ended) {
        if (session.isAlone()) {
            session.apply(plan, parameters, Session.UNKNOWN_COUNT, begun, ended, false, null);
            session.publish(true, begun, ended);
        } else if (!isPostgresql()) {
            session.apply(plan, parameters, Session.UNKNOWN_COUNT, begun, ended, false, null);
        }
    }

    /** Of several statements the first ones may have been executed; PostgreSQL undoes them, unless one was a COMMIT. */
    private void severalFailed(CapturePlan plan, boolean inDoubt, long begun, long ended) {
        boolean undone = isPostgresql() && !plan.endsTransaction();
        boolean lostAlone = inDoubt && session.isAlone();
        if (undone && !lostAlone) {
            return;
        }
        if (plan.writes()) {
            session.work()
                    .gap(
                            GapReason.ROWS_UNKNOWN,
                            -1,
                            "A text of several statements has failed part way: which of them were kept is not known");
        }
        if (plan.endsTransaction() || lostAlone) {
            session.publish(true, begun, ended);
        } else {
            session.publishIfOver(false, begun, ended);
        }
    }

    /** A text that ends the transaction has failed: COMMIT, or what commits before it is executed. */
    private void endFailed(CapturePlan plan, boolean inDoubt, Throwable failure, long begun, long ended) {
        if (inDoubt) {
            session.publish(true, begun, ended);
        } else if (plan.commitsImplicitly()) {
            if (!TransactionFate.isUnread(failure) && !TransactionFate.isMisuse(failure)) {
                // Most such statements commit first and then fail, some fail first.
                session.publish(true, begun, ended);
            }
        } else if (isPostgresql() || !(TransactionFate.isUnread(failure) || TransactionFate.isMisuse(failure))) {
            session.discard();
        }
    }

    private void noteFailure(Throwable failure) {
        boolean lost = isPostgresql() ? session.state().isOverForCertain() : TransactionFate.isRolledBack(failure);
        if (isMysql() && TransactionFate.mayBeRolledBack(failure)) {
            session.work().doubt();
        }
        if (lost) {
            session.discardForFailure();
        } else {
            session.state().failed();
        }
    }

    /** A batch has failed. */
    void failedBatch(CapturePlan plan, Parameters parameters, long begun, Throwable failure) {
        try {
            long ended = System.nanoTime();
            Counts counts = afterFailure(parameters.batchRows(), failure);
            if (isMysql() && parameters.nullsDiffer() && counts.rows() > 0 && counts.allFailed()) {
                // Its driver divides a batch where a NULL follows a value, and calls failed what earlier parts have
                // done.
                String detail = "A batch has failed, of which the first rows may be kept";
                session.work().gap(GapReason.ROWS_UNKNOWN, counts.rows() - 1, detail);
            }
            new Batches(session).apply(plan, parameters, counts, begun, ended);
            batchFailed(failure, begun, ended);
        } catch (Throwable t) {
            session.brokenAfter(begun, t);
        }
    }

    /** A batch of texts has failed. */
    void failedBatch(List<CapturePlan> plans, long begun, Throwable failure) {
        try {
            long ended = System.nanoTime();
            new Batches(session).apply(plans, afterFailure(plans.size(), failure), begun, ended);
            batchFailed(failure, begun, ended);
        } catch (Throwable t) {
            session.brokenAfter(begun, t);
        }
    }

    /** What a failed batch has changed, row by row, as far as the exception says; a row without a count has failed. */
    private Counts afterFailure(int rows, Throwable failure) {
        if (TransactionFate.isInDoubt(failure) && session.isAlone()) {
            return Counts.unknown(rows);
        }
        Counts counts =
                failure instanceof BatchUpdateException partly ? Counts.of(partly.getLargeUpdateCounts()) : null;
        if (counts == null) {
            return Counts.NONE;
        }
        if (!isPostgresql() && TransactionFate.isRolledBack(failure)) {
            session.discardForFailure();
            return counts.afterLastFailure();
        }
        return counts;
    }

    private void batchFailed(Throwable failure, long begun, long ended) {
        if (TransactionFate.isInDoubt(failure) && session.isAlone()) {
            session.publish(true, begun, ended);
        } else {
            session.publishIfOver(false, begun, ended);
        }
        session.state().failed();
    }
}
