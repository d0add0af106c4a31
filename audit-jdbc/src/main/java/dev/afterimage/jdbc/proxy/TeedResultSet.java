package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.KeyTee;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows that the database returned for a write: as the application walks over them, their keys are copied. */
final class TeedResultSet extends AuditedResultSet {

    private final KeyTee tee;

    TeedResultSet(ResultSet delegate, AuditedConnection connection, AuditedStatement origin, KeyTee tee) {
        super(delegate, connection, origin);
        this.tee = tee;
    }

    @Override
    public boolean next() throws SQLException {
        boolean found = delegate().next();
        if (found) {
            tee.row(delegate());
        } else {
            tee.exhausted();
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        try {
            delegate().close();
        } finally {
            tee.end();
        }
    }
}
