package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.Branches;
import dev.afterimage.jdbc.capture.Session;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A connection of a distributed transaction, with an audited handle and an audited resource. */
final class AuditedXAConnection extends DelegatingXAConnection {

    private final Branches branches;
    private @Nullable AuditedXAResource resource;

    AuditedXAConnection(XAConnection delegate, Auditing auditing) {
        super(delegate, auditing);
        this.branches = new Branches(auditing.prepared());
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
            known = new AuditedXAResource(raw, branches);
            resource = known;
        }
        return known;
    }

    @Override
    void attached(Session session) {
        branches.attached(session);
    }

    @Override
    public void close() throws SQLException {
        try {
            super.close();
        } finally {
            branches.closed();
        }
    }
}
