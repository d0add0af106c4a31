package dev.afterimage.jdbc.delegate;

import java.sql.NClob;
import javax.annotation.processing.Generated;

/** Forwards every method of {@link NClob} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingNClob extends DelegatingClob implements NClob {

    private final NClob delegate;

    protected DelegatingNClob(NClob delegate) {
        super(delegate);
        this.delegate = delegate;
    }

    @Override
    protected NClob delegate() {
        return delegate;
    }

    /** Returns the object behind a wrapper, and any other object, or null, as it is. */
    public static NClob delegateOf(NClob value) {
        return value instanceof DelegatingNClob wrapper ? wrapper.delegate() : value;
    }
}
