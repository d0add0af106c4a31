package dev.afterimage.jdbc.delegate;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.util.logging.Logger;
import javax.annotation.processing.Generated;
import javax.sql.DataSource;

/** Forwards every method of {@link DataSource} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingDataSource extends Delegating implements DataSource {

    private final DataSource delegate;

    protected DelegatingDataSource(DataSource delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected DataSource delegate() {
        return delegate;
    }

    @Override
    public ConnectionBuilder createConnectionBuilder() throws SQLException {
        return delegate.createConnectionBuilder();
    }

    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return delegate.createShardingKeyBuilder();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return delegate.getConnection();
    }

    @Override
    public Connection getConnection(String name, String name2) throws SQLException {
        return delegate.getConnection(name, name2);
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
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return delegate.isWrapperFor(type);
    }

    @Override
    public void setLogWriter(PrintWriter printWriter) throws SQLException {
        delegate.setLogWriter(printWriter);
    }

    @Override
    public void setLoginTimeout(int number) throws SQLException {
        delegate.setLoginTimeout(number);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return delegate.unwrap(type);
    }
}
