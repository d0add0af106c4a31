package dev.afterimage.jdbc.sql;

/** What a statement does to one table. */
public enum WriteOperation {
    INSERT,
    UPDATE,
    DELETE,
    MERGE,
    /** MySQL's REPLACE: a delete and an insert. */
    REPLACE,
    TRUNCATE,
    /** COPY … FROM. */
    COPY,
    /** LOAD DATA, LOAD XML. */
    LOAD,
    CREATE_TABLE_AS,
    SELECT_INTO,
    /** REFRESH MATERIALIZED VIEW. */
    REFRESH
}
