package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Fence;
import org.jspecify.annotations.Nullable;

/**
 * How far the reads reach on which the images of a row's history rest, as of one entry. A change that lies wholly past
 * the horizon cannot have touched what was read, so neither that entry nor an earlier one has to be looked at again.
 *
 * @param kind the kind of the position
 * @param until no read that matters went past this
 */
public record Horizon(String kind, long until) {

    static boolean clears(@Nullable Horizon horizon, @Nullable Fence fence) {
        return horizon == null
                || (fence != null && fence.kind().equals(horizon.kind) && fence.notBefore() >= horizon.until);
    }

    static @Nullable Horizon farther(@Nullable Horizon one, @Nullable Horizon other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        // Positions of two kinds do not compare: then no later change is known to lie past both.
        return one.kind.equals(other.kind)
                ? new Horizon(one.kind, Math.max(one.until, other.until))
                : new Horizon(other.kind, Long.MAX_VALUE);
    }
}
