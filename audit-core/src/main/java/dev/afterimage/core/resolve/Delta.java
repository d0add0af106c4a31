package dev.afterimage.core.resolve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a change changed, column by column.
 *
 * @param columns names to old and new; in table order where the images are known, else in statement order; immutable
 */
public record Delta(Map<String, Column> columns) {

    /** Nothing is known to have changed. */
    public static final Delta NONE = new Delta(Map.of());

    /**
     * One column's old and new.
     *
     * @param before null where it is not known, or where the row did not exist
     * @param after null where it is not known, or where the row does not exist any more
     */
    public record Column(@Nullable Cell before, @Nullable Cell after) {}

    /**
     * A known value.
     *
     * @param text canonical text; null for SQL NULL
     */
    public record Cell(@Nullable String text) {}

    public Delta {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
}
