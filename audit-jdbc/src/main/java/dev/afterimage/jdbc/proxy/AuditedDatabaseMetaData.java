package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingDatabaseMetaData;
import dev.afterimage.jdbc.delegate.Outgoing;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** Metadata that leads back to the audited connection, by itself and by its result sets. */
final class AuditedDatabaseMetaData extends DelegatingDatabaseMetaData {

    private final AuditedConnection connection;

    AuditedDatabaseMetaData(DatabaseMetaData delegate, AuditedConnection connection) {
        super(delegate);
        this.connection = connection;
    }

    @Override
    protected Outgoing outgoing() {
        return connection.wrapping();
    }

    /** Whether this stands in front of that very object. */
    boolean wraps(DatabaseMetaData raw) {
        return delegate() == raw;
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
