package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingPooledConnectionBuilder;
import java.sql.SQLException;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import org.jspecify.annotations.Nullable;

/** A builder whose product is audited. */
final class AuditedPooledConnectionBuilder extends DelegatingPooledConnectionBuilder {

    private final Auditing auditing;

    AuditedPooledConnectionBuilder(PooledConnectionBuilder delegate, Auditing auditing) {
        super(delegate);
        this.auditing = auditing;
    }

    @Override
    public @Nullable PooledConnection build() throws SQLException {
        PooledConnection raw = delegate().build();
        return raw == null ? null : new AuditedPooledConnection(raw, auditing);
    }
}
