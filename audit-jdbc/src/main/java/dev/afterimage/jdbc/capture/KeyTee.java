package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies key values out of rows that the database returned for a write, as the application walks over them; the cursor
 * is not moved. Of each row only short values are taken: a key is never long.
 */
public final class KeyTee {

    /** Instead of the place of an update count: the driver has told it. */
    static final int COUNT_KNOWN = -1;

    private static final int LONGEST_KEY = 256;

    private final Session session;
    private final int statement;
    private final int updateCountAt;
    private final List<String> columns = new ArrayList<>();
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
     */
    KeyTee(Session session, int statement, int updateCountAt, boolean keys) {
        this.session = session;
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
            if (rows == 0) {
                readColumns(raw.getMetaData());
            }
            for (int i = 1; i <= columns.size(); i++) {
                session.putKey(values, columns.get(i - 1), raw.getObject(i), LONGEST_KEY);
            }
            rows++;
            if (values.length() > session.longestKeys()) {
                forget(); // Too many: then the keys stay unknown, the count does not.
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

    private void readColumns(ResultSetMetaData metaData) throws SQLException {
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(metaData.getColumnName(i));
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

    List<String> columns() {
        return columns;
    }

    int rows() {
        return ended ? 0 : rows;
    }

    ByteWriter values() {
        return values;
    }
}
