package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingDataSource;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections are audited. As thread-safe as the data source behind it. */
public final class AuditedDataSource extends DelegatingDataSource {

    private final UnwrapPolicy unwrapPolicy;

    /**
     * Wraps a data source.
     *
     * @param delegate the driver's or the pool's data source
     * @param unwrapPolicy asked about every raw object that leaves by way of this data source
     */
    public AuditedDataSource(DataSource delegate, UnwrapPolicy unwrapPolicy) {
        super(delegate);
        this.unwrapPolicy = unwrapPolicy;
    }

    @Override
    public @Nullable Connection getConnection() throws SQLException {
        return audited(delegate().getConnection());
    }

    @Override
    public @Nullable Connection getConnection(String user, String password) throws SQLException {
        return audited(delegate().getConnection(user, password));
    }

    @Override
    public @Nullable ConnectionBuilder createConnectionBuilder() throws SQLException {
        ConnectionBuilder raw = delegate().createConnectionBuilder();
        return raw == null ? null : new AuditedConnectionBuilder(raw, unwrapPolicy);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return unwrapPolicy.unwrap(this, delegate(), type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return unwrapPolicy.isWrapperFor(this, delegate(), type);
    }

    private @Nullable Connection audited(@Nullable Connection raw) {
        return raw == null ? null : new AuditedConnection(raw, unwrapPolicy);
    }
}
