package dev.afterimage.jdbc.delegate;

import java.sql.SQLException;
import java.sql.Struct;
import java.util.Map;
import javax.annotation.processing.Generated;

/** Forwards every method of {@link Struct} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingStruct extends Delegating implements Struct {

    private final Struct delegate;

    protected DelegatingStruct(Struct delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected Struct delegate() {
        return delegate;
    }

    /** Returns what wraps the driver's answers. */
    protected abstract Outgoing outgoing();

    /** Returns the object behind a wrapper, and any other object, or null, as it is. */
    public static Struct delegateOf(Struct value) {
        return value instanceof DelegatingStruct wrapper ? wrapper.delegate() : value;
    }

    @Override
    public Object[] getAttributes() throws SQLException {
        return outgoing().objects(delegate.getAttributes());
    }

    @Override
    public Object[] getAttributes(Map<String, Class<?>> types) throws SQLException {
        return outgoing().objects(delegate.getAttributes(types));
    }

    @Override
    public String getSQLTypeName() throws SQLException {
        return delegate.getSQLTypeName();
    }
}
