package dev.afterimage.jdbc.fidelity;

/** What made a row change, as the database knows it. */
enum Origin {
    /** A statement that came through the audited data source. */
    STATEMENT,
    /** A foreign key, because of a statement on another table. */
    CASCADE,
    /** A trigger of the application's schema. */
    TRIGGER,
    /** A function or procedure that a statement called. */
    FUNCTION,
    /** A client that is not audited. */
    OTHER_CLIENT
}
