package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.table.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@link TrailDerivation} asks of the entries stored so far. All answers of one derivation must come from one state
 * of the store, which nobody else changes until the derivation's result is stored.
 */
public interface Trail {

    /** Those of the events that are stored. */
    Set<EventId> known(Collection<EventId> ids);

    /**
     * The last entries of each row: those whose key before or after the change is the row's.
     *
     * @param limit most entries for one row, at least 1
     * @return oldest first, by {@link HistoryEntry#ORDER}; rows without entries may be missing
     */
    Map<RowRef, List<HistoryEntry>> latest(Collection<RowRef> rows, int limit);

    /**
     * Statement-level changes of any of the tables, or of no table in particular, that completed at or after a database
     * time, and for each table at least the last one before it. More is harmless; their order does not matter.
     */
    List<Change> statements(String source, Collection<TableName> tables, long databaseTime);

    /**
     * Rows about which a statement-level change may say something new: those of its table (of all tables, if it has none)
     * with an entry that completed at or after it, or for which the replica was read past the statement's
     * {@code notBefore} position. More is harmless.
     */
    Set<RowRef> rowsAround(Change statement);
}
