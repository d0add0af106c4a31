package dev.afterimage.core.resolve;

/** What the background thread asks the production database, on a connection of its own: its position, its clock. */
public interface FenceSource {

    /** The kind of its positions, see {@link dev.afterimage.core.event.Fence}. */
    String kind();

    /**
     * Reads both in one round trip.
     *
     * @throws FenceUnavailableException if the database could not be asked; the caller may try again
     */
    Reading read();

    /**
     * Asks what became of a transaction whose commit was not answered. A number alone does not name a transaction: a
     * database that has crashed may give one again that had not become durable, and another transaction would answer.
     *
     * @param transaction its number in the database
     * @param seenNanos {@link System#nanoTime()} at some moment when a statement of it had completed, or before
     * @throws FenceUnavailableException if the database could not be asked; the caller may try again
     */
    default Fate fateOf(long transaction, long seenNanos) {
        return Fate.UNKNOWN;
    }

    /** What became of a transaction, by the database's word. */
    enum Fate {
        COMMITTED,
        ROLLED_BACK,
        /** Not decided yet. */
        RUNNING,
        /** The database cannot tell. */
        UNKNOWN
    }

    /**
     * A reading.
     *
     * @param position every commit that had returned before the call is at or before it
     * @param clockOffset database clock minus this machine's clock, in microseconds, correct to half a round trip
     */
    record Reading(long position, long clockOffset) {}
}
