package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A batch on its way to the sink. Its state is written once for each sending, by the sink's thread. */
final class Parcel {

    private List<AuditEvent> events;
    private volatile @Nullable Delivery delivery;
    private volatile @Nullable Throwable failure;

    Parcel(List<AuditEvent> events) {
        this.events = events;
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
