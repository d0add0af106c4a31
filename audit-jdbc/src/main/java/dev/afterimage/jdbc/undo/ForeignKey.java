package dev.afterimage.jdbc.undo;

import dev.afterimage.core.table.TableName;
import java.util.List;

/**
 * A foreign key.
 *
 * @param name the constraint's name
 * @param child the referring table
 * @param childColumns its columns
 * @param parent the table referred to
 * @param parentColumns its columns, one for each of the child's
 * @param sweeps whether children follow when their parent goes: they are deleted, or set to NULL or the default
 * @param deferrable whether it may be checked at the commit
 */
record ForeignKey(
        String name,
        TableName child,
        List<String> childColumns,
        TableName parent,
        List<String> parentColumns,
        boolean sweeps,
        boolean deferrable) {

    ForeignKey {
        childColumns = List.copyOf(childColumns);
        parentColumns = List.copyOf(parentColumns);
    }
}
