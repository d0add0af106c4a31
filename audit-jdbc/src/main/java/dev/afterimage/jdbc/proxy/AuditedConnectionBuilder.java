package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingConnectionBuilder;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A builder whose product is audited. */
final class AuditedConnectionBuilder extends DelegatingConnectionBuilder {

    private final Auditing auditing;

    AuditedConnectionBuilder(ConnectionBuilder delegate, Auditing auditing) {
        super(delegate);
        this.auditing = auditing;
    }

    @Override
    public @Nullable Connection build() throws SQLException {
        return auditing.audited(delegate().build());
    }
}
