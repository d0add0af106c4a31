package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.TableName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the production database.
 *
 * @param source name of the data source
 * @param table the table, as captured
 * @param key the row's key
 */
public record RowRef(String source, TableName table, RowKey key) {
    public RowRef {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(key, "key");
    }

    /** The row under its key before the change; null on a statement-level change. */
    public static @Nullable RowRef before(Change change) {
        return of(change, change.key());
    }

    /** The row under its key after the change; null on a statement-level change. */
    public static @Nullable RowRef after(Change change) {
        return of(change, change.keyAfter());
    }

    private static @Nullable RowRef of(Change change, @Nullable RowKey key) {
        TableName table = change.table();
        return table == null || key == null ? null : new RowRef(change.source(), table, key);
    }
}
