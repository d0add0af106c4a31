package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingArray;
import dev.afterimage.jdbc.delegate.Outgoing;
import java.sql.Array;

/** An array whose result sets lead back to the audited connection. */
final class AuditedArray extends DelegatingArray {

    private final AuditedConnection connection;

    AuditedArray(Array delegate, AuditedConnection connection) {
        super(delegate);
        this.connection = connection;
    }

    @Override
    protected Outgoing outgoing() {
        return connection.wrapping();
    }
}
