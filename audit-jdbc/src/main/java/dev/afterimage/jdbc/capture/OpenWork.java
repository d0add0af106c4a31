package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.Stage;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.pipeline.Publisher;
import dev.afterimage.jdbc.capture.CapturePlan.WriteStep;
import dev.afterimage.jdbc.outbox.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has done and the database has not yet decided upon: the entries of the open transaction. An entry
 * that fails half way is cut off again, so that the entries are whole at any time. Not thread-safe.
 */
final class OpenWork {

    private static final int KEPT_CAPACITY = 64 << 10;
    private static final int NOTHING = -1;

    private final Capture capture;
    private @Nullable Savepoints savepoints;
    private @Nullable TransactionWriter writer;
    private @Nullable Actor written;
    private String writtenPath = SearchPath.OWN;
    private String wantedPath = SearchPath.OWN;
    private int statements;
    private long unrecorded;
    private boolean doubtful;
    private boolean shapesChanged;
    /** Entries up to here may have been committed already; negative where none, all where the end is not known either. */
    private int keptUpTo = NOTHING;

    private long reserved;
    private Durability durability = Durability.MEMORY;
    /** Whether all of it stands in the outbox, in the transaction that is open. */
    private boolean stored;

    private long endedNanos;

    OpenWork(Capture capture) {
        this.capture = capture;
    }

    boolean isEmpty() {
        TransactionWriter to = writer;
        return (to == null || to.isEmpty()) && unrecorded == 0;
    }

    /** Adds a statement's execution; answers its index among the statements, or -1 where there is no room for it. */
    int append(WriteStep write, @Nullable Parameters parameters, long count, long ended) {
        beyondStored();
        TransactionWriter to = openWriter();
        if (to.length() > capture.maxTransactionBytes()) {
            unrecorded++;
            return -1;
        }
        durability = Durability.stronger(durability, write.durability());
        int mark = to.length();
        Actor actor = written;
        String path = writtenPath;
        try {
            circumstances(to);
            to.beginStatement(ended, write.descriptorId(), write.descriptor());
            to.beginRow(count);
            if (parameters != null) {
                parameters.appendTo(to.values());
            }
            to.endStatement();
        } catch (Throwable t) {
            cutOff(to, mark, actor, path);
            throw t;
        }
        endedNanos = ended;
        return statements++;
    }

    /** Where the update count of the last execution stands. */
    int updateCountAt() {
        return openWriter().updateCountAt();
    }

    /** Adds the executions of a batch that have, or may have, changed something; long batches in several entries. */
    void appendBatch(WriteStep write, Parameters parameters, Counts counts, long ended) {
        beyondStored();
        TransactionWriter to = openWriter();
        if (to.length() > capture.maxTransactionBytes()) {
            unrecorded += counts.rows();
            return;
        }
        durability = Durability.stronger(durability, write.durability());
        endedNanos = ended;
        int mark = to.length();
        int before = statements;
        Actor actor = written;
        String path = writtenPath;
        try {
            circumstances(to);
            if (parameters.batchOverflowed()) {
                appendWhole(to, write, parameters, counts.sum(), ended);
            } else {
                appendRows(to, write, parameters, counts, ended);
            }
        } catch (Throwable t) {
            statements = before;
            cutOff(to, mark, actor, path);
            throw t;
        }
    }

    private void appendRows(TransactionWriter to, WriteStep write, Parameters parameters, Counts counts, long ended) {
        boolean begun = false;
        for (int i = 0; i < Math.min(counts.rows(), parameters.batchRows()); i++) {
            if (counts.hasFailed(i) || write.didNothing(counts.at(i))) {
                continue;
            }
            if (begun && to.entryLength() > capture.maxEntryBytes()) {
                to.endStatement();
                statements++;
                begun = false;
            }
            if (!begun) {
                to.beginStatement(ended, write.descriptorId(), write.descriptor());
                begun = true;
            }
            to.beginRow(counts.at(i));
            parameters.appendBatchRow(i, to.values());
        }
        if (begun) {
            to.endStatement();
            statements++;
        }
    }

    /** A batch of which no rows were kept: as one execution of which no value is known. */
    private void appendWhole(TransactionWriter to, WriteStep write, Parameters parameters, long count, long ended) {
        if (write.didNothing(count)) {
            return;
        }
        to.beginStatement(ended, write.descriptorId(), write.descriptor());
        to.beginRow(count);
        parameters.appendUnknown(to.values());
        to.endStatement();
        statements++;
    }

    private void cutOff(TransactionWriter to, int mark, @Nullable Actor actor, String path) {
        to.truncate(mark);
        written = actor;
        writtenPath = path;
        unrecorded++;
    }

    /** Adds a hole. */
    void gap(GapReason reason, long lost, String detail) {
        beyondStored();
        TransactionWriter to = openWriter();
        int mark = to.length();
        Actor actor = written;
        try {
            actor(to);
            to.gap(reason, lost, detail);
        } catch (Throwable t) {
            cutOff(to, mark, actor, writtenPath);
            throw t;
        }
    }

    /** Adds the rows that the database returned for a statement, if it is still here. */
    void returned(ReturnedRows returned) {
        TransactionWriter to = writer;
        if (returned.rows() > 0 && to != null && !stored) {
            int mark = to.length();
            try {
                to.beginReturned(returned.statement(), returned.columns());
                for (int i = 0; i < returned.rows(); i++) {
                    to.beginReturnedRow();
                }
                to.values()
                        .putBytes(
                                returned.values().array(), 0, returned.values().length());
                to.endReturned();
            } catch (Throwable t) {
                to.truncate(mark);
                throw t;
            }
        }
    }

    /** Corrects an update count that the driver did not tell. */
    void count(int at, long rows) {
        TransactionWriter to = writer;
        if (to != null && !stored) {
            to.setUpdateCount(at, rows);
        }
    }

    /** Where the statements that follow look for tables that they name without a schema. */
    void lookIn(String path) {
        wantedPath = path;
    }

    private void circumstances(TransactionWriter to) {
        if (!wantedPath.equals(writtenPath)) {
            to.path(wantedPath);
            writtenPath = wantedPath;
        }
        actor(to);
    }

    private void actor(TransactionWriter to) {
        Actor actor = capture.actor();
        if (!actor.equals(written == null ? Actor.UNKNOWN : written)) {
            to.actor(actor);
            written = actor;
        }
    }

    private TransactionWriter openWriter() {
        TransactionWriter open = writer;
        if (open == null) {
            open = capture.writers().take();
            writer = open;
        }
        return open;
    }

    /** Others may look a shape up again before the change is committed: it is forgotten once more then. */
    void shapesChanged() {
        shapesChanged = true;
        capture.forgetShapes();
    }

    /**
     * Code in the database may have committed what was done so far: a rollback does not settle that any more.
     *
     * @param andLater whether what follows may be outside of any transaction, and so kept as well
     */
    void mayBeKept(boolean andLater) {
        keptUpTo =
                andLater ? Integer.MAX_VALUE : Math.max(keptUpTo, openWriter().length());
    }

    /** What happens to the work now, only the database knows. */
    void doubt() {
        doubtful = true;
    }

    /**
     * A moment before which a commit of the work was not asked for: the end of its last statement. To read the clock again
     * just before the commit would tell more only of an application that lets time go by in between, and is dear. Work without
     * a statement has no change that a position could be held against: then it is now.
     */
    long endedNanos() {
        return statements > 0 ? endedNanos : System.nanoTime();
    }

    /** Bytes of memory held. */
    long bytes() {
        TransactionWriter held = writer;
        return held == null ? 0 : held.array().length;
    }

    // ---- before the end

    /** Where the entries end; what is added after it can be taken back. */
    record Place(
            int length,
            int statements,
            long unrecorded,
            @Nullable Actor actor,
            String path,
            Durability durability) {}

    Place place() {
        return new Place(openWriter().length(), statements, unrecorded, written, writtenPath, durability);
    }

    /** The work is of a table that asks for so much. */
    void mustBeAtLeast(Durability wanted) {
        durability = Durability.stronger(durability, wanted);
    }

    /** Announces the entries, with which the transaction is about to be committed. */
    void announce() {
        TransactionWriter to = writer;
        if (to == null || to.isEmpty() || stored || !durability.isAtLeast(Durability.PROCESS)) {
            return;
        }
        takeBack();
        long number = capture.announce(to, endedNanos(), durability.isAtLeast(Durability.DISK));
        to.announced(number, unrecorded == 0);
    }

    /** As the other, with entries that are taken away again: what they tell is not yet done. */
    void announce(Place before) {
        announce();
        TransactionWriter to = openWriter();
        if (to.length() > before.length()) {
            to.truncate(before.length());
            to.announced(to.announcedNumber(), false);
        }
        statements = before.statements();
        unrecorded = before.unrecorded();
        written = before.actor();
        writtenPath = before.path();
        durability = before.durability();
    }

    /** What was announced has not come to pass. */
    private void takeBack() {
        TransactionWriter to = writer;
        if (to != null && to.announcedNumber() != Publisher.NOT_ANNOUNCED) {
            long now = System.nanoTime();
            capture.conclude(to, Stage.ROLLED_BACK, to.announcedNumber(), now, now);
            to.announced(Publisher.NOT_ANNOUNCED, false);
        }
    }

    // ---- room in the ring

    /** Bytes of the entries so far. */
    int length() {
        TransactionWriter to = writer;
        return to == null ? 0 : to.length();
    }

    /** Room was set aside for the work. */
    void reserved(long bytes) {
        reserved = bytes;
    }

    /** Gives back what was set aside, and takes back what was announced: it will not be committed now. */
    void release() {
        takeBack();
        if (reserved != 0) {
            capture.release(reserved);
            reserved = 0;
        }
    }

    // ---- the outbox

    /** Whether there is work that is to be as durable as the data, and is not yet. */
    boolean isToBeStored() {
        return durability == Durability.DATABASE && !stored && !isEmpty();
    }

    /** Writes the work down in its own transaction, whose end then is the record's too. */
    void store(Outbox outbox, Connection raw) throws SQLException {
        TransactionWriter to = openWriter();
        tellUnrecorded(to);
        outbox.write(raw, to, doubtful);
        stored = true;
    }

    /** More work in a transaction that was not committed when it might have been: it gets a record of its own. */
    private void beyondStored() {
        if (stored) {
            forget();
        }
    }

    // ---- savepoints

    void savepoint(@Nullable Object handle, @Nullable String name) {
        int mark = writer == null ? -1 : writer.length();
        if (savepoints == null) {
            savepoints = new Savepoints(capture.dialect());
        }
        savepoints.set(new Savepoints.Mark(handle, name, mark, statements, unrecorded, written, writtenPath, keptUpTo));
    }

    void release(@Nullable Object handle, @Nullable String name) {
        if (savepoints != null) {
            savepoints.release(handle, name);
        }
    }

    /** Cuts off the work since a savepoint. What a savepoint undoes that was never seen is not known: then all is in doubt. */
    void rollBackTo(@Nullable Object handle, @Nullable String name) {
        Savepoints.Mark mark = savepoints == null ? null : savepoints.rollBackTo(handle, name);
        TransactionWriter to = writer;
        if (mark == null) {
            doubtful = true;
        } else if (to != null) {
            if (mark.mark() < 0) {
                to.clear(KEPT_CAPACITY);
            } else {
                to.truncate(mark.mark());
            }
            statements = mark.statements();
            unrecorded = mark.unrecorded();
            written = mark.actor();
            writtenPath = mark.path();
            keptUpTo = mark.keptUpTo(); // The savepoint was still there: nothing has ended the transaction since.
        }
    }

    // ---- the end

    /** Ends work that belongs to no session any more. */
    void end(BranchEnd end, long asked, long returned) {
        if (end == BranchEnd.ROLLED_BACK) {
            discard();
        } else {
            publish(end == BranchEnd.IN_DOUBT, asked, returned);
        }
        close();
    }

    /** Hands work over whose end nobody has seen, with a word why. */
    void endUnseen(String why) {
        if (!isEmpty()) {
            openWriter().gap(GapReason.PREPARED_TRANSACTION, -1, why);
        }
        long now = System.nanoTime();
        end(BranchEnd.IN_DOUBT, now, now);
    }

    /** Hands the work over, and forgets it: what stayed would become part of the next transaction. */
    void publish(boolean inDoubt, long asked, long returned) {
        try {
            handOver(inDoubt, asked, returned);
        } finally {
            forget();
        }
    }

    private void handOver(boolean inDoubt, long asked, long returned) {
        TransactionWriter to = writer;
        if (unrecorded > 0) {
            to = openWriter();
            tellUnrecorded(to);
        }
        if (shapesChanged) {
            capture.forgetShapes();
        }
        if (to != null && !to.isEmpty() && !stored) {
            long room = reserved;
            long number = to.announcedNumber();
            boolean asAnnounced = to.isAsAnnounced();
            reserved = 0; // Used up, whatever becomes of it.
            to.announced(Publisher.NOT_ANNOUNCED, false);
            if (asAnnounced) {
                Stage stage = inDoubt || doubtful ? Stage.IN_DOUBT : Stage.COMMITTED;
                capture.conclude(to, stage, number, asked, returned);
                capture.release(room);
            } else {
                capture.publish(to, inDoubt || doubtful, asked, returned, room, number);
            }
        }
    }

    private void tellUnrecorded(TransactionWriter to) {
        if (unrecorded > 0) {
            int mark = to.length();
            try {
                to.gap(
                        GapReason.TOO_LARGE,
                        unrecorded,
                        "The transaction was larger than audit.transaction.max-bytes, or a value could not be copied");
            } catch (OutOfMemoryError none) {
                to.truncate(mark); // What there is shall be told, and the hole beside it.
                capture.failed(Doing.TELLING_HOLE, none);
            }
            unrecorded = 0;
        }
    }

    /** Forgets the work, which was rolled back; but for what may have been committed before. */
    void discard() {
        TransactionWriter to = writer;
        if (keptUpTo == NOTHING || to == null) {
            forget();
            return;
        }
        if (keptUpTo < to.length()) {
            to.truncate(keptUpTo);
        }
        unrecorded = 0;
        stored = false;
        long now = System.nanoTime();
        publish(true, now, now);
    }

    private void forget() {
        try {
            release();
        } finally {
            clear();
        }
    }

    private void clear() {
        TransactionWriter to = writer;
        if (to != null && !to.isEmpty()) {
            to.clear(KEPT_CAPACITY);
        }
        savepoints = null;
        statements = 0;
        unrecorded = 0;
        written = null;
        writtenPath = SearchPath.OWN;
        doubtful = false;
        shapesChanged = false;
        keptUpTo = NOTHING;
        durability = Durability.MEMORY;
        stored = false;
    }

    /** Gives the memory back; the work must be gone. */
    void close() {
        TransactionWriter done = writer;
        writer = null;
        if (done != null) {
            capture.writers().give(done);
        }
    }
}
