package dev.afterimage.core.resolve;

import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.Tables;
import java.util.Collection;
import java.util.Map;

/**
 * A database that follows the production database and may be read in its place. Used by one thread at a time.
 */
public interface Replica extends AutoCloseable {

    /** The kind of positions it knows, see {@link dev.afterimage.core.event.Fence}. */
    String fenceKind();

    /**
     * The position that the replica has reached: every commit at or before it can be read there.
     *
     * @throws ReplicaUnavailableException if it cannot be asked; the caller tries again later
     */
    long reached();

    /** The shape of its tables. */
    Tables tables();

    /**
     * Reads rows by key, many in one round trip.
     *
     * @param table the columns to read
     * @return one observation for each key asked, absent rows included; a key is left out where the replica cannot tell
     *     (its table has gone, the key is not of the column's type)
     * @throws ReplicaUnavailableException if it cannot be asked; the caller tries again later
     */
    Map<RowKey, Observation> read(Table table, Collection<RowKey> keys);

    @Override
    void close();
}
