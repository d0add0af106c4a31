package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.table.Table;
import java.util.Set;

/**
 * What the comparison knows of a table.
 *
 * @param table as the database describes it, without the oracle's triggers
 * @param filled columns that the database may give a value of its own: generated, counted, or with a default
 */
record Shape(Table table, Set<String> filled) {
    Shape {
        filled = Set.copyOf(filled);
    }
}
