package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.table.Table;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change together with what the replica showed of its row, after the change's fence was passed.
 *
 * @param change the change
 * @param table the table's shape; null where it is not known
 * @param observation the row under the key after the change; null if the change names no row or was not looked up
 */
public record ObservedChange(
        Change change, @Nullable Table table, @Nullable Observation observation) {
    public ObservedChange {
        Objects.requireNonNull(change, "change");
    }
}
