package dev.afterimage.core.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row's column values as canonical text (see {@link dev.afterimage.core.table.ColumnType}). A column that is not in
 * the map is not known; one that maps to null is SQL NULL.
 *
 * @param columns column names to texts, in table order; immutable
 */
public record Image(Map<String, @Nullable String> columns) {
    public Image {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** This image with some columns not known. */
    public Image without(Set<String> hidden) {
        if (hidden.isEmpty()) {
            return this;
        }
        Map<String, @Nullable String> shown = new LinkedHashMap<>(columns);
        shown.keySet().removeAll(hidden);
        return new Image(shown);
    }
}
