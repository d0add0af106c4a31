package dev.afterimage.core.sink;

import dev.afterimage.core.event.AuditEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Takes events out of the application: to a broker, a file, a store.
 *
 * <p>Background threads call {@link #send}, one call at a time; several batches may be under way at once. A sink delivers events of one
 * row in the order in which it was given them, across batches too.
 */
public interface Sink extends AutoCloseable {

    /**
     * Begins to deliver a batch. Returns quickly: a sink whose destination is away keeps the batch and goes on trying,
     * it does not wait here. It may wait a bounded time where its client library leaves no other way.
     *
     * @param batch events in order of publication; immutable
     * @return completes, on any thread, when each event of the batch is delivered or refused. A stage that completes
     *     exceptionally, or a throw, means that nothing is known of the batch: all of it will be sent again.
     */
    CompletionStage<Delivery> send(List<AuditEvent> batch);

    /** Gives up what is still under way, if anything, and releases everything. Called once, after the last send. */
    @Override
    void close();
}
