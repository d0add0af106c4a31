package dev.afterimage.jdbc.delegate;

import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import javax.annotation.processing.Generated;

/** Forwards every method of {@link Blob} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingBlob extends Delegating implements Blob {

    private final Blob delegate;

    protected DelegatingBlob(Blob delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected Blob delegate() {
        return delegate;
    }

    /** Returns the object behind a wrapper, and any other object, or null, as it is. */
    public static Blob delegateOf(Blob value) {
        return value instanceof DelegatingBlob wrapper ? wrapper.delegate() : value;
    }

    @Override
    public void free() throws SQLException {
        delegate.free();
    }

    @Override
    public InputStream getBinaryStream() throws SQLException {
        return delegate.getBinaryStream();
    }

    @Override
    public InputStream getBinaryStream(long length, long length2) throws SQLException {
        return delegate.getBinaryStream(length, length2);
    }

    @Override
    public byte[] getBytes(long length, int number) throws SQLException {
        return delegate.getBytes(length, number);
    }

    @Override
    public long length() throws SQLException {
        return delegate.length();
    }

    @Override
    public long position(byte[] bytes, long length) throws SQLException {
        return delegate.position(bytes, length);
    }

    @Override
    public long position(Blob blob, long length) throws SQLException {
        return delegate.position(DelegatingBlob.delegateOf(blob), length);
    }

    @Override
    public OutputStream setBinaryStream(long length) throws SQLException {
        return delegate.setBinaryStream(length);
    }

    @Override
    public int setBytes(long length, byte[] bytes) throws SQLException {
        return delegate.setBytes(length, bytes);
    }

    @Override
    public int setBytes(long length, byte[] bytes, int number, int number4) throws SQLException {
        return delegate.setBytes(length, bytes, number, number4);
    }

    @Override
    public void truncate(long length) throws SQLException {
        delegate.truncate(length);
    }
}
