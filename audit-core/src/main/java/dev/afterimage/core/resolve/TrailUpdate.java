package dev.afterimage.core.resolve;

import java.util.List;

/**
 * What a batch of changes makes of the trail.
 *
 * @param added entries of the changes that were not known
 * @param revised stored entries of which a claim or the horizon is another now; replaces them by identity
 */
public record TrailUpdate(List<HistoryEntry> added, List<HistoryEntry> revised) {
    public TrailUpdate {
        added = List.copyOf(added);
        revised = List.copyOf(revised);
    }
}
