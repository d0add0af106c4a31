package dev.afterimage.server;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions of random steps with random ends, and now and then a statement in autocommit. One thread's own. */
abstract class RandomTransactions {

    final Random random;
    final int thread;
    private final DataSource dataSource;

    RandomTransactions(DataSource dataSource, long seed, int thread) {
        this.dataSource = dataSource;
        this.random = new Random(seed * 31 + thread);
        this.thread = thread;
    }

    /** A statement that is a transaction of its own. */
    abstract void alone(Connection connection) throws SQLException;

    /** A statement, or a few, within a transaction. */
    abstract void step(Connection connection) throws SQLException;

    /** One transaction; one that loses a deadlock or breaks a constraint is rolled back like any other. */
    void transaction() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (random.nextInt(10) == 0) {
                alone(connection);
                return;
            }
            connection.setAutoCommit(false);
            try {
                for (int steps = 1 + random.nextInt(5); steps > 0; steps--) {
                    stepOrSavepoint(connection);
                }
                finish(connection);
            } catch (SQLException e) {
                if (e.getSQLState() == null || e.getSQLState().startsWith("08")) {
                    throw e;
                }
                // PostgreSQL answers the commit of a failed transaction by rolling back, without a word.
                if (random.nextBoolean()) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            }
            connection.setAutoCommit(true);
        }
    }

    private void finish(Connection connection) throws SQLException {
        switch (random.nextInt(10)) {
            case 0 -> connection.rollback();
            case 1 -> connection.setAutoCommit(true);
            case 2 -> execute(connection, "COMMIT");
            default -> connection.commit();
        }
    }

    private void stepOrSavepoint(Connection connection) throws SQLException {
        if (random.nextInt(8) != 0) {
            step(connection);
            return;
        }
        Savepoint savepoint = connection.setSavepoint();
        step(connection);
        if (random.nextBoolean()) {
            connection.rollback(savepoint);
        } else {
            connection.releaseSavepoint(savepoint);
        }
    }

    static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    BigDecimal money() {
        return BigDecimal.valueOf(random.nextInt(1_000_000), 2);
    }
}
