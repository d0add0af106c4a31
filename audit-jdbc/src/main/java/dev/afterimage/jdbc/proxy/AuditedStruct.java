package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingStruct;
import dev.afterimage.jdbc.delegate.Outgoing;
import java.sql.Struct;

/** A structured value whose attributes lead back to the audited connection. */
final class AuditedStruct extends DelegatingStruct {

    private final AuditedConnection connection;

    AuditedStruct(Struct delegate, AuditedConnection connection) {
        super(delegate);
        this.connection = connection;
    }

    @Override
    protected Outgoing outgoing() {
        return connection.wrapping();
    }
}
