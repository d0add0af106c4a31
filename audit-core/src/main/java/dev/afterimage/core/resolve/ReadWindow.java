package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Fence;
import org.jspecify.annotations.Nullable;

/**
 * Between which positions a row was read on the replica: what remains of an {@link Observation} beside its image.
 *
 * @param kind the kind of the positions, see {@link Fence}
 * @param from the replica had reached this before the row was read
 * @param until the replica had not passed this after the row was read
 * @param version the database's mark of the row version that was read; null where there is none
 */
public record ReadWindow(
        String kind, long from, long until, @Nullable String version) {

    /** Whether the read surely saw what a commit did. */
    boolean contains(@Nullable Fence fence) {
        return fence != null && fence.kind().equals(kind) && fence.position() <= from;
    }

    /** Whether the read surely came before a commit. */
    boolean excludes(@Nullable Fence fence) {
        return fence != null && fence.kind().equals(kind) && fence.notBefore() >= until;
    }

    boolean showsAnotherVersionThan(ReadWindow other) {
        return kind.equals(other.kind) && version != null && other.version != null && !version.equals(other.version);
    }

    boolean showsTheVersionOf(@Nullable ReadWindow other) {
        return other != null && version != null && version.equals(other.version);
    }
}
