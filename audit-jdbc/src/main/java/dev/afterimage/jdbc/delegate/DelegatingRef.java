package dev.afterimage.jdbc.delegate;

import java.sql.Ref;
import java.sql.SQLException;
import java.util.Map;
import javax.annotation.processing.Generated;

/** Forwards every method of {@link Ref} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingRef extends Delegating implements Ref {

    private final Ref delegate;

    protected DelegatingRef(Ref delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected Ref delegate() {
        return delegate;
    }

    /** Returns what wraps the driver's answers. */
    protected abstract Outgoing outgoing();

    /** Returns the object behind a wrapper, and any other object, or null, as it is. */
    public static Ref delegateOf(Ref value) {
        return value instanceof DelegatingRef wrapper ? wrapper.delegate() : value;
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        return delegate.getBaseTypeName();
    }

    @Override
    public Object getObject() throws SQLException {
        return outgoing().object(delegate.getObject());
    }

    @Override
    public Object getObject(Map<String, Class<?>> types) throws SQLException {
        return outgoing().object(delegate.getObject(types));
    }

    @Override
    public void setObject(Object value) throws SQLException {
        delegate.setObject(delegateOf(value));
    }
}
