package dev.afterimage.core.pipeline;

import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.table.Tables;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose changes are captured, as the background thread needs it.
 *
 * @param name its name in the trail
 * @param tables the shapes of its tables
 * @param fences its positions and clock; null where the database cannot be asked
 */
public record Source(String name, Tables tables, @Nullable FenceSource fences) {
    public Source {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tables, "tables");
    }
}
