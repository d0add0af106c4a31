package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database has a transaction open on a connection, and whether that one is lost: by what the driver knows
 * without a round trip, else by what has gone by. Not thread-safe.
 */
final class TransactionState {

    private final Connection raw;
    private final SqlDialect dialect;
    private boolean driverAsked;
    private @Nullable PostgresTransaction driver;
    private boolean failed;
    private boolean openedByText;
    private boolean branch;

    TransactionState(Connection raw, SqlDialect dialect) {
        this.raw = raw;
        this.dialect = dialect;
    }

    /** Whether no transaction is open, so that what a statement has just done is settled. */
    boolean isOver() {
        PostgresTransaction known = driver();
        return known == null ? isAutoCommit() && !openedByText : known.isIdle();
    }

    /** Whether the statement that comes next will be a transaction of its own. */
    boolean isAlone() {
        return isAutoCommit() && !openedByText && isOver();
    }

    /** Whether the driver itself says so, however the transaction has come to its end. */
    boolean isOverForCertain() {
        PostgresTransaction known = driver();
        return known != null && known.isIdle();
    }

    /** After a failed statement PostgreSQL answers a commit by rolling back, and says nothing. */
    boolean isDoomed() {
        if (dialect != SqlDialect.POSTGRESQL) {
            return false;
        }
        PostgresTransaction known = driver();
        return known != null && known.isFailed();
    }

    /** Whether it may be so, and the driver does not say: a failure may have come from the driver alone. */
    boolean mayBeDoomed() {
        return dialect == SqlDialect.POSTGRESQL && failed && driver() == null;
    }

    /** Whether a text has opened a transaction that JDBC's own flag does not show. */
    boolean isOpenedByText() {
        return openedByText;
    }

    /** A text has opened a transaction; H2 shows that by its autocommit flag. */
    void opened() {
        openedByText = dialect != SqlDialect.H2;
    }

    /** A branch of a distributed transaction has begun, or goes on. */
    void branchBegun() {
        opened();
        branch = true;
    }

    /** Whether the open transaction is the branch of a distributed one. */
    boolean isBranch() {
        return branch;
    }

    /** Whether code that was called may have ended the transaction, and nobody has noticed. */
    boolean mayEndInside() {
        return switch (dialect) {
            case POSTGRESQL -> false; // It allows that only where the call is a transaction of its own.
            case MYSQL -> !branch;
            default -> true;
        };
    }

    /** A statement has failed. */
    void failed() {
        failed = !isOver();
    }

    /** A savepoint was gone back to: the failure since is forgiven. */
    void recovered() {
        failed = false;
    }

    /** The transaction has ended. */
    void ended() {
        failed = false;
        openedByText = false;
        branch = false;
    }

    /** Whether the connection is not the driver's own: what it does when it is closed is the pool's affair. */
    boolean isBehindPool() {
        String driver = raw.getClass().getName();
        return !(driver.startsWith("org.postgresql.")
                || driver.startsWith("org.h2.")
                || driver.startsWith("org.mariadb.")
                || driver.startsWith("com.mysql."));
    }

    SqlDialect dialect() {
        return dialect;
    }

    /** The search path, where the driver knows it. */
    @Nullable
    String reportedPath() {
        PostgresTransaction known = driver();
        return known == null ? null : known.searchPath();
    }

    /** Whether a rollback undoes changes of the session's settings too. */
    boolean isTransactional() {
        return dialect == SqlDialect.POSTGRESQL;
    }

    private boolean isAutoCommit() {
        try {
            return raw.getAutoCommit();
        } catch (SQLException e) {
            return false; // A closed connection: whatever is open is rolled back.
        }
    }

    private @Nullable PostgresTransaction driver() {
        if (!driverAsked) {
            driverAsked = true;
            driver = dialect == SqlDialect.POSTGRESQL ? PostgresTransaction.of(raw) : null;
        }
        return driver;
    }
}
