package dev.afterimage.jdbc.delegate;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.SQLException;
import java.sql.SQLXML;
import javax.annotation.processing.Generated;
import javax.xml.transform.Result;
import javax.xml.transform.Source;

/** Forwards every method of {@link SQLXML} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingSQLXML extends Delegating implements SQLXML {

    private final SQLXML delegate;

    protected DelegatingSQLXML(SQLXML delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected SQLXML delegate() {
        return delegate;
    }

    /** Returns the object behind a wrapper, and any other object, or null, as it is. */
    public static SQLXML delegateOf(SQLXML value) {
        return value instanceof DelegatingSQLXML wrapper ? wrapper.delegate() : value;
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
    public Reader getCharacterStream() throws SQLException {
        return delegate.getCharacterStream();
    }

    @Override
    public <T extends Source> T getSource(Class<T> type) throws SQLException {
        return delegate.getSource(type);
    }

    @Override
    public String getString() throws SQLException {
        return delegate.getString();
    }

    @Override
    public OutputStream setBinaryStream() throws SQLException {
        return delegate.setBinaryStream();
    }

    @Override
    public Writer setCharacterStream() throws SQLException {
        return delegate.setCharacterStream();
    }

    @Override
    public <T extends Result> T setResult(Class<T> type) throws SQLException {
        return delegate.setResult(type);
    }

    @Override
    public void setString(String name) throws SQLException {
        delegate.setString(name);
    }
}
