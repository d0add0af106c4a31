package dev.afterimage.jdbc.capture;

import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the driver is asked to return the rows that a statement changes. The application sees none of it: the statement
 * answers its count as before, and the rows come as generated keys. Immutable.
 */
public final class RowRequest {

    /** What one column of the returned rows holds. */
    enum Part {
        /** A key column. */
        KEY,
        /** Any column of the row after the change. */
        AFTER,
        /** The whole row after the change, as a JSON object. */
        ROW_AFTER,
        /** The whole row before the change, as a JSON object. */
        ROW_BEFORE,
        /** The number of the database's transaction. */
        TRANSACTION
    }

    /**
     * A column to be returned.
     *
     * @param part what it holds
     * @param name of the table's column; empty where it is not one
     */
    record Item(Part part, String name) {}

    private final TableName table;
    private final String sql;
    private final String clause;
    private final String @Nullable [] columns;
    private final List<Item> items;
    private final boolean fixedSize;

    /**
     * Makes a request.
     *
     * @param sql the text to execute
     * @param clause what was added to it; empty if nothing
     * @param columns names to ask the driver for; null to ask for generated keys as such
     * @param items the columns that will be returned, in order
     * @param fixedSize whether a returned row has always the same length, so that pgjdbc does not split batches for it
     */
    RowRequest(
            TableName table,
            String sql,
            String clause,
            String @Nullable [] columns,
            List<Item> items,
            boolean fixedSize) {
        this.table = table;
        this.sql = sql;
        this.clause = clause;
        this.columns = columns;
        this.items = List.copyOf(items);
        this.fixedSize = fixedSize;
    }

    /** The table whose rows are returned, as the statement names it. */
    TableName table() {
        return table;
    }

    List<Item> items() {
        return items;
    }

    boolean isFixedSize() {
        return fixedSize;
    }

    /** Whether the driver is given another text than the application's. */
    public boolean changesText() {
        return !clause.isEmpty();
    }

    /**
     * Whether a statement that asks is prepared beside the application's own. MariaDB's driver executes a batch in another
     * way, with other counts and another outcome, where keys were asked for; and that a statement will be used for
     * batches shows only when values are bound to it.
     */
    public boolean standsBeside() {
        return columns == null && clause.isEmpty();
    }

    /** A text that quotes the statement, as the application would see it without the request. */
    public String undone(String text) {
        return clause.isEmpty() ? text : text.replace(clause, "");
    }

    /** An execution. */
    @FunctionalInterface
    public interface Execution<T> {
        /** Executes. */
        T run() throws SQLException;
    }

    /**
     * Executes without the limits that the application has set for rows it reads: with them, pgjdbc would neither fetch
     * all that the audit has asked for nor tell the count. They are set again before the application can look.
     */
    public static <T> T unlimited(Statement raw, Execution<T> execution) throws SQLException {
        int maxRows = raw.getMaxRows();
        int fetchSize = raw.getFetchSize();
        if (maxRows == 0 && fetchSize == 0) {
            return execution.run();
        }
        raw.setMaxRows(0);
        raw.setFetchSize(0);
        T result;
        try {
            result = execution.run();
        } catch (SQLException | RuntimeException | Error failure) {
            limitAgain(raw, maxRows, fetchSize);
            throw failure;
        }
        limit(raw, maxRows, fetchSize);
        return result;
    }

    private static void limit(Statement raw, int maxRows, int fetchSize) throws SQLException {
        raw.setMaxRows(maxRows);
        raw.setFetchSize(fetchSize);
    }

    /** After a failure, which may have closed the statement: the application is to see that one and no other. */
    private static void limitAgain(Statement raw, int maxRows, int fetchSize) {
        try {
            limit(raw, maxRows, fetchSize);
        } catch (SQLException | RuntimeException closed) {
            return;
        }
    }

    /** Prepares the statement so that it returns rows. */
    public @Nullable PreparedStatement prepare(Connection raw) throws SQLException {
        return columns == null
                ? raw.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)
                : raw.prepareStatement(sql, columns);
    }

    /** Executes the statement so that it returns rows. */
    public int executeUpdate(Statement raw) throws SQLException {
        return unlimited(
                raw,
                () -> columns == null
                        ? raw.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS)
                        : raw.executeUpdate(sql, columns));
    }

    /** Executes the statement so that it returns rows. */
    public long executeLargeUpdate(Statement raw) throws SQLException {
        return unlimited(
                raw,
                () -> columns == null
                        ? raw.executeLargeUpdate(sql, Statement.RETURN_GENERATED_KEYS)
                        : raw.executeLargeUpdate(sql, columns));
    }

    /** Executes the statement so that it returns rows. */
    public boolean execute(Statement raw) throws SQLException {
        return unlimited(
                raw,
                () -> columns == null ? raw.execute(sql, Statement.RETURN_GENERATED_KEYS) : raw.execute(sql, columns));
    }
}
