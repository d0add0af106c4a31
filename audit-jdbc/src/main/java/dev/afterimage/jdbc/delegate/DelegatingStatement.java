package dev.afterimage.jdbc.delegate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import javax.annotation.processing.Generated;

/** Forwards every method of {@link Statement} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingStatement extends Delegating implements Statement {

    private final Statement delegate;

    protected DelegatingStatement(Statement delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected Statement delegate() {
        return delegate;
    }

    /** Returns what wraps the driver's answers. */
    protected abstract Outgoing outgoing();

    @Override
    public void addBatch(String sql) throws SQLException {
        delegate.addBatch(sql);
    }

    @Override
    public void cancel() throws SQLException {
        delegate.cancel();
    }

    @Override
    public void clearBatch() throws SQLException {
        delegate.clearBatch();
    }

    @Override
    public void clearWarnings() throws SQLException {
        delegate.clearWarnings();
    }

    @Override
    public void close() throws SQLException {
        delegate.close();
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        delegate.closeOnCompletion();
    }

    @Override
    public String enquoteIdentifier(String name, boolean flag) throws SQLException {
        return delegate.enquoteIdentifier(name, flag);
    }

    @Override
    public String enquoteLiteral(String name) throws SQLException {
        return delegate.enquoteLiteral(name);
    }

    @Override
    public String enquoteNCharLiteral(String name) throws SQLException {
        return delegate.enquoteNCharLiteral(name);
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return delegate.execute(sql);
    }

    @Override
    public boolean execute(String sql, int[] numbers) throws SQLException {
        return delegate.execute(sql, numbers);
    }

    @Override
    public boolean execute(String sql, String[] names) throws SQLException {
        return delegate.execute(sql, names);
    }

    @Override
    public boolean execute(String sql, int number) throws SQLException {
        return delegate.execute(sql, number);
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return delegate.executeBatch();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return delegate.executeLargeBatch();
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        return delegate.executeLargeUpdate(sql);
    }

    @Override
    public long executeLargeUpdate(String sql, int[] numbers) throws SQLException {
        return delegate.executeLargeUpdate(sql, numbers);
    }

    @Override
    public long executeLargeUpdate(String sql, String[] names) throws SQLException {
        return delegate.executeLargeUpdate(sql, names);
    }

    @Override
    public long executeLargeUpdate(String sql, int number) throws SQLException {
        return delegate.executeLargeUpdate(sql, number);
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        return outgoing().resultSet(delegate.executeQuery(sql));
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        return delegate.executeUpdate(sql);
    }

    @Override
    public int executeUpdate(String sql, int[] numbers) throws SQLException {
        return delegate.executeUpdate(sql, numbers);
    }

    @Override
    public int executeUpdate(String sql, String[] names) throws SQLException {
        return delegate.executeUpdate(sql, names);
    }

    @Override
    public int executeUpdate(String sql, int number) throws SQLException {
        return delegate.executeUpdate(sql, number);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return outgoing().connection(delegate.getConnection());
    }

    @Override
    public int getFetchDirection() throws SQLException {
        return delegate.getFetchDirection();
    }

    @Override
    public int getFetchSize() throws SQLException {
        return delegate.getFetchSize();
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return outgoing().resultSet(delegate.getGeneratedKeys());
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        return delegate.getLargeMaxRows();
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        return delegate.getLargeUpdateCount();
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        return delegate.getMaxFieldSize();
    }

    @Override
    public int getMaxRows() throws SQLException {
        return delegate.getMaxRows();
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return delegate.getMoreResults();
    }

    @Override
    public boolean getMoreResults(int index) throws SQLException {
        return delegate.getMoreResults(index);
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        return delegate.getQueryTimeout();
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return outgoing().resultSet(delegate.getResultSet());
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        return delegate.getResultSetConcurrency();
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        return delegate.getResultSetHoldability();
    }

    @Override
    public int getResultSetType() throws SQLException {
        return delegate.getResultSetType();
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return delegate.getUpdateCount();
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        return delegate.getWarnings();
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        return delegate.isCloseOnCompletion();
    }

    @Override
    public boolean isClosed() throws SQLException {
        return delegate.isClosed();
    }

    @Override
    public boolean isPoolable() throws SQLException {
        return delegate.isPoolable();
    }

    @Override
    public boolean isSimpleIdentifier(String name) throws SQLException {
        return delegate.isSimpleIdentifier(name);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return delegate.isWrapperFor(type);
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        delegate.setCursorName(name);
    }

    @Override
    public void setEscapeProcessing(boolean flag) throws SQLException {
        delegate.setEscapeProcessing(flag);
    }

    @Override
    public void setFetchDirection(int number) throws SQLException {
        delegate.setFetchDirection(number);
    }

    @Override
    public void setFetchSize(int number) throws SQLException {
        delegate.setFetchSize(number);
    }

    @Override
    public void setLargeMaxRows(long length) throws SQLException {
        delegate.setLargeMaxRows(length);
    }

    @Override
    public void setMaxFieldSize(int number) throws SQLException {
        delegate.setMaxFieldSize(number);
    }

    @Override
    public void setMaxRows(int number) throws SQLException {
        delegate.setMaxRows(number);
    }

    @Override
    public void setPoolable(boolean flag) throws SQLException {
        delegate.setPoolable(flag);
    }

    @Override
    public void setQueryTimeout(int number) throws SQLException {
        delegate.setQueryTimeout(number);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return delegate.unwrap(type);
    }
}
