package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.capture.CapturePlan.Step;
import dev.afterimage.jdbc.capture.CapturePlan.WriteStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What batches do to a session's open transaction. As thread-safe as the session: not. */
final class Batches {

    private final Session session;

    Batches(Session session) {
        this.session = session;
    }

    /**
     * A batch was executed.
     *
     * @param counts as the driver said; null where it did not
     */
    void executed(CapturePlan plan, Parameters parameters, @Nullable Counts counts, long begun) {
        try {
            long ended = System.nanoTime();
            session.noted();
            apply(plan, parameters, counts == null ? Counts.unknown(parameters.batchRows()) : counts, begun, ended);
            session.publishIfOver(false, begun, ended);
        } catch (Throwable t) {
            session.brokenAfter(begun, t);
        }
    }

    /** Takes up what a batch has done; whether it is committed by that is the caller's question. */
    void apply(CapturePlan plan, Parameters parameters, Counts counts, long begun, long ended) {
        if (counts.rows() == 0) {
            return;
        }
        for (Step step : plan.steps()) {
            if (step instanceof WriteStep write) {
                session.work().lookIn(session.path().current());
                session.work()
                        .appendBatch(write, parameters, plan.isSeveral() ? counts.withoutNumbers() : counts, ended);
                session.noteCode(write);
            } else {
                session.texts().executed(step, begun, ended);
            }
        }
        session.noteShapes(plan);
    }

    /** A batch of texts was executed. */
    void executed(List<CapturePlan> plans, @Nullable Counts counts, long begun) {
        try {
            long ended = System.nanoTime();
            session.noted();
            apply(plans, counts == null ? Counts.unknown(plans.size()) : counts, begun, ended);
            session.publishIfOver(false, begun, ended);
        } catch (Throwable t) {
            session.brokenAfter(begun, t);
        }
    }

    /** As the other; a text that failed has done nothing. */
    void apply(List<CapturePlan> plans, Counts counts, long begun, long ended) {
        for (int i = 0; i < Math.min(counts.rows(), plans.size()); i++) {
            if (!counts.hasFailed(i)) {
                session.apply(plans.get(i), null, counts.at(i), begun, ended, false, null);
            }
        }
    }
}
