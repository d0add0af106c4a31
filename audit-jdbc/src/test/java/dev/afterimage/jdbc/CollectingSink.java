package dev.afterimage.jdbc;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given, and whether it was closed. Thread-safe. */
final class CollectingSink implements Sink {

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    @Override
    public CompletionStage<Delivery> send(List<AuditEvent> batch) {
        events.addAll(batch);
        return CompletableFuture.completedFuture(Delivery.COMPLETE);
    }

    List<AuditEvent> events() {
        return events;
    }

    long changes() {
        return events.stream().filter(Change.class::isInstance).count();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
