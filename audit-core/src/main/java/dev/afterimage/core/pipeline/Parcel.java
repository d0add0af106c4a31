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
        if (error != null || result == null) {
            failure = error == null ? new IllegalStateException("The sink completed a batch with null") : error;
        } else {
            delivery = result;
        }
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
