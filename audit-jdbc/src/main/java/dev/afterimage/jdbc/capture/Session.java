package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.capture.CapturePlan.ControlStep;
import dev.afterimage.jdbc.capture.CapturePlan.Step;
import dev.afterimage.jdbc.capture.CapturePlan.WriteStep;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.BatchUpdateException;
import java.sql.Connection;
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

    private final Capture capture;
    private final Connection raw;
    private final OpenWork work;
    private final TransactionState state;
    private @Nullable KeyTee tee;
    private @Nullable ResultCounts counts;
    private long askedNanos;
    private boolean shapesChanged;
    private boolean alone;
    private boolean unsettled;
    private boolean pending;
    private long pendingReturned;

    Session(Capture capture, Connection raw) {
        this.capture = capture;
        this.raw = raw;
        this.work = new OpenWork(capture);
        this.state = new TransactionState(raw, capture.dialect());
    }

    /** The capture of the data source that this connection belongs to. */
    public Capture capture() {
        return capture;
    }

    // ---- executions

    /** Marks the beginning of an execution; the argument for the methods that tell its end. */
    public long begin() {
        try {
            settlePending();
            // Asked before the execution: a broken connection tells nothing afterwards.
            alone = state.isAlone();
        } catch (Throwable t) {
            broken(t);
        }
        return System.nanoTime();
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
     * @return watches those rows; null where there is nothing to learn from them
     */
    public @Nullable KeyTee executed(
            CapturePlan plan,
            @Nullable Parameters parameters,
            long updateCount,
            long begun,
            boolean keysFollow,
            @Nullable RowRequest request) {
        try {
            long ended = System.nanoTime();
            boolean rowsFollow = request != null || (keysFollow && plan.wantsKeys());
            KeyTee following = apply(plan, parameters, updateCount, begun, ended, rowsFollow, request, false);
            if ((following != null || counts != null) && state.isOver()) {
                askedNanos = begun;
                pendingReturned = ended;
                pending = true;
            } else {
                publishIfOver(false, begun, ended);
            }
            tee = following;
            return following;
        } catch (Throwable t) {
            brokenAfter(begun, t);
            return null;
        }
    }

    /** Takes up what an executed text has done; whether it is committed by that is the caller's question. */
    private @Nullable KeyTee apply(
            CapturePlan plan,
            @Nullable Parameters parameters,
            long updateCount,
            long begun,
            long ended,
            boolean rowsFollow,
            @Nullable RowRequest request,
            boolean inBatch) {
        KeyTee following = null;
        counts = plan.isSeveral() && plan.writes() ? new ResultCounts() : null;
        for (Step step : plan.steps()) {
            if (step instanceof WriteStep write) {
                // The driver's count is that of the first statement of the text.
                long count = write.place() == 0 ? updateCount : UNKNOWN_COUNT;
                if (!write.didNothing(count)) {
                    // Among other statements even an insert has its place by the time when they had completed.
                    boolean single = alone && !inBatch && plan.steps().length == 1;
                    int index = work.append(write, parameters, count, write.changedNanos(single, begun, ended));
                    if (counts != null && index >= 0) {
                        counts.recorded(write.place(), work.updateCountAt());
                    }
                    int countAt = count < 0 ? work.updateCountAt() : KeyTee.COUNT_KNOWN;
                    following = rowsFollow && index >= 0
                            ? new KeyTee(this, index, countAt, plan.showsKeys(), request)
                            : null;
                }
            } else {
                control(step, begun, ended);
            }
        }
        noteShapes(plan);
        return following;
    }

    /** Others may look a shape up again before the change is committed: it is forgotten once more then. */
    private void noteShapes(CapturePlan plan) {
        if (plan.changesShapes()) {
            shapesChanged = true;
            capture.forgetShapes();
        }
    }

    /** A statement outside any transaction is one of its own, and has ended with it. */
    private void publishIfOver(boolean inDoubt, long begun, long ended) {
        if (state.isOver()) {
            publish(inDoubt, begun, ended);
        }
    }

    /**
     * A batch was executed.
     *
     * @param counts as the driver said, row by row
     */
    public void executedBatch(CapturePlan plan, Parameters parameters, long @Nullable [] counts, long begun) {
        try {
            long ended = System.nanoTime();
            appliedBatch(
                    plan, parameters, counts == null ? Counts.unknown(parameters.batchRows()) : counts, begun, ended);
            publishIfOver(false, begun, ended);
        } catch (Throwable t) {
            brokenAfter(begun, t);
        }
    }

    /** As the other, for counts as {@code executeBatch} answers them. */
    public void executedBatch(CapturePlan plan, Parameters parameters, int @Nullable [] counts, long begun) {
        executedBatch(plan, parameters, Counts.wide(counts), begun);
    }

    private void appliedBatch(CapturePlan plan, Parameters parameters, long[] counts, long begun, long ended) {
        if (counts.length == 0) {
            return;
        }
        for (Step step : plan.steps()) {
            if (step instanceof WriteStep write) {
                work.appendBatch(
                        write,
                        parameters,
                        plan.isSeveral() ? Counts.withoutNumbers(counts) : counts,
                        write.changedNanos(alone, begun, ended));
            } else {
                control(step, begun, ended);
            }
        }
        noteShapes(plan);
    }

    /** A batch of texts was executed. */
    public void executedBatch(List<CapturePlan> plans, int @Nullable [] counts, long begun) {
        executedBatch(plans, Counts.wide(counts), begun);
    }

    /** A batch of texts was executed. */
    public void executedBatch(List<CapturePlan> plans, long @Nullable [] counts, long begun) {
        try {
            long ended = System.nanoTime();
            appliedBatch(plans, counts == null ? Counts.unknown(plans.size()) : counts, begun, ended);
            publishIfOver(false, begun, ended);
        } catch (Throwable t) {
            brokenAfter(begun, t);
        }
    }

    private void appliedBatch(List<CapturePlan> plans, long[] counts, long begun, long ended) {
        for (int i = 0; i < Math.min(counts.length, plans.size()); i++) {
            if (counts[i] != Statement.EXECUTE_FAILED) {
                apply(plans.get(i), null, counts[i] < 0 ? UNKNOWN_COUNT : counts[i], begun, ended, false, null, true);
            }
        }
    }

    /** The application has changed a row through a result set: which one only the driver knows. */
    public void rowChanged(String how) {
        try {
            settlePending();
            work.gap(GapReason.ROWS_UNKNOWN, 1, how + " of a result set has changed a row; which one is not known");
            unsettled = true;
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** Takes stock before the connection changes its ways: what awaits a look at the transaction gets it now. */
    public void settle() {
        try {
            settlePending();
        } catch (Throwable t) {
            broken(t);
        }
    }

    // ---- failures

    /** An execution has failed; what it had done before is told by the exception, if by anything. */
    public void failed(CapturePlan plan, @Nullable Parameters parameters, long begun, Throwable failure) {
        if (TransactionFate.isAppliedAllTheSame(failure)) {
            executed(plan, parameters, UNKNOWN_COUNT, begun, false, null);
            return;
        }
        try {
            long ended = System.nanoTime();
            boolean inDoubt = TransactionFate.isInDoubt(failure);
            if (plan.wanted() != null && TransactionFate.isUnknownColumn(failure)) {
                capture.forgetShapes();
            }
            if (plan.isSeveral()) {
                severalFailed(plan, inDoubt, begun, ended);
            } else if (plan.endsTransaction()) {
                endFailed(plan, inDoubt, failure, begun, ended);
            } else if (inDoubt && alone) {
                apply(plan, parameters, UNKNOWN_COUNT, begun, ended, false, null, false);
                publish(true, begun, ended);
            }
            noteFailure(failure);
        } catch (Throwable t) {
            brokenAfter(begun, t);
        }
    }

    /** Of several statements the first ones may have been executed; PostgreSQL undoes them, unless one was a COMMIT. */
    private void severalFailed(CapturePlan plan, boolean inDoubt, long begun, long ended) {
        boolean undone = capture.dialect() == SqlDialect.POSTGRESQL && !plan.endsTransaction();
        if (undone && !(inDoubt && alone)) {
            return;
        }
        if (plan.writes()) {
            work.gap(
                    GapReason.ROWS_UNKNOWN,
                    -1,
                    "A text of several statements has failed part way: which of them were kept is not known");
        }
        if (plan.endsTransaction() || (inDoubt && alone)) {
            publish(true, begun, ended);
        } else {
            publishIfOver(false, begun, ended);
        }
    }

    /** A text that ends the transaction has failed: COMMIT, or what commits before it is executed. */
    private void endFailed(CapturePlan plan, boolean inDoubt, Throwable failure, long begun, long ended) {
        if (inDoubt) {
            publish(true, begun, ended);
        } else if (plan.commitsImplicitly()) {
            if (!TransactionFate.isUnread(failure)) {
                // Most such statements commit first and then fail, some fail first.
                publish(true, begun, ended);
            }
        } else if (capture.dialect() == SqlDialect.POSTGRESQL || !TransactionFate.isUnread(failure)) {
            discard();
        }
    }

    private void noteFailure(Throwable failure) {
        boolean lost = capture.dialect() != SqlDialect.POSTGRESQL
                ? TransactionFate.isRolledBack(failure)
                : state.isOverForCertain();
        if (lost) {
            discardForFailure();
        } else {
            state.failed();
        }
    }

    /** Where a text has begun the transaction, MariaDB begins the next one as soon as a deadlock has undone it. */
    private void discardForFailure() {
        boolean goesOn = capture.dialect() == SqlDialect.MYSQL && state.isOpenedByText();
        discard();
        if (goesOn) {
            state.opened();
        }
    }

    /** A batch has failed. */
    public void failedBatch(CapturePlan plan, Parameters parameters, long begun, Throwable failure) {
        try {
            long ended = System.nanoTime();
            appliedBatch(plan, parameters, afterFailure(parameters.batchRows(), failure), begun, ended);
            batchFailed(failure, begun, ended);
        } catch (Throwable t) {
            brokenAfter(begun, t);
        }
    }

    /** A batch of texts has failed. */
    public void failedBatch(List<CapturePlan> plans, long begun, Throwable failure) {
        try {
            long ended = System.nanoTime();
            appliedBatch(plans, afterFailure(plans.size(), failure), begun, ended);
            batchFailed(failure, begun, ended);
        } catch (Throwable t) {
            brokenAfter(begun, t);
        }
    }

    /** What a failed batch has changed, row by row, as far as the exception says; a row without a count has failed. */
    private long[] afterFailure(int rows, Throwable failure) {
        if (TransactionFate.isInDoubt(failure) && alone) {
            return Counts.unknown(rows);
        }
        long[] counts = failure instanceof BatchUpdateException partly ? partly.getLargeUpdateCounts() : null;
        if (counts == null) {
            return new long[0];
        }
        if (capture.dialect() != SqlDialect.POSTGRESQL && TransactionFate.isRolledBack(failure)) {
            discardForFailure();
            return Counts.afterLastFailure(counts.clone());
        }
        return counts;
    }

    private void batchFailed(Throwable failure, long begun, long ended) {
        if (TransactionFate.isInDoubt(failure) && alone) {
            publish(true, begun, ended);
        } else {
            publishIfOver(false, begun, ended);
        }
        state.failed();
    }

    // ---- transactions

    /**
     * Just before a commit.
     *
     * @return whether the database will not commit, being about to roll back or gone: to be handed to {@link #committed}
     */
    public boolean aboutToCommit() {
        try {
            settlePending();
            askedNanos = System.nanoTime();
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
                publish(false, askedNanos, System.nanoTime());
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** The commit has failed: refused, then nothing was kept; or its answer was lost. */
    public void commitFailed(boolean doomed, Throwable failure) {
        try {
            if (TransactionFate.isMisuse(failure)) {
                return;
            }
            if (doomed || !TransactionFate.isInDoubt(failure)) {
                discard();
            } else {
                publish(true, askedNanos, System.nanoTime());
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
            settlePending();
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
            tee = null;
            counts = null;
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
            settlePending();
            discard();
            work.close();
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A statement was closed, and with it the rows it had returned. */
    public void statementClosed() {
        try {
            settlePending();
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A text has been executed: its further results, if it has any, are the statement's. */
    public void resultsOf(Statement raw) {
        if (counts != null) {
            counts.executedBy(raw);
        }
    }

    /**
     * The application has moved on to a statement's next result.
     *
     * @param rows whether that is a result set
     */
    public void nextResult(Statement raw, boolean rows) {
        ResultCounts walked = counts;
        if (walked == null || !walked.isOf(raw)) {
            return;
        }
        try {
            int at = walked.next();
            long count = rows ? UNKNOWN_COUNT : raw.getUpdateCount();
            if (!rows && count < 0) {
                settlePending(); // There are no more.
            } else if (at >= 0 && count >= 0) {
                work.count(at, count);
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** Asks a driver for the count that {@code execute()} does not return. */
    public long updateCount(Statement raw, CapturePlan plan) {
        try {
            return plan.steps()[0] instanceof WriteStep ? raw.getUpdateCount() : 0;
        } catch (SQLException | RuntimeException e) {
            return UNKNOWN_COUNT;
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

    private void control(Step step, long begun, long ended) {
        if (!(step instanceof ControlStep control)) {
            publish(false, begun, ended);
            return;
        }
        switch (control.kind()) {
            // MariaDB's BEGIN commits what is open, as its plan says; PostgreSQL's changes nothing within a
            // transaction.
            case BEGIN -> state.opened();
            case COMMIT -> publish(false, begun, ended);
            case ROLLBACK -> discard();
            case PREPARE_TRANSACTION -> publish(true, begun, ended);
            case SAVEPOINT -> savepointSet(null, control.name());
            case RELEASE_SAVEPOINT -> savepointReleased(null, control.name());
            case ROLLBACK_TO_SAVEPOINT -> rolledBackTo(null, control.name());
            default -> {}
        }
    }

    /** Whether a commit given as text would be answered by a rollback; to be asked before it is executed. */
    public boolean isDoomed(CapturePlan plan) {
        try {
            return plan.beginsWithCommit() && !work.isEmpty() && state.isDoomed();
        } catch (Throwable t) {
            broken(t);
            return false;
        }
    }

    private void publish(boolean inDoubt, long asked, long returned) {
        if (shapesChanged) {
            capture.forgetShapes();
        }
        work.publish(inDoubt, asked, returned);
        ended();
    }

    private void discard() {
        work.discard();
        ended();
    }

    private void ended() {
        state.ended();
        shapesChanged = false;
        tee = null;
        counts = null;
        pending = false;
        unsettled = false;
    }

    // ---- returned keys

    void putKey(ByteWriter to, String column, @Nullable Object value, int longest) {
        boolean tooLong = value instanceof String text
                ? text.length() > longest
                : value instanceof byte[] bytes && bytes.length > longest;
        if (tooLong || capture.hides(column)) {
            ValueCodec.putMasked(to);
        } else {
            capture.encoder().put(to, value);
        }
    }

    void putValue(ByteWriter to, @Nullable Object value) {
        capture.encoder().put(to, value);
    }

    void putRow(String json, TableName table, JsonRow.Cells cells) {
        new JsonRow(json).writeTo(cells, capture.encoder(), capture.rules().hiddenIn(table));
    }

    /** Most bytes of returned rows worth keeping: they must fit an entry. */
    int longestReturned() {
        return capture.maxEntryBytes();
    }

    int maxRows() {
        return capture.maxRows();
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
            RowRequest request = capture.request(wanted);
            boolean harmful = request != null
                    && prepared
                    && (wanted.isBatched() || !(request.isFixedSize() || !raw.getAutoCommit()));
            return harmful ? null : request;
        } catch (Throwable t) {
            broken(t);
            return null;
        }
    }

    /** A row was added to a batch of a prepared statement. */
    public void batched(CapturePlan plan) {
        WantedRows wanted = plan.wanted();
        if (wanted != null) {
            wanted.batched();
        }
    }

    // ---- counts, and rows that have been read

    void counted(KeyTee ended) {
        if (ended == tee) {
            work.count(ended.updateCountAt(), ended.counted());
        }
    }

    void settle(KeyTee ended) {
        try {
            if (ended == tee) {
                settleTee();
                settlePending();
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    private void settleTee() {
        KeyTee last = tee;
        tee = null;
        if (last != null) {
            work.keys(last);
        }
    }

    /** An autocommit statement whose keys the application was expected to read waits no longer. */
    private void settlePending() {
        settleTee();
        counts = null;
        if (pending) {
            publish(false, askedNanos, pendingReturned);
        }
        if (unsettled) {
            unsettled = false;
            long now = System.nanoTime();
            publishIfOver(false, now, now);
        }
    }

    void tooHard(Throwable t) {
        capture.failed("reading returned keys", t);
    }

    private void broken(Throwable t) {
        capture.failed("capturing a statement", t);
    }

    /** What is whole is told all the same, if it is settled. */
    private void brokenAfter(long begun, Throwable t) {
        broken(t);
        try {
            publishIfOver(false, begun, System.nanoTime());
        } catch (Throwable again) {
            broken(again);
        }
    }
}
