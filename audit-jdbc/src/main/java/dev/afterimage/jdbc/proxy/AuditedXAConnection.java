package dev.afterimage.jdbc.proxy;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A connection of a distributed transaction, with an audited handle and an audited resource. */
final class AuditedXAConnection extends DelegatingXAConnection {

    private @Nullable AuditedXAResource resource;

    AuditedXAConnection(XAConnection delegate, Auditing auditing) {
        super(delegate, auditing);
    }

    /** Answers the same wrapper for the same resource. */
    @Override
    public @Nullable XAResource getXAResource() throws SQLException {
        XAResource raw = delegate().getXAResource();
        if (raw == null) {
            return null;
        }
        AuditedXAResource known = resource;
        if (known == null || !known.wraps(raw)) {
            known = new AuditedXAResource(raw);
            resource = known;
        }
        return known;
    }
}
