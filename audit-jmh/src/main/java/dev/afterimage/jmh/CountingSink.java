package dev.afterimage.jmh;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** Counts what reaches it. Thread-safe. */
final class CountingSink implements Sink {

    private final LongAdder changes = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder holes = new LongAdder();

    /** Changes that say all there is to say: one row, by its key. */
    long changes() {
        return changes.sum();
    }

    /** Transactions that the gaps so far tell to be dropped. */
    long dropped() {
        return dropped.sum();
    }

    /** Everything else that the trail says it does not know: should be zero. */
    long holes() {
        return holes.sum();
    }

    @Override
    public CompletionStage<Delivery> send(List<AuditEvent> batch) {
        batch.forEach(this::count);
        return CompletableFuture.completedFuture(Delivery.COMPLETE);
    }

    private void count(AuditEvent event) {
        if (event instanceof Gap gap && gap.reason() == GapReason.DROPPED) {
            dropped.add(gap.lost());
        } else if (event instanceof Change change && change.isRowLevel() && change.gap() == null) {
            changes.increment();
        } else {
            holes.increment();
        }
    }

    @Override
    public void close() {}
}
