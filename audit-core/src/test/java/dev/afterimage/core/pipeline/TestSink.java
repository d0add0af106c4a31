package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A sink that answers as a test has told it, one answer for each batch, and completes every batch after that. */
final class TestSink implements Sink {

    /** What a sink may do with a batch. */
    interface Answer {
        CompletionStage<Delivery> to(List<AuditEvent> batch);
    }

    static final Answer COMPLETE = batch -> CompletableFuture.completedFuture(Delivery.COMPLETE);
    static final Answer THROW = batch -> {
        throw new IllegalStateException("thrown");
    };
    static final Answer FAIL = batch -> CompletableFuture.failedFuture(new IllegalStateException("failed"));
    static final Answer NULL = batch -> CompletableFuture.completedFuture(null);
    static final Answer NEVER = batch -> new CompletableFuture<>();

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<List<AuditEvent>> batches = new ArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private Answer usual = COMPLETE;

    static Answer refusing(boolean retryable, int... indexes) {
        List<Delivery.Refusal> refusals = new ArrayList<>();
        for (int index : indexes) {
            refusals.add(new Delivery.Refusal(index, retryable, "not now"));
        }
        return batch -> CompletableFuture.completedFuture(new Delivery(refusals));
    }

    synchronized TestSink next(Answer... more) {
        answers.addAll(List.of(more));
        return this;
    }

    synchronized TestSink always(Answer answer) {
        usual = answer;
        return this;
    }

    @Override
    public CompletionStage<Delivery> send(List<AuditEvent> batch) {
        Answer answer;
        synchronized (this) {
            batches.add(batch);
            answer = answers.isEmpty() ? usual : answers.remove();
        }
        return answer.to(batch);
    }

    /** Every batch that was ever sent, in order. */
    synchronized List<List<AuditEvent>> batches() {
        return List.copyOf(batches);
    }

    synchronized List<AuditEvent> events() {
        return batches.stream().flatMap(List::stream).toList();
    }

    int closed() {
        return closed.get();
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
