package dev.afterimage.jdbc.undo;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.RowRef;
import dev.afterimage.core.resolve.RowState;
import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Selected changes of one row, to be undone at once. One statement for all of them needs only the row before the first
 * and after the last; one for each would need every row in between, which the trail often does not have, since the row had
 * moved on before it was read.
 */
final class Reversal {

    private final List<HistoryEntry> changes = new ArrayList<>();

    private Reversal() {}

    /** Puts changes of single rows together, row by row; a row that was given another key stays the same row. */
    static List<Reversal> of(List<HistoryEntry> oldestFirst) {
        List<Reversal> all = new ArrayList<>();
        Map<RowRef, Reversal> byKey = new HashMap<>();
        for (HistoryEntry entry : oldestFirst) {
            RowRef from = Objects.requireNonNull(RowRef.before(entry.change()), "row");
            RowRef to = Objects.requireNonNull(RowRef.after(entry.change()), "row");
            Reversal row = byKey.remove(from);
            if (row == null) {
                row = new Reversal();
                all.add(row);
            }
            row.changes.add(entry);
            byKey.put(to, row);
        }
        return all;
    }

    /** Oldest first; at least one. */
    List<HistoryEntry> changes() {
        return changes;
    }

    private HistoryEntry first() {
        return changes.get(0);
    }

    HistoryEntry last() {
        return changes.get(changes.size() - 1);
    }

    TableName table() {
        return Objects.requireNonNull(first().change().table(), "table");
    }

    /** The row as it was before. */
    RowState then() {
        return first().before();
    }

    /** The row as the trail says that it is now. */
    RowState now() {
        return last().after();
    }

    RowKey keyThen() {
        return Objects.requireNonNull(first().change().key(), "key");
    }

    RowKey keyNow() {
        Change change = last().change();
        RowKey key = change.operation() == Operation.DELETE ? change.key() : change.keyAfter();
        return Objects.requireNonNull(key, "key");
    }

    List<EventId> ids() {
        return changes.stream().map(entry -> entry.change().id()).toList();
    }

    /** Whether one transaction made all of them: then its lock on the row kept others out. */
    boolean isOfOneTransaction() {
        return changes.stream()
                        .map(entry -> List.of(
                                entry.change().id().instance(),
                                entry.change().transaction().number()))
                        .distinct()
                        .count()
                == 1;
    }
}
