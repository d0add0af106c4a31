package dev.afterimage.jdbc.capture;

import dev.afterimage.core.event.GapReason;
import dev.afterimage.jdbc.capture.CapturePlan.Step;
import dev.afterimage.jdbc.capture.CapturePlan.WriteStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the trail of a transaction before the driver is asked to commit it, so that what has committed is known however
 * the process ends. Nothing in here can refuse a commit. Stateless.
 *
 * <p>Of an open transaction all is known by then. Of a statement that is a transaction of its own, its values are; how many
 * rows it changed, and what it returned, replaces them afterwards.
 */
final class Announcements {

    private Announcements() {}

    /** All of the open transaction is there and settled, and a commit is about to be asked for. */
    static void commit(Session session) {
        try {
            session.work().announce();
        } catch (Throwable t) {
            session.broken(t);
        }
    }

    /** A text is about to be executed: a transaction of its own, or one that commits. */
    static void execution(Session session, CapturePlan plan, @Nullable Parameters parameters) {
        try {
            boolean writesAlone = plan.writes() && session.state().isAlone();
            if (writesAlone || plan.asksForCommit()) {
                session.settle();
                OpenWork work = session.work();
                OpenWork.Place before = work.place();
                add(session, plan, parameters);
                work.announce(before);
            }
        } catch (Throwable t) {
            session.broken(t);
        }
    }

    /** A batch is about to be executed. */
    static void batch(Session session, CapturePlan plan, Parameters parameters) {
        try {
            if (parameters.batchRows() > 0 && plan.writes() && session.state().isAlone()) {
                session.settle();
                OpenWork work = session.work();
                OpenWork.Place before = work.place();
                for (Step step : plan.steps()) {
                    if (step instanceof WriteStep write) {
                        work.lookIn(session.path().current());
                        work.appendBatch(write, parameters, Counts.unknown(parameters.batchRows()), System.nanoTime());
                    }
                }
                work.announce(before);
            }
        } catch (Throwable t) {
            session.broken(t);
        }
    }

    /** A batch of texts is about to be executed. */
    static void batch(Session session, List<CapturePlan> plans) {
        try {
            boolean writes = plans.stream().anyMatch(CapturePlan::writes);
            boolean commits = plans.stream().anyMatch(CapturePlan::asksForCommit);
            if (commits || (writes && session.state().isAlone())) {
                session.settle();
                OpenWork work = session.work();
                OpenWork.Place before = work.place();
                plans.forEach(plan -> add(session, plan, null));
                work.announce(before);
            }
        } catch (Throwable t) {
            session.broken(t);
        }
    }

    /** A row of a result set is about to be changed; which one, and how, is told afterwards. */
    static void row(Session session) {
        try {
            if (session.state().isAlone()) {
                session.settle();
                OpenWork work = session.work();
                OpenWork.Place before = work.place();
                work.gap(
                        GapReason.ROWS_UNKNOWN,
                        1,
                        "A row of a result set was about to be changed when the process ended; which one is not known");
                work.mustBeAtLeast(session.capture().rules().durability());
                work.announce(before);
            }
        } catch (Throwable t) {
            session.broken(t);
        }
    }

    private static void add(Session session, CapturePlan plan, @Nullable Parameters parameters) {
        for (Step step : plan.steps()) {
            if (step instanceof WriteStep write) {
                session.work().lookIn(session.path().current());
                session.work().append(write, parameters, Session.UNKNOWN_COUNT, System.nanoTime());
            }
        }
    }
}
