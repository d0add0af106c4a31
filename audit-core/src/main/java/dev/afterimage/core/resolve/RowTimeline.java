package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.value.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one row under one key, in order, among the statements that may have changed it unseen. It answers what
 * a read of the row proves.
 *
 * <p>A read shows the row as exactly one of its changes had left it. It is this change's state if it surely contains this
 * change and shows none of the later ones. A later change is not shown if the read came before its commit; since changes
 * of one row commit in order, nothing after it is shown either, and the search ends there. Where positions are too coarse
 * to tell, the row version may: a later change that is known to have written another version than the one read is not
 * what was read, though a still later one may be.
 */
final class RowTimeline {

    /** Kinds whose canonical text leaves no room for a database's own way of rounding or trimming. */
    private static final Set<ColumnType.Kind> LITERAL =
            EnumSet.of(ColumnType.Kind.INTEGER, ColumnType.Kind.BOOLEAN, ColumnType.Kind.TEXT, ColumnType.Kind.UUID);

    private final RowRef row;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> masked = new HashSet<>();
    private final Statements statements;

    RowTimeline(RowRef row, Statements statements) {
        this.row = row;
        this.statements = statements;
    }

    void add(Node node) {
        nodes.add(node);
        node.change.assigned().stream()
                .filter(set -> set.value().type() == ValueType.MASKED)
                .forEach(set -> masked.add(set.column()));
    }

    /** Columns that the application masked in one of the changes: no image may show them. */
    Set<String> masked() {
        return masked;
    }

    /** Decides for each change whether its read is exact; later ones first, as the earlier lean on them. */
    void judge() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (!node.leavesNothingUnder(row)) {
                node.exact = isExact(i);
            }
        }
    }

    private boolean isExact(int index) {
        Node node = nodes.get(index);
        ReadWindow window = node.window;
        if (window == null || node.seen == null || !node.isCommitted() || !window.contains(node.change.fence())) {
            return false;
        }
        if (node.isNew() && contradicts(node, node.seen, node.seen.columns().keySet())) {
            return false;
        }
        Change last = null;
        for (int i = index + 1; i < nodes.size() && last == null; i++) {
            Node later = nodes.get(i);
            if (later.isOfSameTransactionAs(node) || (later.exact && window.showsTheVersionOf(later.window))) {
                return false;
            }
            if (window.excludes(later.change.fence())) {
                last = later.change;
            } else if (!isNotWhatWasRead(later, window)) {
                return false;
            }
        }
        return !statements.mayShowIn(window, row, node.change, last, false);
    }

    private boolean isNotWhatWasRead(Node later, ReadWindow window) {
        if (later.leavesNothingUnder(row)) {
            return true;
        }
        return later.exact && later.window != null && window.showsAnotherVersionThan(later.window);
    }

    /** A read that does not show what this very change assigned shows a later state, whatever the clocks say. */
    private static boolean contradicts(Node node, Image seen, Set<String> columns) {
        Table table = node.table;
        if (table == null || node.change.operation() == Operation.UPSERT) {
            return false;
        }
        Set<String> untold = new HashSet<>();
        for (Column column : table.columns()) {
            if (column.computed() || !LITERAL.contains(column.type().kind())) {
                untold.add(column.name());
            }
        }
        return node.change.assigned().stream()
                .filter(set -> columns.contains(set.column()) && !untold.contains(set.column()))
                .anyMatch(set -> contradicts(table, set, seen.columns().get(set.column())));
    }

    private static boolean contradicts(Table table, Assignment set, @Nullable String read) {
        if (set.value().type() == ValueType.NULL) {
            return read != null;
        }
        String told = table.typeOf(set.column()).canonical(set.value());
        return told != null && !told.equals(read);
    }

    /**
     * The columns of a change's read that no later change which the read may show has touched.
     *
     * @return their names; empty where nothing can be taken from the read
     */
    Set<String> untouchedInRead(Node node, Table table) {
        ReadWindow window = node.window;
        Image seen = node.seen;
        if (window == null || seen == null || !node.isCommitted() || !window.contains(node.change.fence())) {
            return Set.of();
        }
        Set<String> untouched = new HashSet<>(seen.columns().keySet());
        Change last = null;
        for (Node later : nodes.subList(nodes.indexOf(node) + 1, nodes.size())) {
            if (window.excludes(later.change.fence())) {
                last = later.change;
                break;
            }
            if (later.change.operation() != Operation.UPDATE || later.leavesNothingUnder(row)) {
                return Set.of();
            }
            later.change.assigned().forEach(set -> untouched.remove(set.column()));
            table.columns().stream().filter(Column::computed).forEach(column -> untouched.remove(column.name()));
        }
        boolean moved =
                contradicts(node, seen, untouched) || statements.mayShowIn(window, row, node.change, last, false);
        return moved ? Set.of() : untouched;
    }

    /** Whether something that arrived only now may be in the read on which a stored image rests. */
    boolean isOvertaken(Node node) {
        ReadWindow window = node.window;
        if (window == null) {
            return false;
        }
        for (Node later : nodes.subList(nodes.indexOf(node) + 1, nodes.size())) {
            if (window.excludes(later.change.fence())) {
                return statements.mayShowIn(window, row, node.change, later.change, true);
            }
            if (later.isNew()) {
                return true;
            }
        }
        return statements.mayShowIn(window, row, node.change, null, true);
    }
}
