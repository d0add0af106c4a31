package dev.afterimage.jdbc.proxy;

import java.sql.CallableStatement;
import org.jspecify.annotations.Nullable;

/** A call; a cursor or an array among its out parameters leaves wrapped. */
final class AuditedCallableStatement extends DelegatingCallableStatement {

    AuditedCallableStatement(CallableStatement delegate, AuditedConnection connection, @Nullable String sql) {
        super(delegate, connection, sql);
    }
}
