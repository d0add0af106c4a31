package dev.afterimage.jdbc.delegate;

import javax.annotation.processing.Generated;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Forwards every method of {@link XAResource} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
public abstract class DelegatingXAResource extends Delegating implements XAResource {

    private final XAResource delegate;

    protected DelegatingXAResource(XAResource delegate) {
        super();
        this.delegate = delegate;
    }

    @Override
    protected XAResource delegate() {
        return delegate;
    }

    /** Returns the object behind a wrapper, and any other object, or null, as it is. */
    public static XAResource delegateOf(XAResource value) {
        return value instanceof DelegatingXAResource wrapper ? wrapper.delegate() : value;
    }

    @Override
    public void commit(Xid xid, boolean flag) throws XAException {
        delegate.commit(xid, flag);
    }

    @Override
    public void end(Xid xid, int number) throws XAException {
        delegate.end(xid, number);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        delegate.forget(xid);
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return delegate.getTransactionTimeout();
    }

    @Override
    public boolean isSameRM(XAResource resource) throws XAException {
        return delegate.isSameRM(DelegatingXAResource.delegateOf(resource));
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return delegate.prepare(xid);
    }

    @Override
    public Xid[] recover(int number) throws XAException {
        return delegate.recover(number);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        delegate.rollback(xid);
    }

    @Override
    public boolean setTransactionTimeout(int number) throws XAException {
        return delegate.setTransactionTimeout(number);
    }

    @Override
    public void start(Xid xid, int number) throws XAException {
        delegate.start(xid, number);
    }
}
