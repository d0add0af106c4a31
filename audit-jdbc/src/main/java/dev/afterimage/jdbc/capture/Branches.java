package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The branches of distributed transactions that one connection works on, as its resource is told of them. Told after the
 * driver has agreed. Not thread-safe, as the resource is not. No public method throws.
 *
 * <p>PostgreSQL, MariaDB and H2 have one transaction on a connection, branch or not: what is done between the end of a
 * branch and its commit is, where it is allowed, part of it. So the work stays with the session until it is prepared or
 * settled; only where a driver lets another branch begin meanwhile, it is set aside.
 */
public final class Branches {

    private final PreparedWork prepared;
    private final Map<BranchName, OpenWork> aside = new HashMap<>(2);
    private @Nullable Session session;
    private @Nullable BranchName current;
    private boolean active;
    private long askedNanos;

    /** Begins without a branch. */
    public Branches(PreparedWork prepared) {
        this.prepared = prepared;
    }

    /** The application gets a handle of the connection. */
    public void attached(Session handle) {
        session = handle;
        if (active) {
            handle.handover().branchBegun();
        }
    }

    /** Work from now on belongs to a branch: a new one, one that is joined or one that is taken up again. */
    public void started(Xid xid) {
        try {
            BranchName name = BranchName.of(xid);
            if (!name.equals(current)) {
                exchange(name);
            }
            active = true;
            if (session != null) {
                session.handover().branchBegun();
            }
        } catch (Throwable t) {
            prepared.failed(t);
        }
    }

    private void exchange(BranchName name) {
        if (current != null && session != null) {
            aside.put(current, session.handover().takeWork());
        }
        OpenWork earlier = aside.remove(name);
        if (earlier != null && session != null) {
            session.handover().resume(earlier);
        }
        current = name;
    }

    /**
     * A branch is about to be left, or to end: while it is open, its record can be written.
     *
     * @param left whether it was left before, so that MariaDB takes nothing more
     * @throws SQLException if the record could not be written
     */
    public void aboutToLeave(Xid xid, boolean left) throws SQLException {
        Storing storing = session == null ? null : session.storing();
        if (storing != null
                && session != null
                && BranchName.of(xid).equals(current)
                && !(left && isDialect(SqlDialect.MYSQL))) {
            session.settle();
            if (!session.state().isDoomed()) {
                storing.beforeCommit();
            }
        }
    }

    /** The first phase is about to begin, or the only one. Answers what the methods about its end want to know. */
    public boolean aboutToEnd() {
        boolean doomed = session != null && session.handover().aboutToEndBranch();
        askedNanos = System.nanoTime();
        return doomed;
    }

    /**
     * The first phase was successful.
     *
     * @param vote what the resource has answered
     */
    public void prepared(Xid xid, int vote, boolean doomed) {
        try {
            BranchName name = BranchName.of(xid);
            if (doomed) {
                settle(name, BranchEnd.ROLLED_BACK);
            } else if (vote == XAResource.XA_RDONLY) {
                // Over, and nothing was changed; if something was seen all the same, that is for a person to judge.
                settle(name, BranchEnd.IN_DOUBT);
            } else {
                keep(name);
            }
        } catch (Throwable t) {
            prepared.failed(t);
        }
    }

    private void keep(BranchName name) {
        OpenWork work = aside.remove(name);
        if (work == null && session != null && isHere(name)) {
            work = session.handover().prepared(name);
        }
        prepared.keep(name, work);
        left(name);
    }

    /** The first phase has failed. */
    public void prepareFailed(Xid xid, boolean doomed, Throwable failure) {
        try {
            BranchName name = BranchName.of(xid);
            BranchEnd end = BranchEnd.of(failure);
            Throwable cause = BranchEnd.sqlOf(failure);
            if (end != null || doomed) {
                settle(name, doomed || end == null ? BranchEnd.ROLLED_BACK : end);
            } else if (TransactionFate.isInDoubt(cause) && !BranchEnd.isOutOfPlace(failure)) {
                keep(name); // It may be prepared: then its second phase will come.
            } else if (isDialect(SqlDialect.POSTGRESQL) && cause != failure) {
                settle(name, BranchEnd.ROLLED_BACK);
            }
        } catch (Throwable t) {
            prepared.failed(t);
        }
    }

    /** A commit was successful, in one phase or the second of two. */
    public void committed(Xid xid, boolean onePhase, boolean doomed) {
        try {
            BranchName name = BranchName.of(xid);
            BranchEnd end = onePhase && doomed ? BranchEnd.ROLLED_BACK : BranchEnd.COMMITTED;
            if (!settle(name, end) && end == BranchEnd.COMMITTED) {
                prepared.unseen(name);
            }
        } catch (Throwable t) {
            prepared.failed(t);
        }
    }

    /** A commit has failed. */
    public void commitFailed(Xid xid, boolean onePhase, boolean doomed, Throwable failure) {
        try {
            BranchName name = BranchName.of(xid);
            BranchEnd end = BranchEnd.of(failure);
            if (end == null && onePhase && !BranchEnd.isOutOfPlace(failure)) {
                boolean refused = doomed || !TransactionFate.isInDoubt(BranchEnd.sqlOf(failure));
                end = refused ? BranchEnd.ROLLED_BACK : BranchEnd.IN_DOUBT;
            }
            ended(name, end, failure);
        } catch (Throwable t) {
            prepared.failed(t);
        }
    }

    /** A rollback was successful. */
    public void rolledBack(Xid xid) {
        try {
            BranchName name = BranchName.of(xid);
            // H2 rolls back what its connection has open, and leaves alone what another one has prepared.
            if (!isDialect(SqlDialect.H2) || isHere(name)) {
                settle(name, BranchEnd.ROLLED_BACK);
            }
        } catch (Throwable t) {
            prepared.failed(t);
        }
    }

    /** A rollback has failed. */
    public void rollbackFailed(Xid xid, Throwable failure) {
        try {
            BranchName name = BranchName.of(xid);
            BranchEnd end = BranchEnd.of(failure);
            if (end == null && name.equals(current) && !BranchEnd.isOutOfPlace(failure)) {
                end = BranchEnd.ROLLED_BACK; // Not prepared, and the connection is of no use any more.
            }
            ended(name, end, failure);
        } catch (Throwable t) {
            prepared.failed(t);
        }
    }

    /** A prepared transaction that the database still knows waits for the next attempt. */
    private void ended(BranchName name, @Nullable BranchEnd end, Throwable failure) {
        if (end != null) {
            settle(name, end);
        } else if (BranchEnd.isGone(failure)) {
            prepared.end(name, BranchEnd.IN_DOUBT, askedNanos, System.nanoTime());
        }
    }

    /** The physical connection is closed: what is not prepared is rolled back. */
    public void closed() {
        aside.values().forEach(work -> work.end(BranchEnd.ROLLED_BACK, askedNanos, askedNanos));
        aside.clear();
        current = null;
        active = false;
    }

    /** Ends the work of a branch, wherever it is; answers whether it was anywhere. */
    private boolean settle(BranchName name, BranchEnd end) {
        long returned = System.nanoTime();
        boolean known = prepared.end(name, end, askedNanos, returned);
        OpenWork work = aside.remove(name);
        if (work != null) {
            work.end(end, askedNanos, returned);
            known = true;
        }
        if (isHere(name)) {
            known = true;
            if (session != null) {
                session.handover().branchEnded(end, askedNanos, returned);
            }
        }
        left(name);
        return known;
    }

    /** Whether the connection's open transaction is the branch's. */
    private boolean isHere(BranchName name) {
        return name.equals(current) || (session != null && session.handover().hasPrepared(name));
    }

    private void left(BranchName name) {
        if (name.equals(current)) {
            current = null;
            active = false;
        }
    }

    private boolean isDialect(SqlDialect dialect) {
        return session != null && session.capture().dialect() == dialect;
    }
}
