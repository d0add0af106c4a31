package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.jdbc.capture.CapturePlan.ControlStep;
import dev.afterimage.jdbc.capture.CapturePlan.ImplicitCommitStep;
import dev.afterimage.jdbc.capture.CapturePlan.Step;
import dev.afterimage.jdbc.capture.CapturePlan.WriteStep;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
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

    private static final int KEPT_CAPACITY = 64 << 10;

    private final Capture capture;
    private final Connection raw;
    private final Savepoints savepoints = new Savepoints();
    private @Nullable TransactionWriter writer;
    private @Nullable Actor written;
    private @Nullable KeyTee tee;
    private int statements;
    private long unrecorded;
    private long askedNanos;
    private boolean failed;
    private boolean driverAsked;
    private @Nullable PostgresTransaction driverState;
    private boolean openedByText;
    private boolean pending;
    private long pendingReturned;

    Session(Capture capture, Connection raw) {
        this.capture = capture;
        this.raw = raw;
    }

    /** The capture of the data source that this connection belongs to. */
    public Capture capture() {
        return capture;
    }

    // ---- executions

    /** Marks the beginning of an execution; the argument for the methods that tell its end. */
    public long begin() {
        settlePending();
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
     * @return watches those rows; null where there is nothing to learn from them
     */
    public @Nullable KeyTee executed(
            CapturePlan plan, @Nullable Parameters parameters, long updateCount, long begun, boolean keysFollow) {
        try {
            long ended = System.nanoTime();
            boolean autoCommit = isAutoCommit();
            KeyTee following = apply(plan, parameters, updateCount, begun, ended, keysFollow && plan.wantsKeys());
            if (following != null && isOwnTransaction(autoCommit)) {
                askedNanos = begun;
                pendingReturned = ended;
                pending = true;
            } else {
                endOwnTransaction(autoCommit, false, begun, ended);
            }
            tee = following;
            return following;
        } catch (Throwable t) {
            broken(t);
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
            boolean keysFollow) {
        long count = updateCount;
        KeyTee following = null;
        for (Step step : plan.steps()) {
            if (step instanceof WriteStep write) {
                if (count != 0) {
                    following = append(write, parameters, count, ended, keysFollow);
                }
                count = UNKNOWN_COUNT; // The driver's count is the first statement's.
            } else if (step instanceof ControlStep control) {
                control(control, begun, ended);
            } else if (step instanceof ImplicitCommitStep) {
                publish(false, begun, ended);
            }
        }
        if (plan.changesShapes()) {
            capture.forgetShapes();
        }
        return following;
    }

    private boolean isOwnTransaction(boolean autoCommit) {
        return autoCommit && !openedByText;
    }

    /** A statement outside any transaction is one of its own, and has ended with it. */
    private void endOwnTransaction(boolean autoCommit, boolean inDoubt, long begun, long ended) {
        if (isOwnTransaction(autoCommit)) {
            publish(inDoubt, begun, ended);
        }
    }

    private @Nullable KeyTee append(
            WriteStep write, @Nullable Parameters parameters, long count, long ended, boolean keysFollow) {
        TransactionWriter to = openWriter();
        if (to.length() > capture.maxTransactionBytes()) {
            unrecorded++;
            return null;
        }
        actor(to);
        to.beginStatement(ended, write.descriptorId(), write.descriptor());
        to.beginRow(count);
        if (parameters != null) {
            parameters.appendTo(to.values());
        }
        to.endStatement();
        int index = statements++;
        return keysFollow ? new KeyTee(this, index, to.updateCountAt()) : null;
    }

    /**
     * A batch was executed, or a part of it before it failed.
     *
     * @param counts as the driver said, row by row; may be shorter than the batch where it failed
     */
    public void executedBatch(CapturePlan plan, Parameters parameters, long @Nullable [] counts, long begun) {
        try {
            appliedBatch(plan, parameters, counts == null ? unknown(parameters.batchRows()) : counts, begun, false);
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** As the other, for counts as {@code executeBatch} answers them. */
    public void executedBatch(CapturePlan plan, Parameters parameters, int @Nullable [] counts, long begun) {
        executedBatch(plan, parameters, wide(counts), begun);
    }

    private static long @Nullable [] wide(int @Nullable [] counts) {
        return counts == null ? null : Arrays.stream(counts).asLongStream().toArray();
    }

    private static long[] unknown(int rows) {
        long[] counts = new long[rows];
        Arrays.fill(counts, UNKNOWN_COUNT);
        return counts;
    }

    private void appliedBatch(CapturePlan plan, Parameters parameters, long[] counts, long begun, boolean inDoubt) {
        long ended = System.nanoTime();
        boolean autoCommit = isAutoCommit();
        for (Step step : plan.steps()) {
            if (step instanceof WriteStep write) {
                appendBatch(write, parameters, counts, ended);
            }
        }
        endOwnTransaction(autoCommit, inDoubt, begun, ended);
    }

    private void appendBatch(WriteStep write, Parameters parameters, long[] counts, long ended) {
        TransactionWriter to = openWriter();
        if (parameters.batchOverflowed() || to.length() > capture.maxTransactionBytes()) {
            unrecorded += counts.length;
            return;
        }
        actor(to);
        to.beginStatement(ended, write.descriptorId(), write.descriptor());
        for (int i = 0; i < Math.min(counts.length, parameters.batchRows()); i++) {
            if (counts[i] == Statement.EXECUTE_FAILED || counts[i] == 0) {
                continue;
            }
            if (to.entryLength() > capture.maxEntryBytes()) {
                to.endStatement();
                statements++;
                to.beginStatement(ended, write.descriptorId(), write.descriptor());
            }
            to.beginRow(counts[i] < 0 ? UNKNOWN_COUNT : counts[i]);
            parameters.appendBatchRow(i, to.values());
        }
        to.endStatement();
        statements++;
    }

    /** A batch of texts was executed. */
    public void executedBatch(List<CapturePlan> plans, int @Nullable [] counts, long begun) {
        executedBatch(plans, wide(counts), begun);
    }

    /** A batch of texts was executed, or a part of it before it failed. */
    public void executedBatch(List<CapturePlan> plans, long @Nullable [] told, long begun) {
        try {
            long[] counts = told == null ? unknown(plans.size()) : told;
            long ended = System.nanoTime();
            boolean autoCommit = isAutoCommit();
            boolean controlled = false;
            for (int i = 0; i < Math.min(counts.length, plans.size()); i++) {
                if (counts[i] != Statement.EXECUTE_FAILED) {
                    long count = counts[i] < 0 ? UNKNOWN_COUNT : counts[i];
                    apply(plans.get(i), null, count, begun, ended, false);
                    controlled |= plans.get(i).controlsTransaction();
                }
            }
            if (controlled && capture.dialect() == SqlDialect.POSTGRESQL) {
                // What follows a COMMIT within one batch is in no transaction there, whatever the flag says.
                publish(false, begun, ended);
            }
            endOwnTransaction(autoCommit, false, begun, ended);
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** An execution has failed; what it had done before is told by the exception, if by anything. */
    public void failed(CapturePlan plan, @Nullable Parameters parameters, long begun, Throwable failure) {
        try {
            if (TransactionFate.isAppliedAllTheSame(failure)) {
                executed(plan, parameters, UNKNOWN_COUNT, begun, false);
            } else if (isOwnTransaction(isAutoCommit()) && TransactionFate.isInDoubt(failure)) {
                long ended = System.nanoTime();
                apply(plan, parameters, UNKNOWN_COUNT, begun, ended, false);
                publish(true, begun, ended);
            } else {
                failed = true;
                commitImplicitly(plan, begun);
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** The implicit commit comes before the statement, whether that then succeeds or not. */
    private void commitImplicitly(CapturePlan plan, long begun) {
        if (plan.commitsImplicitly()) {
            publish(false, begun, System.nanoTime());
        }
    }

    /** A batch has failed. */
    public void failedBatch(CapturePlan plan, Parameters parameters, long begun, Throwable failure) {
        try {
            failed = true;
            if (failure instanceof BatchUpdateException partly) {
                appliedBatch(plan, parameters, partly.getLargeUpdateCounts(), begun, false);
            } else if (isOwnTransaction(isAutoCommit()) && TransactionFate.isInDoubt(failure)) {
                appliedBatch(plan, parameters, unknown(parameters.batchRows()), begun, true);
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A batch of texts has failed. */
    public void failedBatch(List<CapturePlan> plans, long begun, Throwable failure) {
        failed = true;
        if (failure instanceof BatchUpdateException partly) {
            executedBatch(plans, partly.getLargeUpdateCounts(), begun);
        }
    }

    // ---- transactions

    /**
     * Just before a commit.
     *
     * @return whether the database will roll back instead: to be handed to {@link #committed}
     */
    public boolean aboutToCommit() {
        try {
            settlePending();
            askedNanos = System.nanoTime();
            return isDoomed();
        } catch (Throwable t) {
            broken(t);
            return false;
        }
    }

    /** After a failed statement PostgreSQL answers a commit by rolling back, and says nothing. */
    private boolean isDoomed() {
        if (capture.dialect() != SqlDialect.POSTGRESQL || !hasOpenWork()) {
            return false;
        }
        if (!driverAsked) {
            driverAsked = true;
            driverState = PostgresTransaction.of(raw);
        }
        return driverState == null ? failed : driverState.isFailed();
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
            if (doomed || !TransactionFate.isInDoubt(failure)) {
                discard();
            } else {
                publish(true, askedNanos, System.nanoTime());
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A rollback has returned; or it has failed, and then the connection is of no use any more. */
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
            int mark = writer == null ? -1 : writer.length();
            savepoints.set(new Savepoints.Mark(handle, name, mark, statements));
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** The work since a savepoint was undone. */
    public void rolledBackTo(@Nullable Object handle, @Nullable String name) {
        try {
            Savepoints.Mark mark = savepoints.rollBackTo(handle, name);
            TransactionWriter to = writer;
            if (mark != null && to != null) {
                if (mark.mark() < 0) {
                    to.clear(KEPT_CAPACITY);
                } else {
                    to.truncate(mark.mark());
                }
                statements = mark.statements();
                written = null;
                tee = null;
            }
        } catch (Throwable t) {
            broken(t);
        }
    }

    /** A savepoint was given up; the work since stays. */
    public void savepointReleased(@Nullable Object handle, @Nullable String name) {
        savepoints.release(handle, name);
    }

    /** The connection goes back to the driver or the pool: open work is rolled back. */
    public void closed() {
        try {
            settlePending();
            discard();
            TransactionWriter done = writer;
            writer = null;
            if (done != null) {
                capture.give(done);
            }
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

    /** Asks a driver for the count that {@code execute()} does not return. */
    public long updateCount(Statement raw, CapturePlan plan) {
        try {
            return plan.steps()[0] instanceof WriteStep ? raw.getUpdateCount() : 0;
        } catch (SQLException | RuntimeException e) {
            return UNKNOWN_COUNT;
        }
    }

    /** Whether changing a setting of the connection would commit: so on H2, with work open. */
    public boolean commitsOnSettings() {
        return capture.dialect() == SqlDialect.H2 && hasOpenWork();
    }

    /** Whether work is captured that awaits its outcome. */
    public boolean hasOpenWork() {
        TransactionWriter to = writer;
        return (to != null && !to.isEmpty()) || unrecorded > 0;
    }

    private void control(ControlStep step, long begun, long ended) {
        switch (step.kind()) {
            case BEGIN -> {
                // MariaDB's BEGIN commits what is open; its plan says so by a step of its own.
                openedByText = capture.dialect() != SqlDialect.H2;
                savepoints.clear();
            }
            case COMMIT -> publish(false, begun, ended);
            case ROLLBACK -> discard();
            case PREPARE_TRANSACTION -> publish(true, begun, ended);
            case SAVEPOINT -> savepointSet(null, step.name());
            case RELEASE_SAVEPOINT -> savepointReleased(null, step.name());
            case ROLLBACK_TO_SAVEPOINT -> rolledBackTo(null, step.name());
            default -> {}
        }
    }

    /** Whether a commit given as text would be answered by a rollback; to be asked before it is executed. */
    public boolean isDoomed(CapturePlan plan) {
        try {
            return plan.controlsTransaction() && isDoomed();
        } catch (Throwable t) {
            broken(t);
            return false;
        }
    }

    private boolean isAutoCommit() {
        try {
            return raw.getAutoCommit();
        } catch (SQLException e) {
            return false; // A closed connection: whatever is open is rolled back.
        }
    }

    private TransactionWriter openWriter() {
        TransactionWriter open = writer;
        if (open == null) {
            open = capture.take();
            writer = open;
        }
        return open;
    }

    private void actor(TransactionWriter to) {
        Actor actor = capture.actor();
        if (!actor.equals(written == null ? Actor.UNKNOWN : written)) {
            to.actor(actor);
            written = actor;
        }
    }

    private void publish(boolean inDoubt, long asked, long returned) {
        TransactionWriter to = writer;
        if (unrecorded > 0) {
            to = openWriter();
            to.gap(GapReason.TOO_LARGE, unrecorded, "The transaction was larger than audit.transaction.max-bytes");
        }
        if (to != null && !to.isEmpty()) {
            capture.publish(to, inDoubt, asked, returned);
        }
        discard();
    }

    private void discard() {
        TransactionWriter to = writer;
        if (to != null && !to.isEmpty()) {
            to.clear(KEPT_CAPACITY);
        }
        savepoints.clear();
        statements = 0;
        unrecorded = 0;
        written = null;
        tee = null;
        failed = false;
        openedByText = false;
        pending = false;
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

    void counted(KeyTee ended) {
        TransactionWriter to = writer;
        if (ended == tee && to != null) {
            to.setUpdateCount(ended.updateCountAt(), ended.rows());
        }
    }

    void settle(KeyTee ended) {
        if (ended == tee) {
            settleTee();
            settlePending();
        }
    }

    private void settleTee() {
        KeyTee last = tee;
        TransactionWriter to = writer;
        tee = null;
        if (last != null && last.rows() > 0 && to != null) {
            to.beginKeys(last.statement(), last.columns());
            for (int i = 0; i < last.rows(); i++) {
                to.beginKeyRow();
            }
            to.values().putBytes(last.values().array(), 0, last.values().length());
            to.endKeys();
        }
    }

    /** An autocommit statement whose keys the application was expected to read waits no longer. */
    private void settlePending() {
        settleTee();
        if (pending) {
            publish(false, askedNanos, pendingReturned);
        }
    }

    void tooHard(Throwable t) {
        capture.failed("reading returned keys", t);
    }

    private void broken(Throwable t) {
        capture.failed("capturing a statement", t);
    }
}
