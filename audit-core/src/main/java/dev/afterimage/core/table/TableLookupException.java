package dev.afterimage.core.table;

/** The database could not be asked for the shape of a table. */
public final class TableLookupException extends RuntimeException {
    public TableLookupException(String message, Throwable cause) {
        super(message, cause);
    }
}
