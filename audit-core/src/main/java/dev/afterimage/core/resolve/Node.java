package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.table.Table;
import org.jspecify.annotations.Nullable;

/** One row-level change within a derivation: a new one with what was observed, or a stored one with its claims. */
final class Node {

    final Change change;
    final @Nullable HistoryEntry stored;
    final @Nullable Table table;
    final @Nullable ReadWindow window;
    /** The row as read in the window; of a stored entry only where it still is its after-image. */
    final @Nullable Image seen;
    /** Whether the read is known to show the row exactly as this change left it. */
    boolean exact;

    private Node(
            Change change,
            @Nullable HistoryEntry stored,
            @Nullable Table table,
            @Nullable ReadWindow window,
            @Nullable Image seen) {
        this.change = change;
        this.stored = stored;
        this.table = table;
        this.window = window;
        this.seen = seen;
    }

    static Node of(HistoryEntry stored) {
        boolean read = stored.resolution() == Resolution.REPLICA;
        return new Node(
                stored.change(),
                stored,
                null,
                stored.window(),
                read ? stored.after().image() : null);
    }

    static Node of(ObservedChange arrived) {
        Observation observation = arrived.observation();
        Fence fence = arrived.change().fence();
        if (observation == null || fence == null) {
            return new Node(arrived.change(), null, arrived.table(), null, null);
        }
        ReadWindow window =
                new ReadWindow(fence.kind(), observation.from(), observation.until(), observation.version());
        return new Node(arrived.change(), null, arrived.table(), window, observation.image());
    }

    boolean isNew() {
        return stored == null;
    }

    boolean isCommitted() {
        return change.transaction().outcome() == Outcome.COMMITTED;
    }

    boolean isDelete() {
        return change.operation() == Operation.DELETE;
    }

    /** Whether the row is gone from under a key once this change has happened. */
    boolean leavesNothingUnder(RowRef row) {
        return isDelete() || !row.key().equals(change.keyAfter());
    }

    boolean isOfSameTransactionAs(Node other) {
        return change.id().instance() == other.change.id().instance()
                && change.transaction().number() == other.change.transaction().number();
    }
}
