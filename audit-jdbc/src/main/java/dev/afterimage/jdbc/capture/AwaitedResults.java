package dev.afterimage.jdbc.capture;

import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What is still to come of a session's last execution: rows and update counts that the application may yet read, and the
 * look at the transaction that waits for them. Settled before the connection does anything else. Not thread-safe, but for
 * {@link #aborted}: while a committed statement waits to be told, the open work is that statement alone, and belongs to
 * whoever holds the lock. Nothing under it is I/O.
 */
final class AwaitedResults {

    private final Session session;
    private @Nullable ReturnedRows rows;
    private @Nullable ResultCounts counts;
    private volatile boolean pending;
    private long askedNanos;
    private long returnedNanos;
    private boolean unsettled;

    AwaitedResults(Session session) {
        this.session = session;
    }

    /** A text was executed: of several statements, the application learns the counts one by one. */
    void countsOf(CapturePlan plan) {
        counts = plan.isSeveral() && plan.writes() ? new ResultCounts() : null;
    }

    /** The last entry of the open work is a statement of the text. */
    void recorded(int place, OpenWork work) {
        if (counts != null) {
            counts.recorded(place, work.updateCountAt());
        }
    }

    boolean hasCounts() {
        return counts != null;
    }

    /** The application may read the rows; null where there are none. */
    void follow(@Nullable ReturnedRows following) {
        rows = following;
    }

    /** The execution was a transaction of its own: it is told when its results are read, or when nobody will. */
    void holdBack(long asked, long returned) {
        askedNanos = asked;
        returnedNanos = returned;
        pending = true;
    }

    /** Whether a change has ended with its transaction cannot be asked yet. */
    void askLater() {
        unsettled = true;
    }

    // ---- results that the application reads

    /** A text has been executed: its further results, if it has any, are the statement's. */
    void resultsOf(Statement raw) {
        if (counts != null) {
            counts.executedBy(raw);
        }
    }

    /** The application has moved on to a statement's next result; answers its count where the driver was asked for it. */
    long nextResult(Statement raw, boolean isRows) {
        ResultCounts walked = counts;
        if (walked == null || !walked.isOf(raw)) {
            return Session.UNKNOWN_COUNT;
        }
        long count = Session.UNKNOWN_COUNT;
        try {
            int at = walked.next();
            count = isRows ? Session.UNKNOWN_COUNT : raw.getUpdateCount();
            if (!isRows && count < 0) {
                settle(); // There are no more.
            } else if (at >= 0 && count >= 0) {
                session.work().count(at, count);
            }
        } catch (Throwable t) {
            session.broken(t);
        }
        return count;
    }

    /** The number of the rows is known. */
    void counted(ReturnedRows ended) {
        synchronized (this) {
            if (ended == rows) {
                session.work().count(ended.countAt(), ended.counted());
            }
        }
    }

    /** The application will read no more of the rows. */
    void settle(ReturnedRows ended) {
        try {
            if (ended == rows) {
                settle();
            }
        } catch (Throwable t) {
            session.broken(t);
        }
    }

    // ---- the end

    private void settleRows() {
        ReturnedRows last = rows;
        rows = null;
        if (last != null) {
            session.work().returned(last);
        }
    }

    /** An autocommit statement whose keys the application was expected to read waits no longer. */
    void settle() {
        if (pending) {
            tellPending();
        }
        settleRows();
        counts = null;
        if (unsettled) {
            unsettled = false;
            long now = System.nanoTime();
            session.publishIfOver(false, now, now);
        }
    }

    private synchronized void tellPending() {
        if (pending) {
            settleRows();
            session.publish(false, askedNanos, returnedNanos);
        }
    }

    /** The connection is given up by another thread, perhaps while its own still reads: the rows are left to that one. */
    synchronized void aborted() {
        if (pending) {
            forgetResults();
            session.publish(false, askedNanos, returnedNanos);
        }
    }

    /** What was executed is undone. */
    void forgetResults() {
        rows = null;
        counts = null;
    }

    /** The transaction has ended. */
    void ended() {
        forgetResults();
        unsettled = false;
        if (pending) {
            pending = false; // Last: the connection's own thread goes on from here.
        }
    }
}
