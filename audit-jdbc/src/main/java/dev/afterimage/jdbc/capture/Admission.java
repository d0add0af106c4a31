package dev.afterimage.jdbc.capture;

import dev.afterimage.core.config.Setting;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.pipeline.Publisher;
import dev.afterimage.jdbc.capture.CapturePlan.Step;
import dev.afterimage.jdbc.capture.CapturePlan.WriteStep;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asked before the driver is, about all that may commit: whether the record has its place. For {@code
 * audit.durability=database} that is the outbox, into which it is written now: see {@link Storing}. For {@code process} and
 * {@code disk} it is the ring, where what is about to commit is announced: see {@link Announcements}.
 *
 * <p>{@code audit.overflow=reject}: nothing is committed whose record has no room in the ring. What it refuses the database
 * never sees. Of a data source, thread-safe.
 *
 * <p>Of an open transaction the length is known when it is about to commit. Of a statement that is a transaction of its own
 * it is not: rows that the driver returns come later. Room is set aside for what was bound to it, and what it returns is
 * told where there is room for that too.
 *
 * <p>The second phase of a two-phase commit is never refused: its promise was given in the first. So neither is the first,
 * since room would have to be kept for as long as the transaction is prepared.
 */
public final class Admission {

    /** Insufficient resources; a class for which no pool throws a connection away, and which leaves no doubt of the commit. */
    private static final String NO_ROOM = "53000";

    /** Bytes for who acts, where tables are looked for, and the like. */
    private static final int CIRCUMSTANCES = 1024;

    /** Bytes of a row or statement beside its values and its descriptor. */
    private static final int HEADS = 64;

    /** Bytes of a row as a result set shows it, by which its change is told. */
    private static final int ROW = 4096;

    private final Publisher publisher;
    private final boolean rejecting;
    private final boolean announcing;
    private final AuditCounters counters;

    Admission(Publisher publisher, AuditCounters counters) {
        this.counters = counters;
        this.publisher = publisher;
        this.rejecting = publisher.isRejecting();
        this.announcing = publisher.isPersistent();
    }

    /**
     * Asked before a commit, when all of the transaction is there.
     *
     * @param doomed whether the database will roll back instead: then nothing needs room
     * @throws SQLException if there is no room; the driver must not be asked then
     */
    public void commit(Session session, boolean doomed) throws SQLException {
        if (rejecting && !doomed) {
            asked(session, () -> admitCommit(session));
        }
        Storing storing = session.storing();
        if (storing != null && !doomed) {
            storing.beforeCommit();
        }
        if (announcing && !doomed) {
            Announcements.commit(session);
        }
    }

    /**
     * Asked before an execution.
     *
     * @param doomed whether it is a commit that the database will answer by rolling back
     * @throws SQLException if it would commit, and there is no room; it must not be executed then
     */
    public void execution(Session session, CapturePlan plan, @Nullable Parameters parameters, boolean doomed)
            throws SQLException {
        if (rejecting && !doomed) {
            asked(session, () -> admit(session, List.of(plan), parameters == null ? 0 : parameters.bytes()));
        }
        if (!doomed) {
            store(session, plan);
        }
        if (announcing && !doomed) {
            Announcements.execution(session, plan, parameters);
        }
    }

    /** As the other, for a batch. */
    public void batch(Session session, CapturePlan plan, Parameters parameters) throws SQLException {
        if (rejecting) {
            asked(
                    session,
                    () -> admit(
                            session, List.of(plan), parameters.batchBytes() + (long) HEADS * parameters.batchRows()));
        }
        store(session, plan);
        if (announcing) {
            Announcements.batch(session, plan, parameters);
        }
    }

    /** As the other, for a batch of texts. */
    public void batch(Session session, List<CapturePlan> plans) throws SQLException {
        if (rejecting) {
            asked(session, () -> admit(session, plans, 0));
        }
        Storing storing = session.storing();
        if (storing != null) {
            storing.beforeExecution(plans);
        }
        if (announcing) {
            Announcements.batch(session, plans);
        }
    }

    private static void store(Session session, CapturePlan plan) throws SQLException {
        Storing storing = session.storing();
        if (storing != null) {
            storing.beforeExecution(List.of(plan));
        }
    }

    /** As the other, for a row that a result set changes. */
    void row(Session session, Parameters values) throws SQLException {
        if (rejecting) {
            asked(session, () -> admitRow(session, values));
        }
        if (announcing) {
            Announcements.row(session);
        }
    }

    /** A question whether something has room. */
    @FunctionalInterface
    private interface Question {
        void ask() throws SQLException;
    }

    /** What fails for another reason is not refused. */
    private static void asked(Session session, Question question) throws SQLException {
        try {
            question.ask();
        } catch (RuntimeException | Error t) {
            session.broken(t);
        }
    }

    private void admitRow(Session session, Parameters values) throws SQLException {
        OpenWork work = settled(session);
        if (session.state().isAlone()) {
            reserve(work, values.bytes() + ROW, "The row was not changed: change it again later.");
        }
    }

    /** The open work, when earlier work has been told, and gives back what it did not need. */
    private static OpenWork settled(Session session) {
        session.settle();
        OpenWork work = session.work();
        work.release();
        return work;
    }

    private void admitCommit(Session session) throws SQLException {
        OpenWork work = settled(session);
        if (!work.isEmpty() && !isInOutbox(session)) {
            reserve(
                    work,
                    0,
                    "The transaction was not committed and is still open: commit it again later, or roll it back.");
        }
    }

    /** What the outbox takes needs no room in the ring. */
    private static boolean isInOutbox(Session session) {
        return session.storing() != null && session.work().isToBeStored();
    }

    /** A statement that is a transaction of its own, or a text that commits; one of several writes has the values in each. */
    private void admit(Session session, List<CapturePlan> plans, long values) throws SQLException {
        OpenWork work = settled(session);
        if (session.storing() != null && (isInOutbox(session) || plans.stream().anyMatch(CapturePlan::isInDatabase))) {
            return;
        }
        boolean writes = false;
        boolean commits = false;
        long bytes = 0;
        for (CapturePlan plan : plans) {
            writes |= plan.writes();
            commits |= plan.commits();
            bytes += bytesOf(plan, values);
        }
        if ((writes && session.state().isAlone()) || (commits && (writes || !work.isEmpty()))) {
            reserve(work, bytes, "The statement was not executed: execute it again later.");
        }
    }

    private static long bytesOf(CapturePlan plan, long values) {
        long bytes = 0;
        for (Step step : plan.steps()) {
            bytes += step instanceof WriteStep write ? write.descriptor().length + HEADS + values : 0;
        }
        return bytes;
    }

    private void reserve(OpenWork work, long more, String whatNow) throws SQLException {
        long length = work.length() + more + CIRCUMSTANCES;
        long reserved = publisher.reserve(length);
        if (reserved < 0) {
            counters.rejected();
            throw refusal(reserved, length, whatNow);
        }
        work.reserved(reserved);
    }

    private static SQLException refusal(long reason, long length, String whatNow) {
        String reject = "Property " + Setting.OVERFLOW.key() + "=reject: ";
        if (reason == Publisher.TOO_LARGE) {
            return new SQLNonTransientException(
                    reject + "the audit trail's ring can never hold the " + length + " bytes of this transaction. "
                            + whatNow + " Raise " + Setting.RING_SIZE.key() + ", or change less at once.",
                    NO_ROOM);
        }
        if (reason == Publisher.CLOSED) {
            return new SQLNonTransientException(
                    reject + "the audit trail is closed, so nothing can be recorded. " + whatNow, NO_ROOM);
        }
        return new SQLTransientException(
                reject + "the audit trail has no room for the " + length
                        + " bytes of this transaction, and there was none within " + Setting.OVERFLOW_WAIT.key()
                        + ", since the sink does not keep up. " + whatNow,
                NO_ROOM);
    }
}
