package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.sql.SelectedTable;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an application changes through one result set. A changed row is recorded as the statement that would have changed
 * it, {@code UPDATE t SET a = ? WHERE b = ? AND c = ?} with the columns of the result set as they were: so the rules, the
 * values and the key are those of any other statement.
 *
 * <p>The old values are read from the row that the driver holds, right before it changes the row: {@code getString} of
 * columns that are no large objects asks the database nothing, in the drivers of the databases named in {@link #table}. Not
 * thread-safe, as a result set is not.
 */
public final class RowChanges {

    /** A longer value is no key. */
    private static final int LONGEST_KEY = 256;

    /** Values that a driver may fetch only when they are read. */
    private static final Set<Integer> LARGE =
            Set.of(Types.BLOB, Types.CLOB, Types.NCLOB, Types.LONGVARBINARY, Types.LONGVARCHAR, Types.LONGNVARCHAR);

    private final Session session;
    private final SelectedTable table;
    private final String[] columns;
    private final String[] labels;
    private final String[] conditions;
    private final boolean[] readable;
    private final Parameters values;
    private @Nullable String @Nullable [] row;
    private boolean inserting;
    private boolean unclear;
    private long begun;

    private RowChanges(Session session, SelectedTable table, ResultSetMetaData metaData) throws SQLException {
        this.session = session;
        this.table = table;
        int count = metaData.getColumnCount();
        labels = new String[count];
        columns = new String[count];
        conditions = new String[count];
        readable = new boolean[count];
        describe(metaData);
        boolean[] all = new boolean[count];
        Arrays.fill(all, true);
        values = new Parameters(new CapturePlan(List.of(), all, false, false, false, null), session.capture());
    }

    /**
     * For the result set that a text has made. Asks the driver only.
     *
     * @param sql the text, null where it is not known
     * @return null where its table, or what its driver does, is not known
     */
    public static @Nullable RowChanges of(Session session, @Nullable String sql, ResultSet raw) {
        try {
            SelectedTable table =
                    sql == null ? null : table(sql, session.capture().dialect());
            return table == null ? null : new RowChanges(session, table, raw.getMetaData());
        } catch (Throwable t) {
            session.broken(t);
            return null;
        }
    }

    private static @Nullable SelectedTable table(String sql, SqlDialect dialect) {
        boolean tried = dialect == SqlDialect.POSTGRESQL || dialect == SqlDialect.MYSQL || dialect == SqlDialect.H2;
        return tried ? SelectedTable.of(sql, dialect) : null;
    }

    private void describe(ResultSetMetaData metaData) throws SQLException {
        List<String> named = table.columns();
        SqlDialect dialect = session.capture().dialect();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = metaData.getColumnLabel(i + 1);
            columns[i] = named == null ? quoted(labels[i], dialect) : i < named.size() ? named.get(i) : "";
            // PostgreSQL's driver finds the key by its label, even where that is the label of another column.
            conditions[i] = dialect == SqlDialect.POSTGRESQL ? quoted(labels[i], dialect) : columns[i];
            // The same driver may ask the database what a type is; it has no values that are fetched later.
            readable[i] = !columns[i].isEmpty()
                    && (dialect == SqlDialect.POSTGRESQL || !LARGE.contains(metaData.getColumnType(i + 1)));
        }
    }

    private static String quoted(String name, SqlDialect dialect) {
        String quote = dialect == SqlDialect.MYSQL ? "`" : "\"";
        return quote + name.replace(quote, quote + quote) + quote;
    }

    // ---- new values

    /** Where the new values of columns go, numbered as in the result set. */
    public Parameters values() {
        return values;
    }

    /** The number of the column that a label means; 0 if none. */
    public int column(String label) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i].equalsIgnoreCase(label)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Another row is the current one. PostgreSQL's driver takes some of the new values along. */
    public void moved() {
        if (session.capture().dialect() == SqlDialect.POSTGRESQL) {
            unclear |= !assigned().isEmpty();
        } else {
            forget();
        }
        inserting = false;
    }

    /** What is set from now on is for a new row. */
    public void movedToInsertRow() {
        moved();
        inserting = true;
    }

    /** There are no new values any more. */
    public void forget() {
        unclear = false;
        values.clear();
    }

    private List<Integer> assigned() {
        return IntStream.rangeClosed(1, columns.length)
                .filter(values::isSet)
                .boxed()
                .toList();
    }

    // ---- the change

    /**
     * Asked before the other: whether a change has room in the trail.
     *
     * @throws SQLException if it has none; the row must not be changed then
     */
    public void admit() throws SQLException {
        session.capture().admission().row(session, values);
    }

    /**
     * Right before the driver changes the row: reads what it was.
     *
     * @return whether the change can be told; else it is a gap
     */
    public boolean begin(ResultSet raw) {
        boolean told = !unclear && assigned().stream().noneMatch(column -> columns[column - 1].isEmpty());
        row = told && !inserting ? read(raw) : null;
        begun = told ? session.begin() : 0;
        return told;
    }

    private @Nullable String @Nullable [] read(ResultSet raw) {
        try {
            boolean wasNull = wasNull(raw);
            int same = 0;
            @Nullable String[] texts = new @Nullable String[columns.length];
            for (int i = 0; i < texts.length; i++) {
                if (readable[i]) {
                    String text = raw.getString(i + 1);
                    texts[i] = text == null || text.length() > LONGEST_KEY ? null : text;
                    same = (text == null) == wasNull ? i + 1 : same;
                }
            }
            if (same > 0) {
                raw.getString(same); // What the application is told by wasNull() must not change.
            }
            return texts;
        } catch (SQLException | RuntimeException unreadable) {
            return null; // There is no current row, as the driver is about to say.
        }
    }

    private static boolean wasNull(ResultSet raw) {
        try {
            return raw.wasNull();
        } catch (SQLException nothingRead) {
            return false;
        }
    }

    /** The driver has updated the row; without new values it has done nothing. */
    public void updated() {
        List<Integer> assigned = assigned();
        if (!assigned.isEmpty()) {
            String set = assigned.stream().map(i -> columns[i - 1] + " = ?").collect(Collectors.joining(", "));
            record("UPDATE " + table.table() + " SET " + set + where(), assigned);
        }
        forget();
    }

    /** The driver has inserted a row. */
    public void inserted() {
        List<Integer> assigned = assigned();
        String names = assigned.stream().map(i -> columns[i - 1]).collect(Collectors.joining(", "));
        String marks = assigned.stream().map(i -> "?").collect(Collectors.joining(", "));
        record("INSERT INTO " + table.table() + " (" + names + ") VALUES (" + marks + ")", assigned);
        forget();
    }

    /** The driver has deleted the row. */
    public void deleted() {
        record("DELETE FROM " + table.table() + where(), List.of());
        forget();
    }

    /** The driver has not changed the row; what it makes of the new values is not known. */
    public void failed(Throwable failure) {
        if (failsLate()) {
            session.rowChanged("A change that failed");
        } else {
            session.failed(CapturePlan.INERT, null, begun, failure);
        }
        unclear = true;
    }

    /** PostgreSQL's driver changes the row first, and then fails to find a column that goes by another label. */
    private boolean failsLate() {
        SqlDialect dialect = session.capture().dialect();
        return dialect == SqlDialect.POSTGRESQL
                && assigned().stream().anyMatch(column -> {
                    String written = columns[column - 1];
                    String label = labels[column - 1];
                    return !written.equalsIgnoreCase(label) && !written.equals(quoted(label, dialect));
                });
    }

    private String where() {
        if (row == null) {
            return "";
        }
        String all = IntStream.range(0, columns.length)
                .filter(i -> readable[i])
                .mapToObj(i -> conditions[i] + " = ?")
                .collect(Collectors.joining(" AND "));
        return all.isEmpty() ? "" : " WHERE " + all;
    }

    private void record(String text, List<Integer> assigned) {
        try {
            CapturePlan plan = session.capture().plan(text);
            Parameters parameters = session.capture().parameters(plan);
            if (parameters != null) {
                bind(parameters, assigned);
                session.executed(plan, parameters, 1, begun, false, null);
            }
        } catch (Throwable t) {
            session.capture().failed(Doing.CAPTURING_ROW, t);
        }
    }

    private void bind(Parameters parameters, List<Integer> assigned) {
        int ordinal = 1;
        for (int column : assigned) {
            parameters.copy(ordinal++, values, column);
        }
        for (int i = 0; row != null && i < row.length; i++) {
            if (readable[i]) {
                parameters.setString(ordinal++, row[i]);
            }
        }
    }
}
