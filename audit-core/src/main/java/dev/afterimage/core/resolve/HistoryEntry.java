package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change in the trail: the fact, and what is claimed about its images. The fact never changes. A claim is derived from
 * all facts known so far; a later fact may correct it or take it back, never make it stronger than what was read.
 *
 * @param change the fact
 * @param window when the row was read for this change; null if it was not
 * @param horizon how far the reads reach on which this and the row's earlier images rest; null if on none
 * @param before the row before the change
 * @param after the row after the change
 * @param delta what changed
 * @param resolution how the after-image was obtained
 */
public record HistoryEntry(
        Change change,
        @Nullable ReadWindow window,
        @Nullable Horizon horizon,
        RowState before,
        RowState after,
        Delta delta,
        Resolution resolution) {

    /** The order of changes of one row: database time, ties by identity. Total. */
    public static final Comparator<Change> ORDER = Comparator.comparingLong(Change::databaseTime)
            .thenComparingLong(change -> change.id().instance())
            .thenComparingLong(change -> change.id().sequence());

    public HistoryEntry {
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(resolution, "resolution");
    }

    boolean comesBefore(Change other) {
        return ORDER.compare(change, other) < 0;
    }
}
