package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingResultSet;
import dev.afterimage.jdbc.delegate.Outgoing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A result set that leads back to the audited statement; reading a column is one plain call further. */
class AuditedResultSet extends DelegatingResultSet {

    private final AuditedConnection connection;
    private final @Nullable AuditedStatement origin;
    private @Nullable AuditedStatement driverStatement;

    /**
     * Wraps a result set.
     *
     * @param origin the statement that made it; null if the driver made it on its own, for metadata or a cursor
     */
    AuditedResultSet(ResultSet delegate, AuditedConnection connection, @Nullable AuditedStatement origin) {
        super(delegate);
        this.connection = connection;
        this.origin = origin;
    }

    @Override
    protected final Outgoing outgoing() {
        return connection.wrapping();
    }

    /** Whether this stands in front of that very result set. */
    final boolean wraps(ResultSet raw) {
        return delegate() == raw;
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        Statement raw = delegate().getStatement();
        if (raw == null || origin != null) {
            return raw == null ? null : origin;
        }
        if (driverStatement == null || !driverStatement.wraps(raw)) {
            driverStatement = connection.wrapping().statement(raw);
        }
        return driverStatement;
    }

    @Override
    public void insertRow() throws SQLException {
        delegate().insertRow();
        connection.session().rowChanged("insertRow");
    }

    @Override
    public void updateRow() throws SQLException {
        delegate().updateRow();
        connection.session().rowChanged("updateRow");
    }

    @Override
    public void deleteRow() throws SQLException {
        delegate().deleteRow();
        connection.session().rowChanged("deleteRow");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return connection.unwrap(this, delegate(), type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return connection.isWrapperFor(this, delegate(), type);
    }
}
