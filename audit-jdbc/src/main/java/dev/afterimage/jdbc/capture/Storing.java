package dev.afterimage.jdbc.capture;

import dev.afterimage.core.config.Setting;
import dev.afterimage.jdbc.outbox.Outbox;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code audit.durability=database} on one connection: the record goes into the outbox in the transaction that it tells of,
 * when all of it is there, before the driver is asked to commit. So the database keeps both or neither, and there is
 * nothing to doubt. A record that cannot be written fails the commit: that is what the mode is chosen for.
 *
 * <p>A statement that would be a transaction of its own is given one that has room for the record: autocommit is switched
 * off at the driver, and on again when the statement is over. The application sees neither. Not thread-safe.
 */
final class Storing {

    /** PostgreSQL: the transaction has failed already, and will be rolled back whatever is asked. */
    private static final String FAILED_TRANSACTION = "25P02";

    private final Session session;
    private final Connection raw;
    private final Outbox outbox;
    private boolean enclosing;

    Storing(Session session, Connection raw, Outbox outbox) {
        this.session = session;
        this.raw = raw;
        this.outbox = outbox;
    }

    /** Whether a statement is being executed in a transaction that the application knows nothing of. */
    boolean isEnclosing() {
        return enclosing;
    }

    /**
     * Writes the open work down, if it is to be as durable as the data.
     *
     * @throws SQLException if it could not be written; the driver must not be asked to commit then
     */
    void beforeCommit() throws SQLException {
        store("The transaction was not committed: roll it back, and try again.");
    }

    private void store(String whatNow) throws SQLException {
        OpenWork work = session.work();
        if (!work.isToBeStored()) {
            return;
        }
        try {
            work.store(outbox, raw);
        } catch (SQLException e) {
            if (FAILED_TRANSACTION.equals(e.getSQLState())) {
                work.discard();
            } else {
                throw refusal(e, e.getSQLState(), e.getErrorCode(), whatNow);
            }
        } catch (RuntimeException e) {
            throw refusal(e, null, 0, whatNow);
        }
    }

    private static SQLException refusal(Exception e, @Nullable String state, int code, String whatNow) {
        return new SQLException(
                "Property " + Setting.DURABILITY.key()
                        + "=database: the record of the transaction cannot be written to " + "the outbox ("
                        + e.getMessage() + "). " + whatNow,
                state,
                code,
                e);
    }

    /** Before an execution: writes down what it would commit, or gives it a transaction of its own. */
    void beforeExecution(List<CapturePlan> plans) throws SQLException {
        if (session.capture().dialect() == SqlDialect.MYSQL && session.state().isBranch()) {
            return; // By the time that a text ends a branch of MariaDB's, nothing can be written in it any more.
        }
        boolean prepares = plans.stream().anyMatch(CapturePlan::preparesTransaction);
        if (prepares || plans.stream().anyMatch(CapturePlan::commits)) {
            session.settle();
            store("The statement was not executed: roll back, and try again.");
        } else if (plans.stream().anyMatch(CapturePlan::isInDatabase)
                && plans.stream().allMatch(this::mayBeEnclosed)) {
            session.settle();
            enclosing = session.state().isAlone() && isSwitched(false);
        }
    }

    /** Of several statements in one text others than PostgreSQL commit each, and undo all of them in a transaction. */
    private boolean mayBeEnclosed(CapturePlan plan) {
        return plan.isHarmless() && (session.capture().dialect() == SqlDialect.POSTGRESQL || !plan.isSeveral());
    }

    /** The execution has returned. What fails now, fails as the execution would have. */
    void conclude() throws SQLException {
        if (!enclosing) {
            return;
        }
        try {
            session.settleAwaited();
            store("The statement was undone: execute it again.");
        } catch (SQLException | RuntimeException | Error e) {
            undo();
            throw e;
        }
        long asked = System.nanoTime();
        try {
            raw.commit();
            session.publish(false, asked, System.nanoTime());
        } catch (SQLException | RuntimeException | Error e) {
            session.commitFailed(false, e);
            throw e;
        } finally {
            enclosing = false;
            isSwitched(true);
        }
    }

    /**
     * The execution has failed. PostgreSQL has undone all of it; others undo the one statement that has failed, and would
     * have kept what was executed before it in the same call.
     */
    void concludeFailed() {
        if (!enclosing) {
            return;
        }
        try {
            if (session.state().isDoomed()) {
                undo();
            } else {
                conclude();
            }
        } catch (SQLException | RuntimeException alsoFailed) {
            enclosing = false; // The application hears of the first failure.
        }
    }

    private void undo() {
        try {
            raw.rollback();
        } catch (SQLException | RuntimeException gone) {
            // With the connection, and the transaction with it.
        } finally {
            session.discard();
            enclosing = false;
            isSwitched(true);
        }
    }

    /** A connection that cannot be switched is broken, as the driver is about to say, or has said. */
    private boolean isSwitched(boolean autoCommit) {
        try {
            raw.setAutoCommit(autoCommit);
            return true;
        } catch (SQLException | RuntimeException broken) {
            return false;
        }
    }
}
