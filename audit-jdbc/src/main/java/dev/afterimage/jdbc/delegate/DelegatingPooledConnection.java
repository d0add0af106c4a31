package dev.afterimage.jdbc.delegate;

import java.sql.Connection;
import java.sql.SQLException;
import javax.annotation.processing.Generated;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;

/** Forwards every method of {@link PooledConnection} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingPooledConnection extends Delegating implements PooledConnection {

    private final PooledConnection delegate;

    protected DelegatingPooledConnection(PooledConnection delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected PooledConnection delegate() {
        return delegate;
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        delegate.addConnectionEventListener(listener);
    }

    @Override
    public void addStatementEventListener(StatementEventListener listener) {
        delegate.addStatementEventListener(listener);
    }

    @Override
    public void close() throws SQLException {
        delegate.close();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return delegate.getConnection();
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        delegate.removeConnectionEventListener(listener);
    }

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {
        delegate.removeStatementEventListener(listener);
    }
}
