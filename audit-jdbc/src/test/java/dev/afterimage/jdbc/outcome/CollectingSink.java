package dev.afterimage.jdbc.outcome;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps what it is given, in order. Thread-safe. */
final class CollectingSink implements Sink {

    private final List<AuditEvent> events = new ArrayList<>();

    @Override
    public synchronized CompletionStage<Delivery> send(List<AuditEvent> batch) {
        events.addAll(batch);
        return CompletableFuture.completedFuture(Delivery.COMPLETE);
    }

    synchronized List<AuditEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {}
}
