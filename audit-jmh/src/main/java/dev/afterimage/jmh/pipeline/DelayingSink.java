package dev.afterimage.jmh.pipeline;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Takes everything, at once or after a delay, during which it holds on to the events as a slow server would. */
public final class DelayingSink implements Sink {

    private final long delayMillis;

    /** Makes a sink; a delay of 0 ms is none. */
    public DelayingSink(long delayMillis) {
        this.delayMillis = delayMillis;
    }

    @Override
    public CompletionStage<Delivery> send(List<AuditEvent> batch) {
        if (delayMillis == 0) {
            return CompletableFuture.completedFuture(Delivery.COMPLETE);
        }
        Executor later = CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS);
        return CompletableFuture.supplyAsync(() -> settle(batch), later);
    }

    /** Mentions the events, so that they are held until now. */
    private static Delivery settle(List<AuditEvent> batch) {
        if (batch.isEmpty()) {
            throw new IllegalStateException("an empty batch");
        }
        return Delivery.COMPLETE;
    }

    @Override
    public void close() {}
}
