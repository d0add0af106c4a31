package dev.afterimage.jdbc.undo;

import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.TableName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the way of an undo.
 *
 * @param kind what kind
 * @param table the table; null where none is known
 * @param key the row; null where it is about no single row
 * @param detail one sentence for a person; may hold values of the row
 */
public record Conflict(
        Kind kind, @Nullable TableName table, @Nullable RowKey key, String detail) {

    /** Kinds of conflicts. */
    public enum Kind {
        /** The row is no longer what the trail says. */
        ROW_CHANGED,
        /** The row is not there any more. */
        ROW_GONE,
        /** There is a row where one would be put. */
        ROW_PRESENT,
        /** Others changed the row between two changes that are to be undone. */
        CHANGED_BETWEEN,
        /** The trail does not know the row before the change, or after it. */
        IMAGE_UNKNOWN,
        /** It is not known whether the change was committed. */
        IN_DOUBT,
        /** The trail does not have all columns of the row: some are masked, excluded, or newer than the image. */
        INCOMPLETE,
        /** A statement whose rows are not known. */
        STATEMENT_LEVEL,
        /** The table is not there, or has another key. */
        TABLE_CHANGED,
        /** A column is not there, or does not take the value. */
        COLUMN_CHANGED,
        /** The row refers to one that is not there. */
        PARENT_MISSING,
        /** Other rows refer to the row that would go. */
        STILL_REFERENCED,
        /** No order of the statements satisfies the constraints. */
        CYCLE,
        /** The database refused a statement or the commit; nothing was changed. */
        REFUSED
    }

    public Conflict {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    /** For people: {@code ROW_CHANGED public.listing id=7: ...}. */
    @Override
    public String toString() {
        return kind + (table == null ? "" : " " + table) + (key == null ? "" : " " + key.canonical()) + ": " + detail;
    }
}
