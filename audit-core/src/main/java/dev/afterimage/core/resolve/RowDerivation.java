package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pass over all changes at hand that yields their images. First, from the last change of each row back, what the
 * reads prove; then, from the first change on, what each row was before, and what can be put together where no read
 * proves it.
 */
final class RowDerivation {

    private final Collection<Node> nodes;
    private final Map<RowRef, RowTimeline> timelines = new HashMap<>();
    private final Map<RowRef, Place> places = new HashMap<>();
    private final Statements statements;
    private final Map<RowRef, Change> settled;
    private final List<HistoryEntry> added = new ArrayList<>();
    private final List<HistoryEntry> revised = new ArrayList<>();

    /** What is known of a row just after a change. */
    private record Place(
            Change change, RowState state, @Nullable Horizon horizon) {}

    private record After(RowState state, Resolution resolution) {}

    /**
     * Prepares the pass.
     *
     * @param nodes in order
     * @param settled for each row the stored change from which on all of its changes are among the nodes
     */
    RowDerivation(Collection<Node> nodes, Statements statements, Map<RowRef, Change> settled) {
        this.nodes = nodes;
        this.settled = settled;
        this.statements = statements;
    }

    TrailUpdate derive() {
        for (Node node : nodes) {
            RowRef from = from(node);
            timeline(from).add(node);
            if (!from.equals(to(node))) {
                timeline(to(node)).add(node);
            }
        }
        timelines.values().forEach(RowTimeline::judge);
        nodes.forEach(this::place);
        return new TrailUpdate(added, revised);
    }

    private static RowRef from(Node node) {
        RowRef row = RowRef.before(node.change);
        if (row == null) {
            throw new IllegalArgumentException("Not a change of a row: " + node.change.id());
        }
        return row;
    }

    private static RowRef to(Node node) {
        RowRef row = RowRef.after(node.change);
        return row == null ? from(node) : row;
    }

    private RowTimeline timeline(RowRef row) {
        return timelines.computeIfAbsent(row, any -> new RowTimeline(row, statements));
    }

    private void place(Node node) {
        RowRef from = from(node);
        RowRef to = to(node);
        RowState before = before(node, from);
        After after = node.stored == null ? after(node, to, before) : reconsidered(node, node.stored, to, before);
        Horizon horizon = horizon(node, from, to, after);
        if (!from.equals(to)) {
            RowState old = node.isCommitted() ? RowState.ABSENT : RowState.UNKNOWN;
            places.put(from, new Place(node.change, old, horizon));
        }
        places.put(to, new Place(node.change, after.state(), horizon));
        record(
                node,
                new HistoryEntry(
                        node.change,
                        node.window,
                        horizon,
                        before,
                        after.state(),
                        Deltas.of(node.change, node.table, before, after.state()),
                        after.resolution()));
    }

    private void record(Node node, HistoryEntry entry) {
        HistoryEntry stored = node.stored;
        if (stored == null) {
            added.add(entry);
            return;
        }
        boolean sameImages =
                entry.before().equals(stored.before()) && entry.after().equals(stored.after());
        if (!sameImages || !Objects.equals(entry.horizon(), stored.horizon())) {
            revised.add(
                    sameImages
                            ? new HistoryEntry(
                                    stored.change(),
                                    stored.window(),
                                    entry.horizon(),
                                    stored.before(),
                                    stored.after(),
                                    stored.delta(),
                                    stored.resolution())
                            : entry);
        }
    }

    private RowState before(Node node, RowRef row) {
        Image returned = node.change.before();
        if (returned != null) {
            return RowState.of(returned.without(timeline(row).masked()));
        }
        Place last = places.get(row);
        if (node.stored != null && (last == null || node.change.equals(settled.get(row)))) {
            return node.stored.before();
        }
        if (node.change.operation() == Operation.INSERT) {
            return RowState.ABSENT;
        }
        RowState state = last == null
                ? statements.carry(RowState.UNKNOWN, row, null, node.change)
                : statements.carry(last.state(), row, last.change(), node.change);
        // An update or delete that met a row which the trail thinks absent: somebody else has put it there.
        boolean contradictory = state.isAbsent() && node.change.operation() != Operation.UPSERT;
        return contradictory ? RowState.UNKNOWN : state;
    }

    private After after(Node node, RowRef to, RowState before) {
        if (!node.isCommitted()) {
            return new After(RowState.UNKNOWN, Resolution.UNRESOLVED);
        }
        if (node.isDelete()) {
            return new After(RowState.ABSENT, Resolution.CAPTURED);
        }
        Image returned = node.change.after();
        if (returned != null) {
            return new After(RowState.of(returned.without(timeline(to).masked())), Resolution.CAPTURED);
        }
        Image seen = node.seen;
        if (node.exact && seen != null) {
            return new After(RowState.of(seen.without(timeline(to).masked())), Resolution.REPLICA);
        }
        Image built = Reconstruction.of(node, timeline(to), before);
        if (built != null) {
            return new After(RowState.of(built), Resolution.RECONSTRUCTED);
        }
        return new After(RowState.UNKNOWN, node.window == null ? Resolution.UNRESOLVED : Resolution.COALESCED);
    }

    private After reconsidered(Node node, HistoryEntry stored, RowRef to, RowState before) {
        boolean holds = switch (stored.resolution()) {
            case REPLICA -> node.exact;
            case RECONSTRUCTED ->
                !timeline(to).isOvertaken(node) && (!stored.before().isKnown() || before.equals(stored.before()));
            case CAPTURED, COALESCED, UNRESOLVED -> true;
        };
        return holds
                ? new After(stored.after(), stored.resolution())
                : new After(RowState.UNKNOWN, Resolution.COALESCED);
    }

    private @Nullable Horizon horizon(Node node, RowRef from, RowRef to, After after) {
        Place left = places.get(from);
        Place met = places.get(to);
        Horizon carried = Horizon.farther(left == null ? null : left.horizon(), met == null ? null : met.horizon());
        if (Horizon.clears(carried, node.change.fence())) {
            carried = null;
        }
        if (node.stored != null && left == null) {
            carried = Horizon.farther(carried, node.stored.horizon());
        }
        ReadWindow window = node.window;
        // A returned image rests on no read; but what its read proves, earlier images may rest on.
        if (window == null || node.isDelete() || !after.state().isKnown()) {
            return carried;
        }
        return Horizon.farther(carried, new Horizon(window.kind(), window.until()));
    }
}
