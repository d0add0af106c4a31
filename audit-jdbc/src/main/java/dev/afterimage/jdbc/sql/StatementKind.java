package dev.afterimage.jdbc.sql;

/** What one statement is. */
public enum StatementKind {
    INSERT(true),
    UPDATE(true),
    DELETE(true),
    MERGE(true),
    /** MySQL's REPLACE. */
    REPLACE(true),
    TRUNCATE(true),
    /** COPY … FROM. */
    COPY_IN(true),
    /** COPY … TO; it writes when it copies the result of a data-modifying statement. */
    COPY_OUT(false),
    /** LOAD DATA, LOAD XML. */
    LOAD(true),
    /** SELECT, VALUES, TABLE; it writes when a data-modifying CTE stands in it. */
    SELECT(false),
    /** SELECT … INTO a new table. */
    SELECT_INTO(true),
    /** CREATE TABLE … AS and CREATE MATERIALIZED VIEW. */
    CREATE_TABLE_AS(true),
    /** REFRESH MATERIALIZED VIEW. */
    REFRESH(true),
    DDL(true),
    /** CALL, EXEC of a procedure, and the JDBC escape for both. */
    CALL(true),
    /** An anonymous block or a procedural fragment. What it does inside is not read. */
    DO(true),
    /** EXECUTE of a prepared statement or of a string. */
    EXECUTE(true),
    /** PREPARE of a statement; it executes nothing. */
    PREPARE(false),
    DEALLOCATE(false),
    /** EXPLAIN; it writes when it also executes a data-modifying statement. */
    EXPLAIN(false),
    BEGIN(false),
    COMMIT(false),
    ROLLBACK(false),
    SAVEPOINT(false),
    RELEASE_SAVEPOINT(false),
    ROLLBACK_TO_SAVEPOINT(false),
    /** The first phase of a two-phase commit. */
    PREPARE_TRANSACTION(false),
    COMMIT_PREPARED(false),
    ROLLBACK_PREPARED(false),
    /** SET of anything that is not the autocommit mode. */
    SET(false),
    AUTOCOMMIT_ON(false),
    AUTOCOMMIT_OFF(false),
    /** A known statement that changes no table: SHOW, LOCK, VACUUM and their like. */
    OTHER(false),
    /** Nothing but blanks and comments. */
    EMPTY(false),
    /** A text of several statements; see {@link StatementPlan#statements()}. */
    MULTIPLE(false),
    /** Not understood: it may do anything. */
    UNKNOWN(true);

    private final boolean mayWrite;

    StatementKind(boolean mayWrite) {
        this.mayWrite = mayWrite;
    }

    /** Whether a statement of this kind can change data by its nature, seen or unseen. */
    public boolean mayWrite() {
        return mayWrite;
    }

    /** Whether the statement begins, ends or divides a transaction. */
    public boolean isTransactionControl() {
        return switch (this) {
            case BEGIN,
                    COMMIT,
                    ROLLBACK,
                    SAVEPOINT,
                    RELEASE_SAVEPOINT,
                    ROLLBACK_TO_SAVEPOINT,
                    PREPARE_TRANSACTION,
                    COMMIT_PREPARED,
                    ROLLBACK_PREPARED,
                    AUTOCOMMIT_ON,
                    AUTOCOMMIT_OFF -> true;
            default -> false;
        };
    }
}
