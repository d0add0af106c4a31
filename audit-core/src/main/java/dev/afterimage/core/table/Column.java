package dev.afterimage.core.table;

import java.util.Objects;

/**
 * A column of a table.
 *
 * @param name as the database spells it
 * @param type what its values are
 * @param computed whether the database may set it by itself, whatever a statement assigned: a generated column, or any
 *     column of a table with triggers. Its value can only be read, never told from a statement
 */
public record Column(String name, ColumnType type, boolean computed) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** A column that holds what statements assign. */
    public Column(String name, ColumnType type) {
        this(name, type, false);
    }
}
