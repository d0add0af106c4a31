package dev.afterimage.jdbc.delegate;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.util.logging.Logger;
import javax.annotation.processing.Generated;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;

/** Forwards every method of {@link ConnectionPoolDataSource} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingConnectionPoolDataSource extends Delegating implements ConnectionPoolDataSource {

    private final ConnectionPoolDataSource delegate;

    protected DelegatingConnectionPoolDataSource(ConnectionPoolDataSource delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected ConnectionPoolDataSource delegate() {
        return delegate;
    }

    @Override
    public PooledConnectionBuilder createPooledConnectionBuilder() throws SQLException {
        return delegate.createPooledConnectionBuilder();
    }

    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return delegate.createShardingKeyBuilder();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return delegate.getLogWriter();
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return delegate.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return delegate.getParentLogger();
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return delegate.getPooledConnection();
    }

    @Override
    public PooledConnection getPooledConnection(String name, String name2) throws SQLException {
        return delegate.getPooledConnection(name, name2);
    }

    @Override
    public void setLogWriter(PrintWriter printWriter) throws SQLException {
        delegate.setLogWriter(printWriter);
    }

    @Override
    public void setLoginTimeout(int number) throws SQLException {
        delegate.setLoginTimeout(number);
    }
}
