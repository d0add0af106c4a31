package dev.afterimage.core.event;

/** What became of a transaction. Work that was rolled back is never published, so it has no constant here. */
public enum Outcome {
    COMMITTED,
    /** The connection broke, or the process died, around the commit, or the end of a prepared transaction was not seen: the database may or may not have kept the work. */
    IN_DOUBT
}
