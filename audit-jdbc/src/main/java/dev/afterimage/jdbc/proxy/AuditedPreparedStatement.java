package dev.afterimage.jdbc.proxy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A prepared statement that knows its text. */
class AuditedPreparedStatement extends DelegatingPreparedStatement {

    private final @Nullable String sql;

    /**
     * Wraps a prepared statement.
     *
     * @param sql the text as the application gave it; null for a statement that the driver prepared for itself
     */
    AuditedPreparedStatement(PreparedStatement delegate, AuditedConnection connection, @Nullable String sql) {
        super(delegate, connection);
        this.sql = sql;
    }

    /** The text as the application gave it; null for a statement that the driver prepared for itself. */
    final @Nullable String sql() {
        return sql;
    }

    @Override
    public @Nullable ResultSet executeQuery() throws SQLException {
        return result(delegate().executeQuery());
    }
}
