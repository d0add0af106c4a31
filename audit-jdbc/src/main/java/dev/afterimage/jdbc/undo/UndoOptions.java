package dev.afterimage.jdbc.undo;

/**
 * What an undo may do beyond what is safe for sure.
 *
 * @param onlyColumns compare only the columns that it sets back: others may have changed the row's other columns since
 * @param allowIncomplete go on where the trail lacks a column: a row that is put back gets NULL or the default there, and
 *     a masked column that was set stays as it is
 */
public record UndoOptions(boolean onlyColumns, boolean allowIncomplete) {

    /** Neither. */
    public static final UndoOptions SAFE = new UndoOptions(false, false);
}
