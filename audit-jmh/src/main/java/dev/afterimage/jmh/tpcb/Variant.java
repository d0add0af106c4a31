package dev.afterimage.jmh.tpcb;

import java.sql.SQLException;

/** A way to audit the application, or none. Opened anew for each measurement. */
interface Variant extends AutoCloseable {

    /** What a variant is in the comparison. */
    enum Kind {
        /** The bare pool that all others are compared with. */
        RAW,
        /** Afterimage. */
        OURS,
        /** A rival that keeps a trail. */
        TRAIL,
        /** A rival that sees statements and keeps nothing. */
        NO_TRAIL
    }

    /** As given to {@code --variants}. */
    String name();

    Kind kind();

    /** What is done and what is left out, for the reader of the table. */
    String note();

    /**
     * Begins to audit: whatever is committed through the recording's data source from here on is recorded.
     *
     * @throws VariantUnavailableException where it cannot run on this database
     */
    Recording open(Database database, Condition condition) throws SQLException, VariantUnavailableException;

    /** Ends what outlives a measurement. */
    @Override
    default void close() {}
}
