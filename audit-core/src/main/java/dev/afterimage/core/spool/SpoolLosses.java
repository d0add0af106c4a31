package dev.afterimage.core.spool;

/** Told of events in a spool that cannot be read. Called by the thread that reads. */
@FunctionalInterface
public interface SpoolLosses {

    /**
     * Events were lost.
     *
     * @param segment name of the file
     * @param events how many; -1 where a crash has left that open
     */
    void lost(String segment, long events);
}
