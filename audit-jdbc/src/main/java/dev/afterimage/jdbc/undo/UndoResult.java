package dev.afterimage.jdbc.undo;

import java.util.List;

/**
 * What became of an undo.
 *
 * @param statements how many rows were set back; 0 where there were conflicts
 * @param conflicts why nothing was changed; empty where it was done
 */
public record UndoResult(int statements, List<Conflict> conflicts) {
    public UndoResult {
        conflicts = List.copyOf(conflicts);
    }

    /** Whether all of it was done and committed. */
    public boolean isDone() {
        return conflicts.isEmpty();
    }
}
