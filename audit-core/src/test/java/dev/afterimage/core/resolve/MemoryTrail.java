package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A trail without a database, that answers no more than it must. */
final class MemoryTrail implements Trail {

    final TreeMap<Change, HistoryEntry> entries = new TreeMap<>(HistoryEntry.ORDER);

    void apply(Collection<ObservedChange> changes) {
        TrailUpdate update = TrailDerivation.derive(changes, this);
        for (HistoryEntry entry : update.added()) {
            if (entries.put(entry.change(), entry) != null) {
                throw new AssertionError("added twice: " + entry);
            }
        }
        for (HistoryEntry entry : update.revised()) {
            if (entries.put(entry.change(), entry) == null) {
                throw new AssertionError("revised, yet not stored: " + entry);
            }
        }
    }

    HistoryEntry entry(Change change) {
        HistoryEntry entry = entries.get(change);
        if (entry == null) {
            throw new AssertionError("not stored: " + change.id());
        }
        return entry;
    }

    @Override
    public Set<EventId> known(Collection<EventId> ids) {
        Set<EventId> known = new HashSet<>(ids);
        known.retainAll(entries.keySet().stream().map(Change::id).toList());
        return known;
    }

    @Override
    public Map<RowRef, List<HistoryEntry>> latest(Collection<RowRef> rows, int limit) {
        Map<RowRef, List<HistoryEntry>> latest = new HashMap<>();
        for (RowRef row : rows) {
            List<HistoryEntry> all =
                    entries.values().stream().filter(entry -> isOf(entry, row)).toList();
            latest.put(row, all.subList(Math.max(0, all.size() - limit), all.size()));
        }
        return latest;
    }

    private static boolean isOf(HistoryEntry entry, RowRef row) {
        return row.equals(RowRef.before(entry.change())) || row.equals(RowRef.after(entry.change()));
    }

    @Override
    public List<Change> statements(String source, Collection<TableName> tables, long databaseTime) {
        Map<Boolean, List<Change>> bySide = new HashMap<>();
        entries.keySet().stream()
                .filter(change -> !change.isRowLevel() && change.source().equals(source))
                .forEach(change -> bySide.computeIfAbsent(
                                change.databaseTime() >= databaseTime, any -> new ArrayList<>())
                        .add(change));
        Stream<Change> lastBefore = tables.stream()
                .flatMap(table -> bySide.getOrDefault(false, List.of()).stream()
                        .filter(change -> Statements.concerns(change, source, table) && change.rows() != 0)
                        .reduce((earlier, later) -> later)
                        .stream());
        return Stream.concat(bySide.getOrDefault(true, List.of()).stream(), lastBefore)
                .toList();
    }

    @Override
    public Set<RowRef> rowsAround(Change statement) {
        Set<RowRef> rows = new HashSet<>();
        for (HistoryEntry entry : entries.values()) {
            RowRef from = RowRef.before(entry.change());
            RowRef to = RowRef.after(entry.change());
            if (from == null || to == null || !Statements.concerns(statement, from.source(), from.table())) {
                continue;
            }
            boolean after = entry.change().databaseTime() >= statement.databaseTime();
            boolean readPast = entry.window() != null && !entry.window().excludes(statement.fence());
            if (after || readPast) {
                rows.add(from);
                rows.add(to);
            }
        }
        return rows;
    }
}
