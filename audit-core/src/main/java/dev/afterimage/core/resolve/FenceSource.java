package dev.afterimage.core.resolve;

/**
 * Reads the production database's position and clock for the background thread, on a connection of its own.
 */
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
     * A reading.
     *
     * @param position every commit that had returned before the call is at or before it
     * @param clockOffset database clock minus this machine's clock, in microseconds, correct to half a round trip
     */
    record Reading(long position, long clockOffset) {}
}
