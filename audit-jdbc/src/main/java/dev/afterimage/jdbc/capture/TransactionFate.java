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

    /** Whether a commit or rollback was out of place, by JDBC's count or in a branch of MariaDB; nothing has changed. */
    static boolean isMisuse(Throwable failure) {
        String state = stateOf(failure);
        return state.startsWith("25") || state.startsWith("XAE");
    }

    /** Whether the text could not be read, so that none of it was executed. */
    static boolean isUnread(Throwable failure) {
        // MariaDB's 42000 stands for much else; 1064 is its syntax error.
        return switch (stateOf(failure)) {
            case "42001", "42601" -> true;
            case "42000" ->
                failure instanceof SQLException refused
                        && (refused.getErrorCode() == 1064 || refused.getErrorCode() == 42000);
            default -> false;
        };
    }

    /** Whether code in the database was not even begun: it could not be read, does not exist, or is not allowed. */
    static boolean isNeverRun(Throwable failure) {
        int code = failure instanceof SQLException refused ? refused.getErrorCode() : 0;
        return isUnread(failure)
                || switch (stateOf(failure)) {
                    case "42883", "42501", "90022" -> true;
                    default -> code == 1305 || code == 1370; // MariaDB: no such routine, no right to execute it.
                };
    }

    /** Whether MariaDB and H2 have rolled back the whole transaction because of the failure: a deadlock. */
    static boolean isRolledBack(Throwable failure) {
        return stateOf(failure).equals("40001");
    }

    /** Whether MariaDB may have rolled back the whole transaction: a deadlock over the counter of a table is error 1467. */
    static boolean mayBeRolledBack(Throwable failure) {
        return failure instanceof SQLException refused && refused.getErrorCode() == 1467;
    }

    /** Whether the statement may have been refused for what it was asked to return: an unknown column, a missing right. */
    static boolean mayBeForRequest(Throwable failure) {
        return switch (stateOf(failure)) {
            case "42703", "42S22", "42501", "22P05" -> true;
            default -> false;
        };
    }

    private static String stateOf(Throwable failure) {
        String state = failure instanceof SQLException refused ? refused.getSQLState() : null;
        return state == null ? "" : state;
    }

    /**
     * Whether the driver complained about the kind of result only, after the database had executed the statement: pgjdbc
     * does so for executeQuery of a statement without rows, and both drivers for executeUpdate of one with rows.
     */
    static boolean isAppliedAllTheSame(Throwable failure) {
        String driver = failure.getClass().getName();
        String state = stateOf(failure).toUpperCase(Locale.ROOT);
        if (driver.startsWith("org.postgresql.")) {
            return state.equals("02000") || state.equals("0100E");
        }
        // MariaDB's driver has no state of its own for it; errors of the server have a number.
        return failure instanceof SQLException complaint
                && state.equals("HY000")
                && complaint.getErrorCode() <= 0
                && String.valueOf(complaint.getMessage()).contains("unexpected ResultSet");
    }
}
