package dev.afterimage.jdbc.outcome;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes everything while it is open; while it is shut, its batches wait. Thread-safe. */
public final class GatedSink implements Sink {

    private record Waiting(List<AuditEvent> batch, CompletableFuture<Delivery> answer) {}

    private final List<AuditEvent> events = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean shut;

    @Override
    public synchronized CompletionStage<Delivery> send(List<AuditEvent> batch) {
        Waiting arrived = new Waiting(batch, new CompletableFuture<>());
        if (shut) {
            waiting.add(arrived);
        } else {
            take(arrived);
        }
        return arrived.answer();
    }

    private void take(Waiting arrived) {
        events.addAll(arrived.batch());
        arrived.answer().complete(Delivery.COMPLETE);
    }

    public synchronized void shut() {
        shut = true;
    }

    public synchronized void open() {
        shut = false;
        waiting.forEach(this::take);
        waiting.clear();
    }

    /** From shut to open, or back. */
    public synchronized void turn() {
        if (shut) {
            open();
        } else {
            shut();
        }
    }

    public synchronized List<AuditEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {}
}
