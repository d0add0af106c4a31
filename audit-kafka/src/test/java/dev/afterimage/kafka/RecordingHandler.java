package dev.afterimage.kafka;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.resolve.EventHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Notes what it is given; what is due, and whether it fails, the test decides. */
final class RecordingHandler implements EventHandler {

    private final List<AuditEvent> handled = new ArrayList<>();
    /** Held while handling: the contract says that nobody else is there. */
    private final ReentrantLock inside = new ReentrantLock();

    volatile long dueUntilSequence = Long.MAX_VALUE;
    volatile @Nullable RuntimeException failure;

    @Override
    public boolean isDue(AuditEvent event) {
        return event.id().sequence() <= dueUntilSequence;
    }

    @Override
    public void handle(List<AuditEvent> due) {
        if (!inside.tryLock()) {
            throw new AssertionError("called by two threads at a time");
        }
        try {
            RuntimeException planned = failure;
            if (planned != null) {
                throw planned;
            }
            synchronized (handled) {
                handled.addAll(due);
            }
        } finally {
            inside.unlock();
        }
    }

    List<Long> sequences() {
        synchronized (handled) {
            return handled.stream().map(event -> event.id().sequence()).toList();
        }
    }

    /** For each row the sequences as they were handled. */
    Map<String, List<Long>> sequencesByRow() {
        Map<String, List<Long>> byRow = new LinkedHashMap<>();
        synchronized (handled) {
            for (AuditEvent event : handled) {
                Change change = (Change) event;
                byRow.computeIfAbsent(String.valueOf(change.key()), row -> new ArrayList<>())
                        .add(change.id().sequence());
            }
        }
        return byRow;
    }
}
