package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingRef;
import dev.afterimage.jdbc.delegate.Outgoing;
import java.sql.Ref;

/** A reference whose target leads back to the audited connection. */
final class AuditedRef extends DelegatingRef {

    private final AuditedConnection connection;

    AuditedRef(Ref delegate, AuditedConnection connection) {
        super(delegate);
        this.connection = connection;
    }

    @Override
    protected Outgoing outgoing() {
        return connection.wrapping();
    }
}
