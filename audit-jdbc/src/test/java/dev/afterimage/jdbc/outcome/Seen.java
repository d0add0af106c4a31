package dev.afterimage.jdbc.outcome;

import java.lang.reflect.Array;
import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an application sees of a database, call by call, in a form that can be compared. */
final class Seen {

    private final List<String> lines = new ArrayList<>();

    /** A call of the application. */
    @FunctionalInterface
    interface Call {
        @Nullable
        Object run() throws SQLException;
    }

    List<String> lines() {
        return lines;
    }

    /** Makes a call and notes its answer or its exception. */
    void of(String name, Call call) {
        String answer;
        try {
            answer = text(call.run());
        } catch (SQLException | RuntimeException e) {
            answer = refusal(e);
        }
        lines.add(name + " -> " + answer);
    }

    /** Everything that a statement can be asked after an execution, in the order of an application that walks on. */
    void resultsOf(Statement statement) {
        of("getUpdateCount", statement::getUpdateCount);
        of("getLargeUpdateCount", statement::getLargeUpdateCount);
        of("getResultSet", statement::getResultSet);
        of("getGeneratedKeys", statement::getGeneratedKeys);
        of("getWarnings", statement::getWarnings);
        of("getMoreResults", statement::getMoreResults);
        of("getUpdateCount", statement::getUpdateCount);
        of("getMoreResults(KEEP)", () -> statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
        of("getLargeUpdateCount", statement::getLargeUpdateCount);
        of("getResultSet", statement::getResultSet);
        of("isClosed", statement::isClosed);
    }

    private static String text(@Nullable Object answer) throws SQLException {
        if (answer instanceof ResultSet rows) {
            try (rows) {
                return rowsOf(rows);
            }
        }
        if (answer instanceof ResultSetMetaData metaData) {
            return "metadata of " + metaData.getColumnCount();
        }
        if (answer instanceof SQLWarning warning) {
            return refusal(warning) + " then " + text(warning.getNextWarning());
        }
        return answer != null && answer.getClass().isArray() ? elementsOf(answer) : String.valueOf(answer);
    }

    private static String elementsOf(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements.toString();
    }

    private static String rowsOf(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder("rows");
        ResultSetMetaData metaData = rows.getMetaData();
        while (rows.next()) {
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                text.append(' ').append(metaData.getColumnLabel(i)).append('=').append(rows.getString(i));
            }
        }
        return text.toString();
    }

    private static String refusal(Exception refused) {
        String text = refused.getClass().getName() + " " + message(refused);
        if (refused instanceof SQLException sql) {
            text += " " + sql.getSQLState() + " " + sql.getErrorCode();
        }
        return refused instanceof BatchUpdateException batch
                ? text + " " + Arrays.toString(batch.getUpdateCounts()) + " "
                        + Arrays.toString(batch.getLargeUpdateCounts())
                : text;
    }

    /** MariaDB's driver tells the number of the connection. */
    private static String message(Exception refused) {
        return String.valueOf(refused.getMessage()).replaceAll("conn=\\d+", "conn");
    }
}
