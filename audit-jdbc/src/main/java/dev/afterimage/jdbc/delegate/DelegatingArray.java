package dev.afterimage.jdbc.delegate;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import javax.annotation.processing.Generated;

/** Forwards every method of {@link Array} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingArray extends Delegating implements Array {

    private final Array delegate;

    protected DelegatingArray(Array delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected Array delegate() {
        return delegate;
    }

    /** Returns what wraps the driver's answers. */
    protected abstract Outgoing outgoing();

    /** Returns the object behind a wrapper, and any other object, or null, as it is. */
    public static Array delegateOf(Array value) {
        return value instanceof DelegatingArray wrapper ? wrapper.delegate() : value;
    }

    @Override
    public void free() throws SQLException {
        delegate.free();
    }

    @Override
    public Object getArray() throws SQLException {
        return outgoing().object(delegate.getArray());
    }

    @Override
    public Object getArray(Map<String, Class<?>> types) throws SQLException {
        return outgoing().object(delegate.getArray(types));
    }

    @Override
    public Object getArray(long length, int number) throws SQLException {
        return outgoing().object(delegate.getArray(length, number));
    }

    @Override
    public Object getArray(long length, int number, Map<String, Class<?>> types) throws SQLException {
        return outgoing().object(delegate.getArray(length, number, types));
    }

    @Override
    public int getBaseType() throws SQLException {
        return delegate.getBaseType();
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        return delegate.getBaseTypeName();
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return outgoing().resultSet(delegate.getResultSet());
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> types) throws SQLException {
        return outgoing().resultSet(delegate.getResultSet(types));
    }

    @Override
    public ResultSet getResultSet(long length, int number) throws SQLException {
        return outgoing().resultSet(delegate.getResultSet(length, number));
    }

    @Override
    public ResultSet getResultSet(long length, int number, Map<String, Class<?>> types) throws SQLException {
        return outgoing().resultSet(delegate.getResultSet(length, number, types));
    }
}
