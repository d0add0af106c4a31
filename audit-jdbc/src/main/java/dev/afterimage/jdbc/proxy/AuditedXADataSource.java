package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingXADataSource;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** A data source for distributed transactions whose connections are audited. As thread-safe as the data source behind it. */
public final class AuditedXADataSource extends DelegatingXADataSource {

    private final Auditing auditing;

    /**
     * Wraps a data source.
     *
     * @param delegate the driver's data source
     * @param auditing asked about every raw object that leaves by way of this data source
     */
    public AuditedXADataSource(XADataSource delegate, Auditing auditing) {
        super(delegate);
        this.auditing = auditing;
    }

    @Override
    public @Nullable XAConnection getXAConnection() throws SQLException {
        return audited(delegate().getXAConnection());
    }

    @Override
    public @Nullable XAConnection getXAConnection(String user, String password) throws SQLException {
        return audited(delegate().getXAConnection(user, password));
    }

    @Override
    public @Nullable XAConnectionBuilder createXAConnectionBuilder() throws SQLException {
        XAConnectionBuilder raw = delegate().createXAConnectionBuilder();
        return raw == null ? null : new AuditedXAConnectionBuilder(raw, auditing);
    }

    private @Nullable XAConnection audited(@Nullable XAConnection raw) {
        return raw == null ? null : new AuditedXAConnection(raw, auditing);
    }
}
