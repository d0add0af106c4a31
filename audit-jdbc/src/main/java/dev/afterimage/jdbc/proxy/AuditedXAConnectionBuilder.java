package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingXAConnectionBuilder;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;
import org.jspecify.annotations.Nullable;

/** A builder whose product is audited. */
final class AuditedXAConnectionBuilder extends DelegatingXAConnectionBuilder {

    private final Auditing auditing;

    AuditedXAConnectionBuilder(XAConnectionBuilder delegate, Auditing auditing) {
        super(delegate);
        this.auditing = auditing;
    }

    @Override
    public @Nullable XAConnection build() throws SQLException {
        XAConnection raw = delegate().build();
        return raw == null ? null : new AuditedXAConnection(raw, auditing);
    }
}
