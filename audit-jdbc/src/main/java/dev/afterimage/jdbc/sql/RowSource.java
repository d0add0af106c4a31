package dev.afterimage.jdbc.sql;

/** Where the rows of a write come from. */
public enum RowSource {
    /** A VALUES list, each value known by its source. */
    VALUES,
    /** A query. */
    SELECT,
    /** DEFAULT VALUES. */
    DEFAULT_VALUES,
    /** A SET list. */
    SET,
    /** The write has no row source, or one that is not read. */
    NONE
}
