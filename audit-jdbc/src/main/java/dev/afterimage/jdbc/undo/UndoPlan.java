package dev.afterimage.jdbc.undo;

import dev.afterimage.core.resolve.HistoryEntry;
import java.util.List;

/**
 * What an undo would do, as of the moment when it was made.
 *
 * @param selection what is to be undone
 * @param options what is allowed
 * @param entries the changes that were selected, oldest first
 * @param statements in the order in which they would run
 * @param conflicts what stands in the way; nothing can be executed while there are any
 * @param notes what a person should know and what is in nobody's way
 */
public record UndoPlan(
        Selection selection,
        UndoOptions options,
        List<HistoryEntry> entries,
        List<UndoStatement> statements,
        List<Conflict> conflicts,
        List<String> notes) {

    public UndoPlan {
        entries = List.copyOf(entries);
        statements = List.copyOf(statements);
        conflicts = List.copyOf(conflicts);
        notes = List.copyOf(notes);
    }

    /** Whether nothing stands in the way. */
    public boolean isClear() {
        return conflicts.isEmpty();
    }
}
