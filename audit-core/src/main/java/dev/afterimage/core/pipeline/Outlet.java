package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.AuditEvent;
import java.util.List;
import java.util.function.LongFunction;

/** The way of events to the sink, in order. Used by the background thread, but for {@link #isEmpty}. */
interface Outlet {

    /** Takes a batch over, after waiting until there is room for it; gives up waiting at the deadline. */
    boolean send(List<AuditEvent> events, Deadline deadline);

    /** Takes note of what has become of earlier batches, and moves on what waits. Does not wait itself. */
    void settle(Deadline deadline);

    /** Whether everything that was taken over is delivered or refused; any thread. */
    boolean isEmpty();

    /**
     * Ends. What is not settled by now is kept for the next process, or lost.
     *
     * @param lost what was lost before it could be taken over
     * @param lastWord the gap that tells of so much lost
     * @return how much is lost
     */
    long close(long lost, LongFunction<AuditEvent> lastWord);
}
