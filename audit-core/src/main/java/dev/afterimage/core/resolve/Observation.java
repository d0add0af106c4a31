package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Image;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was seen on a replica.
 *
 * @param image the row; null where the replica has no such row
 * @param version the database's own mark of this row version ({@code xmin} on PostgreSQL); null where it has none
 * @param from a position, in the fence's kind, that the replica had reached before the row was read
 * @param until a position that the replica had not passed after the row was read
 */
public record Observation(@Nullable Image image, @Nullable String version, long from, long until) {
    public Observation {
        if (from > until) {
            throw new IllegalArgumentException("from=" + from + " until=" + until);
        }
    }

    /** An observation of a row that does not exist. */
    public static Observation absent(long from, long until) {
        return new Observation(null, null, from, until);
    }
}
