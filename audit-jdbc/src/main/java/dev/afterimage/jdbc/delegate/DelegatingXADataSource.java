package dev.afterimage.jdbc.delegate;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.util.logging.Logger;
import javax.annotation.processing.Generated;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;
import javax.sql.XADataSource;

/** Forwards every method of {@link XADataSource} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingXADataSource extends Delegating implements XADataSource {

    private final XADataSource delegate;

    protected DelegatingXADataSource(XADataSource delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected XADataSource delegate() {
        return delegate;
    }

    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return delegate.createShardingKeyBuilder();
    }

    @Override
    public XAConnectionBuilder createXAConnectionBuilder() throws SQLException {
        return delegate.createXAConnectionBuilder();
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
    public XAConnection getXAConnection() throws SQLException {
        return delegate.getXAConnection();
    }

    @Override
    public XAConnection getXAConnection(String name, String name2) throws SQLException {
        return delegate.getXAConnection(name, name2);
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
