package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.table.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Statement-level changes: each may have changed any row of its table, or of every table if it names none. What lies on
 * the other side of one is not known from here.
 */
final class Statements {

    private final NavigableMap<Change, Boolean> arrivedByStatement = new TreeMap<>(HistoryEntry.ORDER);

    void addStored(Collection<Change> statements) {
        statements.stream().filter(Statements::matters).forEach(one -> arrivedByStatement.putIfAbsent(one, false));
    }

    void addArrived(Collection<Change> statements) {
        statements.stream().filter(Statements::matters).forEach(one -> arrivedByStatement.put(one, true));
    }

    private static boolean matters(Change statement) {
        return statement.rows() != 0;
    }

    /** Whether a statement may have changed rows of a table. */
    static boolean concerns(Change statement, String source, TableName table) {
        TableName changed = statement.table();
        return statement.source().equals(source)
                && (changed == null
                        || (changed.name().equals(table.name())
                                && agree(changed.schema(), table.schema())
                                && agree(changed.catalog(), table.catalog())));
    }

    private static boolean agree(@Nullable String one, @Nullable String other) {
        return one == null || other == null || Objects.equals(one, other);
    }

    private Stream<Change> between(RowRef row, @Nullable Change after, @Nullable Change before) {
        NavigableMap<Change, Boolean> range =
                after == null ? arrivedByStatement : arrivedByStatement.tailMap(after, false);
        if (before != null) {
            range = after != null && HistoryEntry.ORDER.compare(after, before) >= 0
                    ? Collections.emptyNavigableMap()
                    : range.headMap(before, false);
        }
        return range.keySet().stream().filter(one -> concerns(one, row.source(), row.table()));
    }

    /** Whether a read of a row may show the work of a statement between two of the row's changes. */
    boolean mayShowIn(ReadWindow window, RowRef row, Change after, @Nullable Change before, boolean onlyArrived) {
        return between(row, after, before)
                .filter(one -> !onlyArrived || Boolean.TRUE.equals(arrivedByStatement.get(one)))
                .anyMatch(one -> !window.excludes(one.fence()));
    }

    /** Whether some statement after a change of a row does not lie past a horizon. */
    boolean mayReach(RowRef row, Change after, @Nullable Horizon horizon) {
        return between(row, after, null).anyMatch(one -> !Horizon.clears(horizon, one.fence()));
    }

    /**
     * What a row's state, as one of its changes left it, has become just before a later change of it.
     *
     * @param after the earlier change; null if there was none
     */
    RowState carry(RowState state, RowRef row, @Nullable Change after, Change until) {
        List<Change> between = between(row, after, until).toList();
        if (between.isEmpty()) {
            return state;
        }
        Change last = between.get(between.size() - 1);
        boolean emptied = last.operation() == Operation.TRUNCATE
                && last.table() != null
                && last.transaction().outcome() == Outcome.COMMITTED;
        return emptied ? RowState.ABSENT : RowState.UNKNOWN;
    }
}
