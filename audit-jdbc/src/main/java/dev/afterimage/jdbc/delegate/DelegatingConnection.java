package dev.afterimage.jdbc.delegate;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import javax.annotation.processing.Generated;

/** Forwards every method of {@link Connection} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingConnection extends Delegating implements Connection {

    private final Connection delegate;

    protected DelegatingConnection(Connection delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected Connection delegate() {
        return delegate;
    }

    /** Returns what wraps the driver's answers. */
    protected abstract Outgoing outgoing();

    @Override
    public void abort(Executor executor) throws SQLException {
        delegate.abort(executor);
    }

    @Override
    public void beginRequest() throws SQLException {
        delegate.beginRequest();
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
    public void commit() throws SQLException {
        delegate.commit();
    }

    @Override
    public Array createArrayOf(String name, Object[] values) throws SQLException {
        return outgoing().array(delegate.createArrayOf(name, delegatesOf(values)));
    }

    @Override
    public Blob createBlob() throws SQLException {
        return outgoing().blob(delegate.createBlob());
    }

    @Override
    public Clob createClob() throws SQLException {
        return outgoing().clob(delegate.createClob());
    }

    @Override
    public NClob createNClob() throws SQLException {
        return outgoing().nClob(delegate.createNClob());
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        return outgoing().sqlXml(delegate.createSQLXML());
    }

    @Override
    public Statement createStatement() throws SQLException {
        return outgoing().statement(delegate.createStatement());
    }

    @Override
    public Statement createStatement(int index, int number) throws SQLException {
        return outgoing().statement(delegate.createStatement(index, number));
    }

    @Override
    public Statement createStatement(int index, int number, int number3) throws SQLException {
        return outgoing().statement(delegate.createStatement(index, number, number3));
    }

    @Override
    public Struct createStruct(String name, Object[] values) throws SQLException {
        return outgoing().struct(delegate.createStruct(name, delegatesOf(values)));
    }

    @Override
    public void endRequest() throws SQLException {
        delegate.endRequest();
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return delegate.getAutoCommit();
    }

    @Override
    public String getCatalog() throws SQLException {
        return delegate.getCatalog();
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        return delegate.getClientInfo();
    }

    @Override
    public String getClientInfo(String name) throws SQLException {
        return delegate.getClientInfo(name);
    }

    @Override
    public int getHoldability() throws SQLException {
        return delegate.getHoldability();
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        return outgoing().metaData(delegate.getMetaData());
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        return delegate.getNetworkTimeout();
    }

    @Override
    public String getSchema() throws SQLException {
        return delegate.getSchema();
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        return delegate.getTransactionIsolation();
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        return delegate.getTypeMap();
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        return delegate.getWarnings();
    }

    @Override
    public boolean isClosed() throws SQLException {
        return delegate.isClosed();
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return delegate.isReadOnly();
    }

    @Override
    public boolean isValid(int number) throws SQLException {
        return delegate.isValid(number);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return delegate.isWrapperFor(type);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        return delegate.nativeSQL(sql);
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return delegate.prepareCall(sql);
    }

    @Override
    public CallableStatement prepareCall(String sql, int number, int number3) throws SQLException {
        return delegate.prepareCall(sql, number, number3);
    }

    @Override
    public CallableStatement prepareCall(String sql, int number, int number3, int number4) throws SQLException {
        return delegate.prepareCall(sql, number, number3, number4);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return delegate.prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] numbers) throws SQLException {
        return delegate.prepareStatement(sql, numbers);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] names) throws SQLException {
        return delegate.prepareStatement(sql, names);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int number) throws SQLException {
        return delegate.prepareStatement(sql, number);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int number, int number3) throws SQLException {
        return delegate.prepareStatement(sql, number, number3);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int number, int number3, int number4) throws SQLException {
        return delegate.prepareStatement(sql, number, number3, number4);
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        delegate.releaseSavepoint(savepoint);
    }

    @Override
    public void rollback() throws SQLException {
        delegate.rollback();
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        delegate.rollback(savepoint);
    }

    @Override
    public void setAutoCommit(boolean flag) throws SQLException {
        delegate.setAutoCommit(flag);
    }

    @Override
    public void setCatalog(String name) throws SQLException {
        delegate.setCatalog(name);
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        delegate.setClientInfo(properties);
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        delegate.setClientInfo(name, value);
    }

    @Override
    public void setHoldability(int number) throws SQLException {
        delegate.setHoldability(number);
    }

    @Override
    public void setNetworkTimeout(Executor executor, int value) throws SQLException {
        delegate.setNetworkTimeout(executor, value);
    }

    @Override
    public void setReadOnly(boolean flag) throws SQLException {
        delegate.setReadOnly(flag);
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return delegate.setSavepoint();
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return delegate.setSavepoint(name);
    }

    @Override
    public void setSchema(String name) throws SQLException {
        delegate.setSchema(name);
    }

    @Override
    public void setShardingKey(ShardingKey shardingKey) throws SQLException {
        delegate.setShardingKey(shardingKey);
    }

    @Override
    public void setShardingKey(ShardingKey shardingKey, ShardingKey shardingKey2) throws SQLException {
        delegate.setShardingKey(shardingKey, shardingKey2);
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey shardingKey, int value) throws SQLException {
        return delegate.setShardingKeyIfValid(shardingKey, value);
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey shardingKey, ShardingKey shardingKey2, int number)
            throws SQLException {
        return delegate.setShardingKeyIfValid(shardingKey, shardingKey2, number);
    }

    @Override
    public void setTransactionIsolation(int number) throws SQLException {
        delegate.setTransactionIsolation(number);
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> types) throws SQLException {
        delegate.setTypeMap(types);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return delegate.unwrap(type);
    }
}
