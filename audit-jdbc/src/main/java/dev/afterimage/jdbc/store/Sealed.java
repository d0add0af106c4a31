package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.EventId;

/**
 * How far the trail of one process start is complete. Its events have the numbers from 1 on; up to {@code to} each of them
 * is in the trail, but for those that are told as missing. Of what lies behind, some may still be on its way, and what was
 * published last and lost leaves no trace here.
 *
 * @param instance random number of the process start
 * @param source name of its data source; empty where it has several
 * @param to up to which number nothing is open
 * @param missing how many numbers up to there are told as missing by a gap
 * @param newest the greatest number that has arrived
 */
public record Sealed(long instance, String source, long to, long missing, long newest) {

    /** Whether everything up to the newest is in the trail. */
    public boolean isWhole() {
        return missing == 0 && to == newest;
    }

    /** For people: the instance as in {@link EventId}. */
    @Override
    public String toString() {
        return EventId.instanceText(instance) + " sealed to " + to + ", missing " + missing + ", newest " + newest;
    }
}
