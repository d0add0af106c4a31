package dev.afterimage.jdbc.driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source without a pool over one of physical connections: closing a connection closes the physical one behind it.
 * As thread-safe as the data source behind it.
 */
public final class PhysicalDataSource implements DataSource {

    private final CommonDataSource delegate;
    private final Opening opening;

    /** Opens a physical connection; user and password are null where the data source knows them. */
    @FunctionalInterface
    private interface Opening {
        PooledConnection open(@Nullable String user, @Nullable String password) throws SQLException;
    }

    private PhysicalDataSource(CommonDataSource delegate, Opening opening) {
        this.delegate = delegate;
        this.opening = opening;
    }

    /** A plain data source over one for distributed transactions. */
    public static DataSource of(XADataSource delegate) {
        Objects.requireNonNull(delegate, "delegate");
        return new PhysicalDataSource(
                delegate,
                (user, password) ->
                        user == null ? delegate.getXAConnection() : delegate.getXAConnection(user, password));
    }

    /** A plain data source over one for connection pools. */
    public static DataSource of(ConnectionPoolDataSource delegate) {
        Objects.requireNonNull(delegate, "delegate");
        return new PhysicalDataSource(
                delegate,
                (user, password) ->
                        user == null ? delegate.getPooledConnection() : delegate.getPooledConnection(user, password));
    }

    @Override
    public Connection getConnection() throws SQLException {
        return handle(opening.open(null, null));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return handle(opening.open(user, password));
    }

    private static Connection handle(PooledConnection physical) throws SQLException {
        try {
            Connection handle = physical.getConnection();
            physical.addConnectionEventListener(new ClosingListener(physical));
            return handle;
        } catch (SQLException | RuntimeException e) {
            physical.close();
            throw e;
        }
    }

    /** Closes the physical connection with its handle. */
    private record ClosingListener(PooledConnection physical) implements ConnectionEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            physical.removeConnectionEventListener(this);
            try {
                physical.close();
            } catch (SQLException alreadyGone) {
                // Nobody to tell: the handle is closed all the same.
            }
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {}
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return delegate.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        delegate.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        delegate.setLoginTimeout(seconds);
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
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("Not a wrapper of " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
