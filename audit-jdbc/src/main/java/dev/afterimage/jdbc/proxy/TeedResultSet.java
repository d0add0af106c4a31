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
    public void close() throws SQLException {
        try {
            delegate().close();
        } finally {
            returned.end();
        }
    }
}
