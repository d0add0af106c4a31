package dev.afterimage.jdbc.outcome;

import java.sql.Connection;
import java.sql.SQLException;

/** What {@link ProcedureCases} call in H2. */
public final class H2Procedures {

    private H2Procedures() {}

    /** Changes a row. */
    public static void plain(Connection connection) throws SQLException {
        Cases.run(connection, Cases.insert(50));
    }

    /** Changes a row and commits. */
    public static void kept(Connection connection) throws SQLException {
        plain(connection);
        connection.commit();
    }

    /** Changes a row, commits and fails. */
    public static void broken(Connection connection) throws SQLException {
        kept(connection);
        throw new SQLException("broken", "45000");
    }
}
