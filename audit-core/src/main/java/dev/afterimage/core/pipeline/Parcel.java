package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A batch on its way to the sink. Its state is written once for each sending, by the sink's thread. */
final class Parcel {

    /** Instead of an ordinal: its events lie in memory only. */
    static final long NOT_SPOOLED = -1;

    private List<AuditEvent> events;
    private volatile @Nullable Delivery delivery;
    private volatile @Nullable Throwable failure;
    private long spooledAt;

    Parcel(List<AuditEvent> events, long spooledAt) {
        this.events = events;
        this.spooledAt = spooledAt;
    }

    boolean isSpooled() {
        return spooledAt != NOT_SPOOLED;
    }

    /** Ordinal in the spool of the first of its events, or of one before it. */
    long spooledAt() {
        return spooledAt;
    }

    /** Its events lie in the spool, too. */
    void spooledAt(long ordinal) {
        spooledAt = ordinal;
    }

    List<AuditEvent> events() {
        return events;
    }

    void arrived(@Nullable Delivery result, @Nullable Throwable error) {
        if (error != null) {
            failure = error;
        } else if (result == null) {
            failure = new IllegalStateException("The sink completed a batch with null");
        } else if (!isAnswer(result)) {
            failure = new IllegalStateException("The sink refused events that the batch does not have");
        } else {
            delivery = result;
        }
    }

    private boolean isAnswer(Delivery result) {
        int last = -1;
        for (Delivery.Refusal refusal : result.refusals()) {
            if (refusal.index() <= last || refusal.index() >= events.size()) {
                return false;
            }
            last = refusal.index();
        }
        return true;
    }

    boolean isUnderWay() {
        return delivery == null && failure == null;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** What the sink said; only after it has. */
    Delivery delivery() {
        return Objects.requireNonNull(delivery, "delivery");
    }

    /** Makes the parcel ready to be sent again with the events that are still to be delivered. */
    void keepOnly(List<AuditEvent> left) {
        events = left;
        delivery = null;
        failure = null;
    }
}
