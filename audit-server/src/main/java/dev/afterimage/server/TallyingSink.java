package dev.afterimage.server;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what goes to another sink, each thing once however often it is sent. Thread-safe. */
final class TallyingSink implements Sink {

    private final Sink sink;
    private final Set<Transaction> inDoubt = ConcurrentHashMap.newKeySet();
    private final Set<EventId> gaps = ConcurrentHashMap.newKeySet();

    private record Transaction(long instance, long number) {}

    TallyingSink(Sink sink) {
        this.sink = sink;
    }

    @Override
    public CompletionStage<Delivery> send(List<AuditEvent> batch) {
        for (AuditEvent event : batch) {
            if (event instanceof Gap) {
                gaps.add(event.id());
            } else if (event instanceof Change change && change.transaction().outcome() == Outcome.IN_DOUBT) {
                inDoubt.add(new Transaction(
                        change.id().instance(), change.transaction().number()));
            }
        }
        return sink.send(batch);
    }

    /** Transactions of which nobody could tell what became of them. */
    int inDoubt() {
        return inDoubt.size();
    }

    int gaps() {
        return gaps.size();
    }

    @Override
    public void close() {
        sink.close();
    }
}
