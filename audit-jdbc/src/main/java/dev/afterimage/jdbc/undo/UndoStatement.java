package dev.afterimage.jdbc.undo;

import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.TableName;
import java.util.List;

/**
 * A statement that sets one row back. It takes effect only where the row still is what the trail says.
 *
 * @param table the table
 * @param key the row, by the key under which it is found, or put back
 * @param sql as prepared, with a {@code ?} for each value
 * @param shown the same with its values in place, for people
 * @param undoes the changes that it undoes, oldest first
 */
public record UndoStatement(TableName table, RowKey key, String sql, String shown, List<EventId> undoes) {
    public UndoStatement {
        undoes = List.copyOf(undoes);
    }
}
