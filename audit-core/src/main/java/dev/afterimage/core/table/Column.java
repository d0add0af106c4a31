package dev.afterimage.core.table;

import java.util.Objects;

/**
 * A column of a table.
 *
 * @param name as the database spells it
 * @param type what its values are
 */
public record Column(String name, ColumnType type) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
