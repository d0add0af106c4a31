package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.metrics.LogLimit;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches that the sink was given and has not yet settled, in the order of sending. A batch that failed stops new
 * ones: when all that are under way have come back, the failed ones are sent again, oldest first, after a pause that
 * grows. So a sink that keeps its own order is never asked to deliver a newer event before an older one was tried.
 *
 * <p>Used by the background thread; only the completion of a batch comes from elsewhere, and it just wakes that thread.
 */
final class Deliveries implements Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);
    private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(20);

    private final Sink sink;
    private final int limit;
    private final AuditCounters counters;
    private final BiConsumer<AuditEvent, String> refused;
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private final LogLimit logLimit = new LogLimit();
    private boolean failed;
    private long pause = FIRST_PAUSE;
    private boolean pausing;
    private long resendNanos;
    private volatile int size;

    /**
     * Creates an empty one.
     *
     * @param limit most batches under way
     * @param refused told of each event that the sink will never take, with the reason
     */
    Deliveries(Sink sink, int limit, AuditCounters counters, BiConsumer<AuditEvent, String> refused) {
        this.sink = sink;
        this.limit = limit;
        this.counters = counters;
        this.refused = refused;
    }

    /** Batches not settled yet; any thread. */
    int size() {
        return size;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public boolean send(List<AuditEvent> events, Deadline deadline) {
        settle(deadline);
        while (!hasRoom()) {
            if (deadline.isOver()) {
                return false;
            }
            Thread.interrupted(); // Nobody's signal here, and a set flag would turn the wait into a spin.
            LockSupport.parkNanos(this, WAIT);
            settle(deadline);
        }
        dispatch(events, Parcel.NOT_SPOOLED);
        return true;
    }

    /** Whether a batch more may be sent, as far as is known since the last {@link #settle}. */
    boolean hasRoom() {
        return !failed && parcels.size() < limit;
    }

    /** Those not settled yet, in the order of sending. */
    Iterable<Parcel> parcels() {
        return parcels;
    }

    /** Sends a batch, for which there is room. */
    void dispatch(List<AuditEvent> events, long spooledAt) {
        Parcel parcel = new Parcel(events, spooledAt);
        parcels.add(parcel);
        counters.events(events.size());
        size = parcels.size();
        dispatch(parcel);
    }

    private void dispatch(Parcel parcel) {
        Thread waiting = Thread.currentThread();
        try {
            sink.send(parcel.events()).whenComplete((delivery, failure) -> {
                parcel.arrived(delivery, failure);
                LockSupport.unpark(waiting);
            });
        } catch (Throwable t) { // A sink is not ours: whatever it throws, the batch is tried again.
            parcel.arrived(null, t);
        }
    }

    @Override
    public void settle(Deadline deadline) {
        failed = false;
        boolean underWay = false;
        for (Iterator<Parcel> each = parcels.iterator(); each.hasNext(); ) {
            Parcel parcel = each.next();
            if (parcel.isUnderWay()) {
                underWay = true;
            } else if (isSettled(parcel)) {
                each.remove();
                pause = FIRST_PAUSE;
            } else {
                failed = true;
            }
        }
        size = parcels.size();
        if (failed && !underWay) {
            resendWhenDue(deadline);
        }
    }

    /** Whether nothing of the parcel is left to send; if something is, the parcel keeps only that. */
    private boolean isSettled(Parcel parcel) {
        Throwable failure = parcel.failure();
        if (failure != null) {
            warn(parcel.events().size(), failure.toString());
            return false;
        }
        List<AuditEvent> again = new ArrayList<>();
        for (Delivery.Refusal refusal : parcel.delivery().refusals()) {
            AuditEvent event = parcel.events().get(refusal.index());
            if (refusal.retryable()) {
                again.add(event);
                warn(1, refusal.reason());
            } else {
                counters.refused(1);
                refused.accept(event, refusal.reason());
            }
        }
        counters.delivered(parcel.events().size() - parcel.delivery().refusals().size());
        if (again.isEmpty()) {
            return true;
        }
        parcel.keepOnly(again);
        parcel.arrived(null, new IllegalStateException("refused for now"));
        return false;
    }

    private void warn(int events, String reason) {
        if (logLimit.allows()) {
            LOG.warn("The sink did not take {} events, they will be sent again: {}", events, reason);
        }
    }

    private void resendWhenDue(Deadline deadline) {
        long now = System.nanoTime();
        if (!pausing) {
            pausing = true;
            resendNanos = now + pause;
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
        if (now - resendNanos >= 0 && !deadline.isOver()) {
            pausing = false;
            for (Parcel parcel : parcels) {
                counters.retried();
                parcel.keepOnly(parcel.events());
                dispatch(parcel);
            }
        }
    }

    @Override
    public long close(long lost, LongFunction<AuditEvent> lastWord) {
        long all = lost;
        for (Parcel parcel : parcels) {
            all += parcel.events().size();
        }
        return all;
    }
}
