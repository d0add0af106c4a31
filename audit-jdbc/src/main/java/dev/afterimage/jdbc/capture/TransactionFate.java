package dev.afterimage.jdbc.capture;

import java.sql.SQLException;
import java.util.Locale;

/** What an exception says about a transaction. */
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
