package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps what it is given until it is taken. Thread-safe. */
final class RoundSink implements Sink {

    private List<AuditEvent> events = new ArrayList<>();

    @Override
    public synchronized CompletionStage<Delivery> send(List<AuditEvent> batch) {
        events.addAll(batch);
        return CompletableFuture.completedFuture(Delivery.COMPLETE);
    }

    synchronized List<AuditEvent> take() {
        List<AuditEvent> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    @Override
    public void close() {}
}
