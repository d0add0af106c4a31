package dev.afterimage.jdbc.capture;

import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** What has become of a transaction whose end was asked for. */
enum BranchEnd {
    COMMITTED,
    ROLLED_BACK,
    IN_DOUBT;

    private static final String MARIADB_UNKNOWN_XID = "XAE04";
    private static final String POSTGRESQL_UNDEFINED_OBJECT = "42704";
    private static final int H2_TRANSACTION_NOT_FOUND = 90129;

    /** What the failure of a branch's end says for certain; null where it says nothing. */
    static @Nullable BranchEnd of(Throwable failure) {
        if (!(failure instanceof XAException refused)) {
            return null;
        }
        return switch (refused.errorCode) {
            case XAException.XA_HEURCOM -> COMMITTED;
            case XAException.XA_HEURRB -> ROLLED_BACK;
            case XAException.XA_HEURMIX, XAException.XA_HEURHAZ -> IN_DOUBT;
            default -> isRollback(refused.errorCode) ? ROLLED_BACK : null;
        };
    }

    private static boolean isRollback(int code) {
        return code >= XAException.XA_RBBASE && code <= XAException.XA_RBEND;
    }

    /** Whether the call itself was out of place, so that the branch is as it was. */
    static boolean isOutOfPlace(Throwable failure) {
        return failure instanceof XAException refused
                && switch (refused.errorCode) {
                    case XAException.XAER_ASYNC,
                            XAException.XAER_NOTA,
                            XAException.XAER_INVAL,
                            XAException.XAER_PROTO,
                            XAException.XAER_DUPID,
                            XAException.XAER_OUTSIDE -> true;
                    default -> TransactionFate.isMisuse(sqlOf(failure));
                };
    }

    /**
     * Whether the database knows a prepared transaction no more: somebody else has ended it, one way or the other. MariaDB
     * says so, too, while the connection that has prepared it is open; that is no end.
     */
    static boolean isGone(Throwable failure) {
        if (!(sqlOf(failure) instanceof SQLException unknown)) {
            return isOutOfPlace(failure) && ((XAException) failure).errorCode == XAException.XAER_NOTA;
        }
        String state = unknown.getSQLState();
        return POSTGRESQL_UNDEFINED_OBJECT.equals(state)
                || unknown.getErrorCode() == H2_TRANSACTION_NOT_FOUND
                || (failure instanceof XAException refused
                        && refused.errorCode == XAException.XAER_NOTA
                        && !MARIADB_UNKNOWN_XID.equals(state));
    }

    /** The database's own exception, where the driver has kept it; else the failure itself. */
    static Throwable sqlOf(Throwable failure) {
        return failure instanceof XAException && failure.getCause() instanceof SQLException sql ? sql : failure;
    }
}
