package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingDataSource;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections are audited. As thread-safe as the data source behind it. */
public class AuditedDataSource extends DelegatingDataSource {

    private final Auditing auditing;

    /**
     * Wraps a data source.
     *
     * @param delegate the driver's or the pool's data source
     * @param auditing asked about every raw object that leaves by way of this data source
     */
    public AuditedDataSource(DataSource delegate, Auditing auditing) {
        super(delegate);
        this.auditing = auditing;
    }

    @Override
    public @Nullable Connection getConnection() throws SQLException {
        return auditing.audited(delegate().getConnection());
    }

    @Override
    public @Nullable Connection getConnection(String user, String password) throws SQLException {
        return auditing.audited(delegate().getConnection(user, password));
    }

    @Override
    public @Nullable ConnectionBuilder createConnectionBuilder() throws SQLException {
        ConnectionBuilder raw = delegate().createConnectionBuilder();
        return raw == null ? null : new AuditedConnectionBuilder(raw, auditing);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return auditing.unwrap(this, delegate(), type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return auditing.isWrapperFor(this, delegate(), type);
    }
}
