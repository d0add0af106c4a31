package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What arriving changes make of a trail: their own entries, and corrections to entries stored before them.
 *
 * <p>Changes may arrive late, in any order and any batches. Once all changes of a row have arrived, no image that the
 * trail claims differs from what the row was. Until then a claim rests on the changes that have arrived, and is corrected
 * or withdrawn when a later arrival shows that it was not certain. The promise supposes that every write was captured: a
 * write that bypasses the audit leaves no fact to reason with.
 */
public final class TrailDerivation {

    private final Trail trail;
    private final Map<EventId, ObservedChange> arrived = new LinkedHashMap<>();
    private final Statements statements = new Statements();
    private final TreeMap<Change, Node> nodes = new TreeMap<>(HistoryEntry.ORDER);
    private final List<HistoryEntry> statementEntries = new ArrayList<>();

    private TrailDerivation(Trail trail, Collection<ObservedChange> changes) {
        this.trail = trail;
        changes.forEach(one -> arrived.putIfAbsent(one.change().id(), one));
        arrived.keySet().removeAll(trail.known(Set.copyOf(arrived.keySet())));
    }

    /**
     * Derives the update of a trail. Changes that the trail knows, and repetitions, are left out.
     *
     * @param changes in any order
     */
    public static TrailUpdate derive(Collection<ObservedChange> changes, Trail trail) {
        return new TrailDerivation(trail, changes).derive();
    }

    private TrailUpdate derive() {
        takeStatements();
        TrailWindow window = new TrailWindow(trail, statements);
        takeRows(window);
        Set<EventId> setOut = new HashSet<>();
        for (List<HistoryEntry> row : window.load()) {
            row.forEach(entry -> nodes.putIfAbsent(entry.change(), Node.of(entry)));
            row.stream().limit(1).forEach(first -> setOut.add(first.change().id()));
        }
        addStoredStatements(setOut);
        TrailUpdate rows = new RowDerivation(nodes.values(), statements, window.settled()).derive();
        List<HistoryEntry> added = new ArrayList<>(statementEntries);
        added.addAll(rows.added());
        added.sort(Comparator.comparing(HistoryEntry::change, HistoryEntry.ORDER));
        return new TrailUpdate(added, rows.revised());
    }

    private void takeStatements() {
        List<Change> found = arrived.values().stream()
                .map(ObservedChange::change)
                .filter(change -> !change.isRowLevel())
                .toList();
        statements.addArrived(found);
        found.forEach(change -> statementEntries.add(new HistoryEntry(
                change,
                null,
                null,
                RowState.UNKNOWN,
                RowState.UNKNOWN,
                Deltas.of(change, null, RowState.UNKNOWN, RowState.UNKNOWN),
                Resolution.UNRESOLVED)));
    }

    private void takeRows(TrailWindow window) {
        for (ObservedChange one : arrived.values()) {
            Change change = one.change();
            RowRef from = RowRef.before(change);
            RowRef to = RowRef.after(change);
            if (from != null && to != null) {
                nodes.put(change, Node.of(one));
                window.arrived(from, change);
                window.arrived(to, change);
            }
        }
        for (HistoryEntry entry : statementEntries) {
            if (entry.change().rows() != 0) {
                trail.rowsAround(entry.change()).forEach(row -> window.concerned(row, entry.change()));
            }
        }
    }

    /** The stored statements since the first entry that is derived; what lies before it is settled. */
    private void addStoredStatements(Set<EventId> setOut) {
        Map<String, Long> since = new HashMap<>();
        Map<String, Set<TableName>> tables = new HashMap<>();
        for (Change change : nodes.keySet()) {
            TableName table = change.table();
            if (table != null && !setOut.contains(change.id())) {
                since.merge(change.source(), change.databaseTime(), Math::min);
                tables.computeIfAbsent(change.source(), any -> new HashSet<>()).add(table);
            }
        }
        since.forEach((source, time) ->
                statements.addStored(trail.statements(source, tables.getOrDefault(source, Set.of()), time)));
    }
}
