package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/** A sink that several background threads share: it meets one call at a time, as it would with one thread. */
final class OneAtATime implements Sink {

    private final Sink sink;
    private final ReentrantLock lock = new ReentrantLock();

    OneAtATime(Sink sink) {
        this.sink = sink;
    }

    @Override
    public CompletionStage<Delivery> send(List<AuditEvent> batch) {
        lock.lock();
        try {
            return sink.send(batch);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
