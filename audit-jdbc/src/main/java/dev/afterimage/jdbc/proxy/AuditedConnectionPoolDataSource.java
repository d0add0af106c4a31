package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingConnectionPoolDataSource;
import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import org.jspecify.annotations.Nullable;

/** A data source for connection pools whose connections are audited. As thread-safe as the data source behind it. */
public final class AuditedConnectionPoolDataSource extends DelegatingConnectionPoolDataSource {

    private final Auditing auditing;

    /**
     * Wraps a data source.
     *
     * @param delegate the driver's data source
     * @param auditing asked about every raw object that leaves by way of this data source
     */
    public AuditedConnectionPoolDataSource(ConnectionPoolDataSource delegate, Auditing auditing) {
        super(delegate);
        this.auditing = auditing;
    }

    @Override
    public @Nullable PooledConnection getPooledConnection() throws SQLException {
        return audited(delegate().getPooledConnection());
    }

    @Override
    public @Nullable PooledConnection getPooledConnection(String user, String password) throws SQLException {
        return audited(delegate().getPooledConnection(user, password));
    }

    @Override
    public @Nullable PooledConnectionBuilder createPooledConnectionBuilder() throws SQLException {
        PooledConnectionBuilder raw = delegate().createPooledConnectionBuilder();
        return raw == null ? null : new AuditedPooledConnectionBuilder(raw, auditing);
    }

    private @Nullable PooledConnection audited(@Nullable PooledConnection raw) {
        return raw == null ? null : new AuditedPooledConnection(raw, auditing);
    }
}
