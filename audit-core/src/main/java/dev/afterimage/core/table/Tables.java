package dev.afterimage.core.table;

import org.jspecify.annotations.Nullable;

/** Looks up the shape of tables. Implementations cache, and are thread-safe. */
public interface Tables {

    /**
     * The table that a statement named. For background threads only: takes a round trip to the database the first time,
     * and from time to time.
     *
     * @param name as written in the statement; missing parts are completed the way the database would
     * @return the table, or null if the database has no such base table (a view, a temporary table, a wrong name)
     * @throws TableLookupException if the database could not be asked; the caller may try again later
     */
    @Nullable
    Table find(TableName name);

    /**
     * As the other, by another search path than the database's own.
     *
     * @param path where the connection of the statement looks for names without a schema, in the database's own words;
     *     empty for the database's own path
     */
    default @Nullable Table find(TableName name, String path) {
        return find(name);
    }

    /**
     * As {@link #find(TableName, String)}, without asking the database: for the application's threads.
     *
     * @return the table as it was found last; null if it was not looked up yet, or is none
     */
    default @Nullable Table known(TableName name, String path) {
        return null;
    }

    /** Forgets what was cached, because a statement went by that may have changed tables. */
    void forget();
}
