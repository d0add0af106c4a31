package dev.afterimage.core.event;

import java.util.Objects;

/**
 * Where a change lies in the database's own order of commits: after {@code notBefore}, at or before {@code position}.
 * A replica that has reached {@code position} contains the change; one that has not reached {@code notBefore} does not.
 * In between it may or may not.
 *
 * @param kind what positions are: {@link #LSN} or {@link #CLOCK}; positions of different kinds do not compare
 * @param notBefore a position read before the commit was asked for; {@link Long#MIN_VALUE} where none is known
 * @param position a position read after the commit had returned
 */
public record Fence(String kind, long notBefore, long position) {

    /** PostgreSQL write-ahead log positions, as a byte offset. */
    public static final String LSN = "pg-lsn";

    /** Microseconds since 1970 by the database's clock; for databases that offer no position. */
    public static final String CLOCK = "clock";

    public Fence {
        Objects.requireNonNull(kind, "kind");
        if (notBefore > position) {
            throw new IllegalArgumentException("notBefore=" + notBefore + " position=" + position);
        }
    }
}
