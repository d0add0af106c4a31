package dev.afterimage.kafka;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Delivery.Refusal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A batch with what became of each event so far. Kafka may report a record more than once (by a throw and by a callback,
 * or after it was sent again by another producer): the first final word counts. Thread-safe.
 */
final class PendingBatch {

    private final List<AuditEvent> events;
    private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    /** Events without a final word. Guarded by this. */
    private final BitSet open = new BitSet();
    /** Guarded by this. */
    private final List<Refusal> refusals = new ArrayList<>();

    PendingBatch(List<AuditEvent> events) {
        this.events = events;
        open.set(0, events.size());
        if (events.isEmpty()) {
            delivery.complete(Delivery.COMPLETE);
        }
    }

    CompletableFuture<Delivery> delivery() {
        return delivery;
    }

    int size() {
        return events.size();
    }

    AuditEvent event(int index) {
        return events.get(index);
    }

    synchronized boolean isOpen(int index) {
        return open.get(index);
    }

    boolean isDone() {
        return delivery.isDone();
    }

    void delivered(int index) {
        settle(index, null);
    }

    /** The event cannot be delivered, ever. */
    void refused(int index, String reason) {
        settle(index, new Refusal(index, false, reason));
    }

    /** Nothing more will come. */
    void abandon(Throwable cause) {
        delivery.completeExceptionally(cause);
    }

    private void settle(int index, @Nullable Refusal refusal) {
        Delivery complete = note(index, refusal);
        if (complete != null) {
            // Outside the lock: this runs whatever the pipeline hung onto the stage.
            delivery.complete(complete);
        }
    }

    private synchronized @Nullable Delivery note(int index, @Nullable Refusal refusal) {
        if (!open.get(index)) {
            return null;
        }
        open.clear(index);
        if (refusal != null) {
            refusals.add(refusal);
        }
        if (!open.isEmpty()) {
            return null;
        }
        refusals.sort(Comparator.comparingInt(Refusal::index));
        return refusals.isEmpty() ? Delivery.COMPLETE : new Delivery(refusals);
    }
}
