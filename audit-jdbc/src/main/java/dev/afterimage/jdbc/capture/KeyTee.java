package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ReturnedColumn;
import dev.afterimage.core.codec.ReturnedColumn.Role;
import dev.afterimage.jdbc.capture.RowRequest.Item;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies what tells a row out of the rows that the database returned for a write. Those that the application has asked
 * for are copied as it walks over them, and the cursor is not moved; of these only short values are taken, since a key
 * is never long. Those that the audit has asked for are read at once.
 */
public final class KeyTee {

    /** Instead of the place of an update count: the driver has told it. */
    static final int COUNT_KNOWN = -1;

    private static final int LONGEST_KEY = 256;

    private final Session session;
    private final int statement;
    private final int updateCountAt;
    private final @Nullable RowRequest request;
    private final List<ReturnedColumn> columns = new ArrayList<>();
    private final ByteWriter values = new ByteWriter(64);
    private int rows;
    private long counted;
    private boolean ended;

    /**
     * Makes a tee.
     *
     * @param statement index of the statement in its transaction
     * @param updateCountAt where its update count stands, or {@link #COUNT_KNOWN}
     * @param keys whether the rows show keys under the names of their columns; else they are counted only
     * @param request by which the audit has asked for the rows; null where the application has
     */
    KeyTee(Session session, int statement, int updateCountAt, boolean keys, @Nullable RowRequest request) {
        this.session = session;
        this.request = request;
        this.statement = statement;
        this.updateCountAt = updateCountAt;
        this.ended = !keys;
    }

    /** The application has moved to a row. */
    public void row(ResultSet raw) {
        counted++;
        if (ended) {
            return;
        }
        try {
            if (request == null) {
                copyKeys(raw);
            } else {
                copy(raw, request);
            }
            rows++;
            if (values.length() > session.longestReturned() || rows > session.maxRows()) {
                forget(); // Too many: then the rows stay unknown, the count does not.
            }
        } catch (Throwable t) {
            forget(); // The row cannot be read.
            session.tooHard(t);
        }
    }

    private void forget() {
        ended = true;
        values.shrink(0);
    }

    private void copyKeys(ResultSet raw) throws SQLException {
        if (rows == 0) {
            ResultSetMetaData metaData = raw.getMetaData();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                columns.add(new ReturnedColumn(Role.KEY, metaData.getColumnName(i)));
            }
        }
        for (int i = 1; i <= columns.size(); i++) {
            session.putKey(values, columns.get(i - 1).name(), raw.getObject(i), LONGEST_KEY);
        }
    }

    private void copy(ResultSet raw, RowRequest asked) throws SQLException {
        List<ReturnedColumn> row = rows == 0 ? columns : new ArrayList<>(columns.size());
        for (int i = 1; i <= asked.items().size(); i++) {
            Item item = asked.items().get(i - 1);
            switch (item.part()) {
                case KEY -> {
                    String name = item.name().isEmpty() ? raw.getMetaData().getColumnName(i) : item.name();
                    row.add(new ReturnedColumn(Role.KEY, name));
                    session.putKey(values, name, raw.getObject(i), LONGEST_KEY);
                }
                case AFTER -> {
                    row.add(new ReturnedColumn(Role.AFTER, item.name()));
                    session.putValue(values, raw.getObject(i));
                }
                case ROW_AFTER -> copyRow(raw.getString(i), Role.AFTER, asked, row);
                case ROW_BEFORE -> copyRow(raw.getString(i), Role.BEFORE, asked, row);
                case TRANSACTION -> {
                    row.add(new ReturnedColumn(Role.TRANSACTION, ""));
                    session.putValue(values, raw.getLong(i));
                }
            }
        }
        if (!row.equals(columns)) {
            throw new SQLException("The rows that a statement has returned are not of one shape");
        }
    }

    private void copyRow(String json, Role role, RowRequest asked, List<ReturnedColumn> row) {
        session.putRow(json, asked.table(), new JsonRow.Cells() {
            @Override
            public void take(String column) {
                row.add(new ReturnedColumn(role, column));
            }

            @Override
            public ByteWriter values() {
                return values;
            }
        });
    }

    /** Reads the rows that the audit has asked for, to their end. */
    public void readAll(Statement raw) {
        try {
            ResultSet returned = raw.getGeneratedKeys();
            while (returned.next()) {
                row(returned);
            }
            exhausted();
        } catch (Throwable t) {
            forget();
            session.tooHard(t);
            end();
        }
    }

    /** There are no more rows: their number is the number of rows that the statement changed. */
    public void exhausted() {
        if (updateCountAt != COUNT_KNOWN) {
            session.counted(this);
        }
        session.settle(this);
    }

    /** The application has lost interest. */
    public void end() {
        session.settle(this);
    }

    int updateCountAt() {
        return updateCountAt;
    }

    /** Rows that the application has walked over. */
    long counted() {
        return counted;
    }

    int statement() {
        return statement;
    }

    List<ReturnedColumn> columns() {
        return columns;
    }

    int rows() {
        return ended ? 0 : rows;
    }

    ByteWriter values() {
        return values;
    }
}
