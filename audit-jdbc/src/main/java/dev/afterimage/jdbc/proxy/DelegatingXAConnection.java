package dev.afterimage.jdbc.proxy;

import java.sql.SQLException;
import javax.annotation.processing.Generated;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.NullUnmarked;

/** Forwards every method of {@link XAConnection} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
@NullUnmarked
abstract class DelegatingXAConnection extends AuditedPooledConnection implements XAConnection {

    private final XAConnection delegate;

    DelegatingXAConnection(XAConnection delegate, Auditing auditing) {
        super(delegate, auditing);
        this.delegate = delegate;
    }

    @Override
    protected XAConnection delegate() {
        return delegate;
    }

    @Override
    public XAResource getXAResource() throws SQLException {
        return delegate.getXAResource();
    }
}
