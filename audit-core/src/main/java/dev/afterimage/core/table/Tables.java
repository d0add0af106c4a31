package dev.afterimage.core.table;

import org.jspecify.annotations.Nullable;

/**
 * Looks up the shape of tables. Implementations cache; they are called by background threads only and may take a round
 * trip to the database the first time.
 */
public interface Tables {

    /**
     * The table that a statement named.
     *
     * @param name as written in the statement; missing parts are completed the way the database would
     * @return the table, or null if the database has no such base table (a view, a temporary table, a wrong name)
     * @throws TableLookupException if the database could not be asked; the caller may try again later
     */
    @Nullable
    Table find(TableName name);

    /** Forgets what was cached, because a statement went by that may have changed tables. */
    void forget();
}
