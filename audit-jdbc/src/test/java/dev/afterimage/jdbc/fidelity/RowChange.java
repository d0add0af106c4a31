package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row change that the database has kept. Rows are canonical text.
 *
 * @param sequence grows from change to change; of two changes of one row, the later has the greater
 * @param work the number of the generated work that made it
 * @param transaction the database's own name of the transaction
 * @param statement the same for the rows of one statement, which have no order of their own
 * @param operation INSERT, UPDATE, DELETE, or TRUNCATE for a whole table
 * @param before the row before; null for an insert
 * @param after the row after; null for a delete
 */
record RowChange(
        long sequence,
        String work,
        String transaction,
        long statement,
        Origin origin,
        Operation operation,
        Shape shape,
        @Nullable Map<String, @Nullable String> before,
        @Nullable Map<String, @Nullable String> after) {

    /** The row's key before the change, for an insert its key; null where the table has none, and for a whole table. */
    @Nullable
    RowKey key() {
        return keyOf(before == null ? after : before);
    }

    /** The row's key after the change, for a delete its key. */
    @Nullable
    RowKey keyAfter() {
        return keyOf(after == null ? before : after);
    }

    private @Nullable RowKey keyOf(@Nullable Map<String, @Nullable String> row) {
        if (row == null || shape.table().keyColumns().isEmpty()) {
            return null;
        }
        List<RowKey.Part> parts = new ArrayList<>();
        for (String column : shape.table().keyColumns()) {
            parts.add(new RowKey.Part(column, String.valueOf(row.get(column))));
        }
        return new RowKey(parts);
    }

    @Override
    public String toString() {
        RowKey key = key();
        return operation + " " + shape.table().name() + " " + (key == null ? "" : key.canonical()) + " (row change "
                + sequence + " of work " + work + ", transaction " + transaction + ")";
    }
}
