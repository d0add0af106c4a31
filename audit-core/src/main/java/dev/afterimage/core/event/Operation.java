package dev.afterimage.core.event;

/** What was done to a row, or by a statement. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE,
    /** An insert that turns into an update where the row exists; which of the two happened is not known at capture. */
    UPSERT,
    /** All rows of a table removed at once. */
    TRUNCATE,
    /** A statement that may have written, and of which no more is known. Always statement-level, always with a gap. */
    OTHER
}
