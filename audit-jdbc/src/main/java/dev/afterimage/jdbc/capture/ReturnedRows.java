package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ReturnedColumn;
import dev.afterimage.core.codec.ReturnedColumn.Role;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.jdbc.capture.RowRequest.Item;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the database returned for a write, copied: their keys, or whole images. Those that the application has
 * asked for are copied as it walks over them, and the cursor is not moved; of these only short values are taken, since
 * a key is never long. Those that the audit has asked for are read at once.
 */
public final class ReturnedRows {

    private static final int LONGEST_KEY = 256;

    private final AwaitedResults awaited;
    private final Capture capture;
    private final int statement;
    private final long count;
    private final int countAt;
    private final @Nullable RowRequest request;
    private final List<ReturnedColumn> columns = new ArrayList<>();
    private final ByteWriter values = new ByteWriter(64);
    private int rows;
    private long counted;
    private boolean ended;

    /**
     * Begins without a row.
     *
     * @param statement index of the statement in its transaction
     * @param count rows that it has changed, or {@link Session#UNKNOWN_COUNT}
     * @param countAt where that stands
     * @param keys whether the rows show keys under the names of their columns; else they are counted only
     * @param request by which the audit has asked for the rows; null where the application has
     */
    ReturnedRows(
            AwaitedResults awaited,
            Capture capture,
            int statement,
            long count,
            int countAt,
            boolean keys,
            @Nullable RowRequest request) {
        this.awaited = awaited;
        this.capture = capture;
        this.request = request;
        this.statement = statement;
        this.count = count;
        this.countAt = countAt;
        this.ended = !keys;
    }

    /** The application has moved to a row. Of the only one it may well leave it at that, and close nothing. */
    public void row(ResultSet raw) {
        counted++;
        if (!ended) {
            take(raw);
        }
        if (count == 1 && request == null) {
            end();
        }
    }

    private void take(ResultSet raw) {
        try {
            if (request == null) {
                copyKeys(raw);
            } else {
                copy(raw, request);
            }
            rows++;
            if (values.length() > capture.maxEntryBytes() || rows > capture.maxRows()) {
                forget(); // Too many, or more than an entry holds: then the rows stay unknown, the count does not.
            }
        } catch (Throwable t) {
            forget(); // The row cannot be read.
            unreadable(t);
        }
    }

    private void unreadable(Throwable t) {
        capture.failed(Doing.READING_KEYS, t);
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
            putKey(columns.get(i - 1).name(), raw.getObject(i));
        }
    }

    private void putKey(String column, @Nullable Object value) {
        boolean tooLong = value instanceof String text
                ? text.length() > LONGEST_KEY
                : value instanceof byte[] bytes && bytes.length > LONGEST_KEY;
        // MariaDB's driver calls a key by a name of its own, which no rule can name.
        boolean nameless = column.equalsIgnoreCase("insert_id") || column.equalsIgnoreCase("generated_key");
        if (tooLong || (nameless ? !capture.rules().hidesNothing() : capture.hides(column))) {
            ValueCodec.putMasked(values);
        } else {
            capture.encoder().put(values, value);
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
                    putKey(name, raw.getObject(i));
                }
                case AFTER -> {
                    row.add(new ReturnedColumn(Role.AFTER, item.name()));
                    capture.encoder().put(values, raw.getObject(i));
                }
                case ROW_AFTER -> copyRow(raw.getString(i), Role.AFTER, asked, row);
                case ROW_BEFORE -> copyRow(raw.getString(i), Role.BEFORE, asked, row);
                case TRANSACTION -> {
                    row.add(new ReturnedColumn(Role.TRANSACTION, ""));
                    capture.encoder().put(values, raw.getLong(i));
                }
            }
        }
        if (!row.equals(columns)) {
            throw new SQLException("The rows that a statement has returned are not of one shape");
        }
    }

    private void copyRow(String json, Role role, RowRequest asked, List<ReturnedColumn> row) {
        JsonRow.Cells cells = new JsonRow.Cells() {
            @Override
            public void take(String column) {
                row.add(new ReturnedColumn(role, column));
            }

            @Override
            public ByteWriter values() {
                return values;
            }
        };
        new JsonRow(json).writeTo(cells, capture.encoder(), capture.rules().hiddenIn(asked.table()));
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
            unreadable(t);
            end();
        }
    }

    /**
     * There are no more rows: their number is the number of rows that the statement changed, unless the application has
     * asked for no more of them.
     */
    public void exhausted(ResultSet raw) {
        try {
            Statement origin = raw.getStatement();
            if (origin != null && origin.getMaxRows() > 0 && counted >= origin.getMaxRows()) {
                forget();
                end();
                return;
            }
        } catch (SQLException | RuntimeException e) {
            unreadable(e);
        }
        exhausted();
    }

    private void exhausted() {
        if (count < 0) {
            awaited.counted(this);
        }
        awaited.settle(this);
    }

    /** The application does not walk from row to row: how many there are, and which, does not show. */
    public void jumped() {
        forget();
        end();
    }

    /** The application has lost interest. */
    public void end() {
        awaited.settle(this);
    }

    int countAt() {
        return countAt;
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
