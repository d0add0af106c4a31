package dev.afterimage.jdbc.delegate;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.Clob;
import java.sql.SQLException;
import javax.annotation.processing.Generated;

/** Forwards every method of {@link Clob} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingClob extends Delegating implements Clob {

    private final Clob delegate;

    protected DelegatingClob(Clob delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected Clob delegate() {
        return delegate;
    }

    /** Returns the object behind a wrapper, and any other object, or null, as it is. */
    public static Clob delegateOf(Clob value) {
        return value instanceof DelegatingClob wrapper ? wrapper.delegate() : value;
    }

    @Override
    public void free() throws SQLException {
        delegate.free();
    }

    @Override
    public InputStream getAsciiStream() throws SQLException {
        return delegate.getAsciiStream();
    }

    @Override
    public Reader getCharacterStream() throws SQLException {
        return delegate.getCharacterStream();
    }

    @Override
    public Reader getCharacterStream(long length, long length2) throws SQLException {
        return delegate.getCharacterStream(length, length2);
    }

    @Override
    public String getSubString(long length, int number) throws SQLException {
        return delegate.getSubString(length, number);
    }

    @Override
    public long length() throws SQLException {
        return delegate.length();
    }

    @Override
    public long position(String name, long length) throws SQLException {
        return delegate.position(name, length);
    }

    @Override
    public long position(Clob clob, long length) throws SQLException {
        return delegate.position(DelegatingClob.delegateOf(clob), length);
    }

    @Override
    public OutputStream setAsciiStream(long length) throws SQLException {
        return delegate.setAsciiStream(length);
    }

    @Override
    public Writer setCharacterStream(long length) throws SQLException {
        return delegate.setCharacterStream(length);
    }

    @Override
    public int setString(long length, String value) throws SQLException {
        return delegate.setString(length, value);
    }

    @Override
    public int setString(long length, String value, int number, int number4) throws SQLException {
        return delegate.setString(length, value, number, number4);
    }

    @Override
    public void truncate(long length) throws SQLException {
        delegate.truncate(length);
    }
}
