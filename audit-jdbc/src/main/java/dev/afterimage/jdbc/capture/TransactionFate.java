package dev.afterimage.jdbc.capture;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** What an exception, or a driver's own state, says about a transaction. */
final class TransactionFate {

    private TransactionFate() {}

    /**
     * Whether the database may have kept the work although the call failed: the answer was lost, not refused. Classes
     * of SQLSTATE: 08 connection, 57P the server ends, 58 and XX its own errors, 40003 completion unknown.
     */
    static boolean isInDoubt(Throwable failure) {
        if (!(failure instanceof SQLException refused)) {
            return true;
        }
        String state = refused.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("58")
                || state.startsWith("XX")
                || state.equals("40003");
    }

    /**
     * Whether PostgreSQL will answer the coming commit by rolling back. Asks the driver, which knows without a round
     * trip.
     *
     * @return null where the driver is another one, or wrapped so that it cannot be asked
     */
    static @Nullable Boolean isFailed(Connection raw) {
        try {
            return raw.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED;
        } catch (SQLException | LinkageError notPgjdbc) {
            return null;
        }
    }

    /**
     * Whether the driver complained about the kind of result only, after the database had executed the statement:
     * pgjdbc does so for executeQuery of a statement without rows and for executeUpdate of one with rows.
     */
    static boolean isAppliedAllTheSame(Throwable failure) {
        if (!(failure instanceof SQLException refused) || refused.getSQLState() == null) {
            return false;
        }
        boolean pgjdbc = refused.getClass().getName().startsWith("org.postgresql.");
        String state = refused.getSQLState().toUpperCase(Locale.ROOT);
        return pgjdbc && (state.equals("02000") || state.equals("0100E"));
    }
}
