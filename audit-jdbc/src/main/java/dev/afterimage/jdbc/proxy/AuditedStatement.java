package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingStatement;
import dev.afterimage.jdbc.delegate.Outgoing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A statement that leads back to its audited connection; its result sets lead back to it.
 *
 * <p>The last result sets are remembered, since a driver may answer the same one twice.
 */
class AuditedStatement extends DelegatingStatement {

    private final AuditedConnection connection;
    private @Nullable AuditedResultSet result;
    private @Nullable AuditedResultSet generatedKeys;

    AuditedStatement(Statement delegate, AuditedConnection connection) {
        super(delegate);
        this.connection = connection;
    }

    @Override
    protected final Outgoing outgoing() {
        return connection.wrapping();
    }

    /** Whether this stands in front of that very statement. */
    final boolean wraps(Statement raw) {
        return delegate() == raw;
    }

    @Override
    public @Nullable ResultSet executeQuery(String sql) throws SQLException {
        return result(delegate().executeQuery(sql));
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        return result(delegate().getResultSet());
    }

    @Override
    public @Nullable ResultSet getGeneratedKeys() throws SQLException {
        generatedKeys = wrapper(delegate().getGeneratedKeys(), generatedKeys);
        return generatedKeys;
    }

    /** Wraps a result of this statement: the same wrapper for the same object. */
    final @Nullable ResultSet result(@Nullable ResultSet raw) {
        result = wrapper(raw, result);
        return result;
    }

    private @Nullable AuditedResultSet wrapper(@Nullable ResultSet raw, @Nullable AuditedResultSet last) {
        if (raw == null || (last != null && last.wraps(raw))) {
            return raw == null ? null : last;
        }
        return new AuditedResultSet(raw, connection, this);
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
