package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.sql.SqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * Where the open work of a session goes when it ends with neither its handle nor its branch: to the next handle of the
 * physical connection, aside until the branch goes on, or to where prepared work waits. Not thread-safe.
 */
final class Handover {

    private final Session session;
    private @Nullable Object preparedHere;

    Handover(Session session) {
        this.session = session;
    }

    // ---- handles

    /** A handle of a physical connection was closed; drivers differ in what becomes of the open work. */
    void handleClosed() {
        try {
            session.settleAwaited();
            if (session.work().isEmpty() || !outlivesHandle()) {
                session.discard();
                session.work().close();
            }
        } catch (Throwable t) {
            session.broken(t);
        }
    }

    private boolean outlivesHandle() {
        return switch (session.capture().dialect()) {
            case POSTGRESQL -> !session.state().isOver(); // A branch stays; a pooled connection rolls back.
            case MYSQL -> true;
            case H2 -> false;
            default -> {
                session.work().doubt();
                yield true;
            }
        };
    }

    /** The session of the next handle goes on with the open work, where the driver does. */
    void to(Session next) {
        try {
            session.settleAwaited();
            handOver(next);
        } catch (Throwable t) {
            session.broken(t);
        }
    }

    private void handOver(Session next) {
        if (session.capture().dialect() == SqlDialect.H2) {
            session.discard(); // It rolls back before it makes a handle.
        } else if (session.capture().dialect() == SqlDialect.POSTGRESQL
                && next.state().isOver()) {
            long now = System.nanoTime();
            session.publish(true, now, now); // Ended by the driver between two handles; which way depends on its mode.
        } else {
            if (session.state().isOpenedByText()) {
                next.state().opened();
            }
            next.exchange(takeWork());
        }
    }

    // ---- branches

    /** Takes the open work away from the session. */
    OpenWork takeWork() {
        session.settleAwaited();
        OpenWork taken = session.exchange(new OpenWork(session.capture()));
        session.ended();
        return taken;
    }

    /** Goes on with work that was taken away. */
    void resume(OpenWork earlier) {
        if (!session.work().isEmpty()) {
            long now = System.nanoTime();
            session.publish(true, now, now);
        }
        session.exchange(earlier);
    }

    /** The open transaction was prepared: its work is not the session's any more. H2 still lets the session end it. */
    OpenWork prepared(Object name) {
        OpenWork taken = takeWork();
        if (session.capture().dialect() == SqlDialect.H2) {
            preparedHere = name;
        }
        return taken;
    }

    boolean hasPrepared(Object name) {
        return name.equals(preparedHere);
    }

    /** What is prepared outlives the connection. */
    void connectionClosed() {
        preparedHere = null;
    }

    /** H2 ends what the session has prepared together with its transaction. */
    void endPrepared(BranchEnd end, long asked, long returned) {
        Object name = preparedHere;
        if (name != null) {
            preparedHere = null;
            session.capture().prepared().end(name, end, asked, returned);
        }
    }

    /** A branch begins or goes on: what JDBC calls autocommit ends no transaction now. */
    void branchBegun() {
        session.state().branchBegun();
    }

    /** As {@link Session#aboutToCommit}, for a branch, which does not end with its handle. */
    boolean aboutToEndBranch() {
        try {
            session.settleAwaited();
            boolean doomed = !session.work().isEmpty() && session.state().isDoomed();
            if (!doomed && session.capture().announces()) {
                session.work().announce();
            }
            return doomed;
        } catch (Throwable t) {
            session.broken(t);
            return false;
        }
    }

    void branchEnded(BranchEnd end, long asked, long returned) {
        if (end == BranchEnd.ROLLED_BACK) {
            session.discard();
        } else {
            session.publish(end == BranchEnd.IN_DOUBT, asked, returned);
        }
    }
}
