package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.Branches;
import dev.afterimage.jdbc.delegate.DelegatingXAResource;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What a transaction manager drives a branch with; what it asks for decides about the branch's work. */
final class AuditedXAResource extends DelegatingXAResource {

    private final Branches branches;

    AuditedXAResource(XAResource delegate, Branches branches) {
        super(delegate);
        this.branches = branches;
    }

    /** Whether this stands in front of that very resource. */
    boolean wraps(XAResource raw) {
        return delegate() == raw;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        delegate().start(xid, flags);
        branches.started(xid);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        if (flags != TMFAIL) {
            store(xid, false);
        }
        delegate().end(xid, flags);
    }

    /** A branch whose record cannot be written must not be committed. */
    private void store(Xid xid, boolean left) throws XAException {
        try {
            branches.aboutToLeave(xid, left);
        } catch (SQLException e) {
            XAException refusal = new XAException(e.getMessage());
            refusal.errorCode = XAException.XA_RBROLLBACK;
            refusal.initCause(e);
            throw refusal;
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        store(xid, true);
        boolean doomed = branches.aboutToEnd();
        int vote;
        try {
            vote = delegate().prepare(xid);
        } catch (XAException | RuntimeException | Error e) {
            branches.prepareFailed(xid, doomed, e);
            throw e;
        }
        branches.prepared(xid, vote, doomed);
        return vote;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (onePhase) {
            store(xid, true);
        }
        boolean doomed = branches.aboutToEnd();
        try {
            delegate().commit(xid, onePhase);
        } catch (XAException | RuntimeException | Error e) {
            branches.commitFailed(xid, onePhase, doomed, e);
            throw e;
        }
        branches.committed(xid, onePhase, doomed);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        branches.aboutToEnd();
        try {
            delegate().rollback(xid);
        } catch (XAException | RuntimeException | Error e) {
            branches.rollbackFailed(xid, e);
            throw e;
        }
        branches.rolledBack(xid);
    }
}
