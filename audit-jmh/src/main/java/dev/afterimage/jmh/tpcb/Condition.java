package dev.afterimage.jmh.tpcb;

/**
 * What all variants of one table have in common.
 *
 * @param threads application threads, each with a connection
 * @param durable whether a commit waits for the disk; if not, {@code synchronous_commit} is off
 */
record Condition(int threads, boolean durable) {

    /** Such as {@code 2 threads, fsync on}. */
    @Override
    public String toString() {
        return threads + (threads == 1 ? " thread" : " threads") + ", fsync " + (durable ? "on" : "off");
    }
}
