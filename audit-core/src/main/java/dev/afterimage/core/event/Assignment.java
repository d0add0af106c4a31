package dev.afterimage.core.event;

import dev.afterimage.core.value.Value;
import java.util.Objects;

/**
 * A column and what the statement set it to.
 *
 * @param column name as the database spells it
 * @param value what it was set to
 */
public record Assignment(String column, Value value) {
    public Assignment {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(value, "value");
    }
}
