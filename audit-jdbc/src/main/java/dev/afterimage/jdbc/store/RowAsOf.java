package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.RowState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was at a time.
 *
 * @param key the row
 * @param state what is known of it: its image, that there was none, or nothing
 * @param by the change from which this is known: the last one before the time, else the first one after it
 * @param doubt why nothing is known, in words; null where something is
 */
public record RowAsOf(
        RowKey key, RowState state, EventId by, @Nullable String doubt) {
    public RowAsOf {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(by, "by");
    }
}
