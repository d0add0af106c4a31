package dev.afterimage.jdbc.capture;

import dev.afterimage.core.event.GapReason;
import dev.afterimage.jdbc.capture.CapturePlan.Step;
import dev.afterimage.jdbc.capture.CapturePlan.WriteStep;
import dev.afterimage.jdbc.outbox.Outbox;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work of one connection as it will stand in the trail: the entries of the open transaction, and what the database
 * has made of it. Not thread-safe, as a connection in use is not. No public method throws: whatever fails in here is the
 * audit's own trouble, counted and told as a gap.
 */
public final class Session {

    /** The driver does not say how many rows. */
    public static final long UNKNOWN_COUNT = -1;

    /** The beginning of an execution that ends no transaction. */
    private static final long UNTIMED = Long.MIN_VALUE;

    private final Capture capture;
    private final Connection raw;
    private final TransactionState state;
    private final SearchPath path;
    /** Null until something is awaited, which most short-lived connections never do; {@link #aborted} reads it too. */
    private volatile @Nullable AwaitedResults awaited;

    private final @Nullable Storing storing;
    private @Nullable ControlTexts texts;
    private @Nullable Handover handover;
    private OpenWork work;
    private boolean alone;
    /** Whether the open work consists of executions alone of which a pool may take no note. */
    private boolean unnoted = true;

    private boolean large;

    Session(Capture capture, Connection raw) {
        this.capture = capture;
        this.raw = raw;
        this.work = new OpenWork(capture);
        this.state = new TransactionState(raw, capture.dialect());
        this.path = new SearchPath(state);
        Outbox outbox = capture.outbox();
        this.storing = outbox == null ? null : new Storing(this, raw, outbox);
    }

    /** The capture of the data source that this connection belongs to. */
    public Capture capture() {
        return capture;
    }

    OpenWork work() {
        return work;
    }

    TransactionState state() {
        return state;
    }

    /** Few connections need it, and it would make each of them dearer; so with the hand-over. */
    ControlTexts texts() {
        ControlTexts known = texts;
        if (known == null) {
            known = new ControlTexts(this);
            texts = known;
        }
        return known;
    }

    AwaitedResults awaited() {
        AwaitedResults known = awaited;
        if (known == null) {
            known = new AwaitedResults(this);
            awaited = known;
        }
        return known;
    }

    /** The connection goes on to something else: nobody waits any longer for the results of the last execution. */
    void settleAwaited() {
        AwaitedResults known = awaited;
        if (known != null) {
            known.settle();
        }
    }

    Handover handover() {
        Handover known = handover;
        if (known == null) {
            known = new Handover(this);
            handover = known;
        }
        return known;
    }

    /** Whether the execution under way is a transaction of its own. */
    boolean isAlone() {
        return alone;
    }

    // ---- the outbox

    /** Where {@code audit.durability=database} is done; null where that is nowhere. */
    @Nullable
    Storing storing() {
        return storing;
    }

    /** Whether the execution under way is in a transaction that the application knows nothing of. */
    public boolean isEnclosed() {
        return storing != null && storing.isEnclosing();
    }

    /**
     * After an execution that has returned, when it was told.
     *
     * @throws SQLException if what the execution has done could not be committed
     */
    public void conclude() throws SQLException {
        if (storing != null) {
            storing.conclude();
        }
    }

    private void concludeFailed() {
        if (storing != null) {
            storing.concludeFailed();
        }
    }

    /** Before the handle of a branch is closed: nothing can be written by it afterwards. */
    public void aboutToClose() {
        try {
            if (storing != null && state.isBranch()) {
                settleAwaited();
                storing.beforeCommit();
            }
        } catch (Throwable t) {
            broken(t); // The end of the branch will say so.
        }
    }

    // ---- executions

    /** Marks the beginning of an execution; the argument for the methods that tell its end. */
    public long begin() {
        beginning();
        return System.nanoTime();
    }

    /**
     * As {@link #begin()}, for a text, with bound values, whose streams the driver may read now. When an execution began
     * is of use only where it may end a transaction, and a look at the clock is a good part of what capturing costs.
     */
    public long begin(CapturePlan plan, @Nullable Parameters parameters) {
        if (parameters != null) {
            parameters.beginExecution();
        }
        beginning();
        return alone || plan.mayEndTransaction() ? System.nanoTime() : UNTIMED;
    }

    private void beginning() {
        try {
            settleAwaited();
            // Asked before the execution: a broken connection tells nothing afterwards.
            alone = state.isAlone();
        } catch (Throwable t) {
            broken(t);
        }
    }

    /**
     * A statement was executed.
     *
     * @param plan of its text
     * @param parameters what was bound to it; null for a text without parameters
     * @param updateCount as the driver said, or {@link #UNKNOWN_COUNT}
     * @param begun what {@link #begin} has returned
     * @param keysFollow whether the application may read keys or rows that the statement returned
     * @param request by which the audit has asked for the rows; null where it has not
     * @return takes up those rows; null where there is nothing to learn from them
     */
    public @Nullable ReturnedRows executed(
            CapturePlan plan,
            @Nullable Parameters parameters,
            long updateCount,
            long begun,
            boolean keysFollow,
            @Nullable RowRequest request) {
        try {
            long ended = System.nanoTime();
            noted();
            boolean rowsFollow = request != null || (keysFollow && plan.wantsKeys());
            ReturnedRows following = apply(plan, parameters, updateCount, begun, ended, rowsFollow, request);
            AwaitedResults known = awaited;
            if (known != null && (following != null || known.hasCounts()) && state.isOver()) {
                known.holdBack(begun, ended);
            } else {
                publishIfOver(false, begun, ended);
            }
            if (known != null) {
                known.follow(following);
            }
            return following;
        } catch (Throwable t) {
            brokenAfter(begun, t);
            return null;
        }
    }

    /** Takes up what an executed text has done; whether it is committed by that is the caller's question. */
    @Nullable
    ReturnedRows apply(
            CapturePlan plan,
            @Nullable Parameters parameters,
            long updateCount,
            long begun,
            long ended,
            boolean rowsFollow,
            @Nullable RowRequest request) {
        ReturnedRows following = null;
        if (awaited != null || plan.isSeveral()) {
            awaited().countsOf(plan);
        }
        for (Step step : plan.steps()) {
            if (step instanceof WriteStep write) {
                // The driver's count is that of the first statement of the text.
                long count = write.place() == 0 ? updateCount : UNKNOWN_COUNT;
                if (!write.didNothing(count)) {
                    work.lookIn(path.current());
                    int index = work.append(write, parameters, count, ended);
                    if (index >= 0 && awaited != null) {
                        awaited().recorded(write.place(), work);
                    }
                    following = rowsFollow && index >= 0
                            ? new ReturnedRows(
                                    awaited(), capture, index, count, work.updateCountAt(), plan.showsKeys(), request)
                            : null;
                }
                noteCode(write);
            } else {
                texts().executed(step, begun, ended);
            }
        }
        noteShapes(plan);
        return following;
    }

    /** After that, no rollback is sure to undo what was done before. */
    void noteCode(WriteStep write) {
        if (write.runsCode() && state.mayEndInside()) {
            work.mayBeKept(state.isOpenedByText());
        }
    }

    /** What is known of the shape of tables may be so no more. */
    void noteShapes(CapturePlan plan) {
        if (plan.changesShapes()) {
            work.shapesChanged();
        }
    }

    /** A statement outside any transaction is one of its own, and has ended with it. */
    void publishIfOver(boolean inDoubt, long begun, long ended) {
        if (state.isOver()) {
            publish(inDoubt, begun, ended);
        }
    }

    /**
     * The next execution is by one of the methods for large counts. HikariCP takes no note of them: it neither rolls back
     * what they have done, when the connection is closed, nor says so, and the driver commits it.
     */
    public void large() {
        large = true;
    }

    void noted() {
        unnoted &= large;
        large = false;
    }

    // ---- batches

    /**
     * A batch was executed.
     *
     * @param counts as the driver said, row by row
     */
    public void executedBatch(CapturePlan plan, Parameters parameters, long @Nullable [] counts, long begun) {
        try {
            new Batches(this).executed(plan, parameters, Counts.of(counts), begun);
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** As the other, for counts as {@code executeBatch} answers them. */
    public void executedBatch(CapturePlan plan, Parameters parameters, int @Nullable [] counts, long begun) {
        try {
            new Batches(this).executed(plan, parameters, Counts.of(counts), begun);
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A batch of texts was executed. */
    public void executedBatch(List<CapturePlan> plans, int @Nullable [] counts, long begun) {
        try {
            new Batches(this).executed(plans, Counts.of(counts), begun);
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A batch of texts was executed. */
    public void executedBatch(List<CapturePlan> plans, long @Nullable [] counts, long begun) {
        try {
            new Batches(this).executed(plans, Counts.of(counts), begun);
        } catch (Throwable t) {
            broken(t);
        }
    }

    // ---- changes through objects that were read

    /** The application has changed a row through a result set: which one only the driver knows. */
    public void rowChanged(String how) {
        holdGap(how + " of a result set has changed a row; which one is not known");
    }

    private void holdGap(String detail) {
        try {
            settleAwaited();
            work.gap(GapReason.ROWS_UNKNOWN, 1, detail);
            awaited().askLater();
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** The application has written to a large object that it has read from a row. */
    public void lobChanged(String how) {
        if (capture.writesLobsInPlace()) {
            holdGap(how + " of a large object has changed it in place; which row it belongs to is not known");
        }
    }

    /** Takes stock before the connection changes its ways: what awaits a look at the transaction gets it now. */
    public void settle() {
        try {
            settleAwaited();
        } catch (Throwable t) {
            broken(t);
        }
    }

    // ---- failures

    /** An execution has failed; what it had done before is told by the exception, if by anything. */
    public void failed(CapturePlan plan, @Nullable Parameters parameters, long begun, Throwable failure) {
        try {
            new FailedExecutions(this).failed(plan, parameters, begun, failure);
            executionFailed();
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A batch has failed. */
    public void failedBatch(CapturePlan plan, Parameters parameters, long begun, Throwable failure) {
        try {
            new FailedExecutions(this).failedBatch(plan, parameters, begun, failure);
            executionFailed();
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A batch of texts has failed. */
    public void failedBatch(List<CapturePlan> plans, long begun, Throwable failure) {
        try {
            new FailedExecutions(this).failedBatch(plans, begun, failure);
            executionFailed();
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** What has failed, and left nothing, needs no room. */
    private void executionFailed() {
        concludeFailed();
        if (work.isEmpty()) {
            work.release();
        }
    }

    // ---- transactions

    /**
     * Just before a commit.
     *
     * @return whether the database will not commit, being about to roll back or gone: to be handed to {@link #committed}
     */
    public boolean aboutToCommit() {
        try {
            settleAwaited();
            if (state.mayBeDoomed() && !work.isToBeStored()) { // The outbox will tell.
                work.doubt();
            }
            return !work.isEmpty() && (state.isDoomed() || raw.isClosed());
        } catch (Throwable t) {
            broken(t);
            return false;
        }
    }

    /** The commit has returned. */
    public void committed(boolean doomed) {
        try {
            if (doomed) {
                discard();
            } else {
                publish(false, work.endedNanos(), System.nanoTime());
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** The commit has failed: refused, then nothing was kept; or its answer was lost. */
    public void commitFailed(boolean doomed, Throwable failure) {
        try {
            if (TransactionFate.isMisuse(failure)) {
                work.release();
                return;
            }
            if (doomed || !TransactionFate.isInDoubt(failure)) {
                discard();
            } else {
                publish(true, work.endedNanos(), System.nanoTime());
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A rollback has failed: it was not allowed, or the connection is of no use any more. */
    public void rollbackFailed(Throwable failure) {
        if (!TransactionFate.isMisuse(failure)) {
            rolledBack();
        }
    }

    /** A rollback has returned. */
    public void rolledBack() {
        try {
            settleAwaited();
            discard();
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A savepoint was set. */
    public void savepointSet(@Nullable Object handle, @Nullable String name) {
        try {
            work.savepoint(handle, name);
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** The work since a savepoint was undone. */
    public void rolledBackTo(@Nullable Object handle, @Nullable String name) {
        try {
            work.rollBackTo(handle, name);
            state.recovered();
            path.undoneInPart();
            AwaitedResults known = awaited;
            if (known != null) {
                known.forgetResults();
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A savepoint was given up; the work since stays. */
    public void savepointReleased(@Nullable Object handle, @Nullable String name) {
        try {
            work.release(handle, name);
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** The connection goes back to the driver or the pool: open work is rolled back. */
    public void closed() {
        try {
            settleAwaited();
            if (handover != null) {
                handover.connectionClosed();
            }
            if (!work.isEmpty() && unnoted && state.isBehindPool()) {
                long now = System.nanoTime();
                publish(true, now, now);
            } else {
                discard();
            }
            work.close();
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** The connection is given up, by any thread: what has committed already is told all the same. */
    public void aborted() {
        try {
            AwaitedResults known = awaited;
            if (known != null) {
                known.aborted();
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** Whether changing the isolation of the connection would commit: so on H2, with work open. */
    public boolean commitsOnIsolation() {
        return capture.dialect() == SqlDialect.H2 && !work.isEmpty();
    }

    /** Whether switching autocommit on may end something: work awaits its outcome, or a text has begun a transaction. */
    public boolean hasOpenWork() {
        return !work.isEmpty() || state.isOpenedByText();
    }

    /** Whether a commit given as text would be answered by a rollback; to be asked before it is executed. */
    public boolean isDoomed(CapturePlan plan) {
        try {
            if (!plan.beginsWithCommit() || work.isEmpty()) {
                return false;
            }
            if (state.mayBeDoomed() && !work.isToBeStored()) {
                work.doubt();
            }
            return state.isDoomed();
        } catch (Throwable t) {
            broken(t);
            return false;
        }
    }

    /**
     * The application has named the schema by a method of JDBC.
     *
     * @param catalog whether it called it a catalog, which means something in MySQL and MariaDB only
     */
    public void schemaSet(@Nullable String name, boolean catalog) {
        try {
            path.set(name, catalog);
        } catch (Throwable t) {
            broken(t);
        }
    }

    // ---- handles

    /** A handle of a physical connection was closed; drivers differ in what becomes of the open work. */
    public void handleClosed() {
        handover().handleClosed();
    }

    /** The physical connection was closed, and with it the last handle. */
    public void physicalClosed() {
        handover().handleClosed();
        closed();
    }

    /** The next handle of the same physical connection, by which the open work goes on. */
    public Session next(Connection handle) {
        Session next = new Session(capture, handle);
        handover().to(next);
        return next;
    }

    // ---- results

    /** A statement was closed, and with it the rows it had returned. */
    public void statementClosed() {
        settle();
    }

    /** A text has been executed: its further results, if it has any, are the statement's. */
    public void resultsOf(Statement raw) {
        AwaitedResults known = awaited;
        if (known != null) {
            known.resultsOf(raw);
        }
    }

    /**
     * The application has moved on to a statement's next result.
     *
     * @param rows whether that is a result set
     * @return the update count that the driver was asked for; or {@link #UNKNOWN_COUNT}
     */
    public long nextResult(Statement raw, boolean rows) {
        AwaitedResults known = awaited;
        return known == null ? UNKNOWN_COUNT : known.nextResult(raw, rows);
    }

    /**
     * Asks a driver for the count that {@code execute()} does not return.
     *
     * @return {@link #UNKNOWN_COUNT} where it does not say, or need not be asked
     */
    public long updateCount(Statement raw, CapturePlan plan) {
        return ResultCounts.first(raw, plan);
    }

    // ---- rows that the audit asks for

    /**
     * How a statement about to be prepared or executed is asked for the rows that it changes.
     *
     * @param prepared whether it may be executed in batches: rows of any length would make pgjdbc split them, which
     *     outside a transaction would commit them one by one
     * @return null where it is not asked
     */
    public @Nullable RowRequest request(CapturePlan plan, boolean prepared) {
        WantedRows wanted = plan.wanted();
        if (wanted == null) {
            return null;
        }
        try {
            RowRequest request = capture.request(wanted, path.current());
            boolean harmful = request != null
                    && prepared
                    && !request.standsBeside()
                    && (wanted.isBatched() || !(request.isFixedSize() || !raw.getAutoCommit()));
            return harmful ? null : request;
        } catch (Throwable t) {
            broken(t);
            return null;
        }
    }

    /** A statement that asks beside the application's own; null where none is needed, or none can be had. */
    public @Nullable PreparedStatement prepareBeside(RowRequest request) {
        try {
            return request.standsBeside() ? request.prepare(raw) : null;
        } catch (Throwable t) {
            broken(t);
            return null;
        }
    }

    /** The application has closed its own statement. */
    public void closeBeside(PreparedStatement asking) {
        try {
            asking.close();
        } catch (Throwable t) {
            broken(t);
        }
    }

    // ---- what the parts of a session share

    SearchPath path() {
        return path;
    }

    void publish(boolean inDoubt, long begun, long returned) {
        boolean unexpected = begun == UNTIMED;
        tell(inDoubt || unexpected, unexpected ? returned : begun, returned);
    }

    private void tell(boolean inDoubt, long asked, long returned) {
        endPrepared(inDoubt ? BranchEnd.IN_DOUBT : BranchEnd.COMMITTED, asked, returned);
        try {
            work.publish(inDoubt, asked, returned);
        } finally {
            path.ended(true);
            ended();
        }
    }

    void discard() {
        endPrepared(BranchEnd.ROLLED_BACK, 0, 0);
        try {
            work.discard();
        } finally {
            path.ended(false);
            ended();
        }
    }

    private void endPrepared(BranchEnd end, long asked, long returned) {
        if (handover != null) {
            handover.endPrepared(end, asked, returned);
        }
    }

    /** Where a text has begun the transaction, MariaDB begins the next one as soon as a deadlock has undone it. */
    void discardForFailure() {
        boolean goesOn = capture.dialect() == SqlDialect.MYSQL && state.isOpenedByText();
        discard();
        if (goesOn) {
            state.opened();
        }
    }

    /** Goes on with other work; answers what was open until now. */
    OpenWork exchange(OpenWork other) {
        OpenWork taken = work;
        work = other;
        return taken;
    }

    /** The transaction has ended, or is the session's no more. */
    void ended() {
        unnoted = true;
        state.ended();
        AwaitedResults known = awaited;
        if (known != null) {
            known.ended();
        }
    }

    void broken(Throwable t) {
        capture.failed(Doing.CAPTURING, t);
    }

    /** What is whole is told all the same, if it is settled. */
    void brokenAfter(long begun, Throwable t) {
        broken(t);
        try {
            publishIfOver(false, begun, System.nanoTime());
        } catch (Throwable again) {
            broken(again);
        }
    }
}
