package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.resolve.Delta.Cell;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out deltas. */
final class Deltas {

    private Deltas() {}

    /** The columns that differ where both states are known; else those that the change assigned, as far as known. */
    static Delta of(Change change, @Nullable Table table, RowState before, RowState after) {
        return before.isKnown() && after.isKnown() ? between(before, after) : assigned(change, table, before, after);
    }

    private static Delta between(RowState before, RowState after) {
        Set<String> names = new LinkedHashSet<>();
        if (after.image() != null) {
            names.addAll(after.image().columns().keySet());
        }
        if (before.image() != null) {
            names.addAll(before.image().columns().keySet());
        }
        Map<String, Delta.Column> columns = new LinkedHashMap<>();
        for (String name : names) {
            Delta.Column column = new Delta.Column(cell(before, name), cell(after, name));
            if (column.before() == null
                    || column.after() == null
                    || !column.before().equals(column.after())) {
                columns.put(name, column);
            }
        }
        return new Delta(columns);
    }

    private static Delta assigned(Change change, @Nullable Table table, RowState before, RowState after) {
        Map<String, Delta.Column> columns = new LinkedHashMap<>();
        for (Assignment set : change.assigned()) {
            Cell now = cell(after, set.column());
            if (now == null && change.operation() == Operation.UPSERT) {
                continue; // It may have updated instead, and set other columns to other values.
            }
            columns.put(
                    set.column(),
                    new Delta.Column(cell(before, set.column()), now == null ? captured(set, table) : now));
        }
        return new Delta(columns);
    }

    private static @Nullable Cell cell(RowState state, String column) {
        Image image = state.image();
        return image == null || !image.columns().containsKey(column)
                ? null
                : new Cell(image.columns().get(column));
    }

    private static @Nullable Cell captured(Assignment set, @Nullable Table table) {
        Value value = set.value();
        if (value.type() == ValueType.NULL) {
            return new Cell(null);
        }
        ColumnType type = table == null ? ColumnType.UNKNOWN : table.typeOf(set.column());
        String text = type.keyText(value);
        return text == null ? null : new Cell(text);
    }
}
