package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.ReturnedRows;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows that the database returned for a write: as the application walks over them, they are copied. */
final class TeedResultSet extends AuditedResultSet {

    private final ReturnedRows returned;

    TeedResultSet(ResultSet delegate, AuditedConnection connection, AuditedStatement origin, ReturnedRows returned) {
        super(delegate, connection, origin);
        this.returned = returned;
    }

    @Override
    public boolean next() throws SQLException {
        boolean found = delegate().next();
        if (found) {
            returned.row(delegate());
        } else {
            returned.exhausted(delegate());
        }
        return found;
    }

    @Override
    public boolean previous() throws SQLException {
        boolean found = delegate().previous();
        returned.jumped();
        return found;
    }

    @Override
    public boolean first() throws SQLException {
        boolean found = delegate().first();
        returned.jumped();
        return found;
    }

    @Override
    public boolean last() throws SQLException {
        boolean found = delegate().last();
        returned.jumped();
        return found;
    }

    @Override
    public boolean absolute(int row) throws SQLException {
        boolean found = delegate().absolute(row);
        returned.jumped();
        return found;
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        boolean found = delegate().relative(rows);
        returned.jumped();
        return found;
    }

    @Override
    public void beforeFirst() throws SQLException {
        delegate().beforeFirst();
        returned.jumped();
    }

    @Override
    public void afterLast() throws SQLException {
        delegate().afterLast();
        returned.jumped();
    }

    @Override
    public void close() throws SQLException {
        try {
            delegate().close();
        } finally {
            returned.end();
        }
    }
}
