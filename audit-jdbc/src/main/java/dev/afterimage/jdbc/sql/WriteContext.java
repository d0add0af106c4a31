package dev.afterimage.jdbc.sql;

/** Where in its statement a write stands. */
public enum WriteContext {
    /** The statement itself. */
    TOP,
    /** A common table expression or another nested statement. */
    NESTED,
    /** The statement that EXPLAIN ANALYZE executes. */
    EXPLAIN,
    /** The statement whose result COPY … TO copies. */
    COPY
}
