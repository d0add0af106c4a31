package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.Session;
import dev.afterimage.jdbc.delegate.DelegatingPooledConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/** A physical connection whose handles are audited, and whose events name it as their source. */
class AuditedPooledConnection extends DelegatingPooledConnection {

    private final Auditing auditing;
    private volatile @Nullable AuditedConnection handle;

    AuditedPooledConnection(PooledConnection delegate, Auditing auditing) {
        super(delegate);
        this.auditing = auditing;
    }

    @Override
    public @Nullable Connection getConnection() throws SQLException {
        Connection raw = delegate().getConnection();
        if (raw == null || auditing.isAudited(raw)) {
            handle = null;
            return raw;
        }
        AuditedConnection earlier = handle;
        Session session =
                earlier == null ? auditing.session(raw) : earlier.session().next(raw);
        attached(session);
        AuditedConnection next = AuditedConnection.handle(raw, auditing, session);
        handle = next;
        return next;
    }

    /** The session of the handle that is about to be given out. */
    void attached(Session session) {}

    /** Open work ends with the physical connection, not before. */
    @Override
    public void close() throws SQLException {
        try {
            delegate().close();
        } finally {
            AuditedConnection last = handle;
            if (last != null) {
                last.session().physicalClosed();
            }
        }
    }

    /** The driver has closed the handle given out last. */
    void handleClosed() {
        AuditedConnection last = handle;
        if (last != null) {
            last.closed();
        }
    }

    /** Wraps the statement of an event, by way of the handle given out last. */
    @Nullable
    PreparedStatement audited(@Nullable PreparedStatement raw) {
        AuditedConnection current = handle;
        return raw == null || current == null ? null : new AuditedPreparedStatement(raw, current, null);
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        delegate().addConnectionEventListener(relay(listener));
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        delegate().removeConnectionEventListener(relay(listener));
    }

    @Override
    public void addStatementEventListener(StatementEventListener listener) {
        delegate().addStatementEventListener(relay(listener));
    }

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {
        delegate().removeStatementEventListener(relay(listener));
    }

    private @Nullable ConnectionEventListener relay(@Nullable ConnectionEventListener listener) {
        return listener == null ? null : new ConnectionEventRelay(this, listener);
    }

    private @Nullable StatementEventListener relay(@Nullable StatementEventListener listener) {
        return listener == null ? null : new StatementEventRelay(this, listener);
    }
}
