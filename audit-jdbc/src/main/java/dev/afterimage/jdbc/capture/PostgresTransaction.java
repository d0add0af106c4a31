package dev.afterimage.jdbc.capture;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** A PostgreSQL connection's transaction as its driver sees it, without a round trip. */
final class PostgresTransaction {

    /** Asked once: to look in vain for a class costs microseconds each time. */
    private static final boolean PGJDBC_IS_HERE = isPgjdbcHere();

    private final BaseConnection driver;

    private PostgresTransaction(BaseConnection driver) {
        this.driver = driver;
    }

    /** Finds pgjdbc behind a connection; null where it is another driver, or cannot be reached. */
    static @Nullable PostgresTransaction of(Connection raw) {
        if (!PGJDBC_IS_HERE) {
            return null;
        }
        try {
            return raw.isWrapperFor(BaseConnection.class)
                    ? new PostgresTransaction(raw.unwrap(BaseConnection.class))
                    : null;
        } catch (SQLException | RuntimeException notPgjdbc) {
            return null;
        }
    }

    private static boolean isPgjdbcHere() {
        try {
            return BaseConnection.class.isInterface();
        } catch (LinkageError absent) {
            return false;
        }
    }

    /** Whether the server will answer a commit by rolling back, because a statement has failed. */
    boolean isFailed() {
        return driver.getTransactionState() == org.postgresql.core.TransactionState.FAILED;
    }

    /** The search path, which servers report from PostgreSQL 18 on; else null. */
    @Nullable
    String searchPath() {
        return driver.getParameterStatus("search_path");
    }

    /** Whether no transaction is open. */
    boolean isIdle() {
        return driver.getTransactionState() == org.postgresql.core.TransactionState.IDLE;
    }
}
