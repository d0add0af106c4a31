package dev.afterimage.core.event;

/** Why the trail does not know something. */
public enum GapReason {
    /** The analyser could not read the statement; it is recorded as it stands, without table and rows. */
    STATEMENT_NOT_UNDERSTOOD,
    /** The statement calls code in the database, which may have changed anything. */
    CODE_IN_DATABASE,
    /** The rows that the statement changed could not be told; recorded with their count. */
    ROWS_UNKNOWN,
    /** The table has no primary key. */
    NO_PRIMARY_KEY,
    /** The table's key could not be looked up in time. */
    KEY_LOOKUP_FAILED,
    /** There was no room: in the ring for longer than the configuration allows, or at the end; or a spool is damaged. */
    DROPPED,
    /** A transaction or statement was larger than the configured limit. */
    TOO_LARGE,
    /** A sink refused the event for good. */
    REJECTED,
    /** The application took a raw driver object by {@code unwrap}: what it does there is not seen. */
    UNWRAPPED,
    /** Something inside the audit failed; the application went on. */
    INTERNAL_FAILURE,
    /** Of a prepared transaction either the work or the end was not seen here; the detail names the transaction. */
    PREPARED_TRANSACTION,
    /**
     * Events that were published and have not arrived; told by the audit side, never by an application. The identity is
     * that of the first one, and as many numbers are missing from there on as are lost. Taken back when they arrive after
     * all.
     */
    MISSING
}
