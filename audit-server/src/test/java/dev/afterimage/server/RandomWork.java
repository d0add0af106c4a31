package dev.afterimage.server;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions at random, on few rows, so that threads meet. In autocommit rows are inserted only: two autocommit
 * statements on one row have an order that no client can know, unless the first makes the row.
 */
final class RandomWork {

    static final String SCHEMA = """
            CREATE TABLE account (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner varchar(20) NOT NULL,
                balance numeric(12, 2) NOT NULL, rate double precision, active boolean NOT NULL DEFAULT true,
                opened date, touched timestamptz, note text);
            CREATE TABLE position (account_id bigint, code varchar(8), quantity int NOT NULL, mark char(6),
                PRIMARY KEY (account_id, code))""";

    private static final int ACCOUNTS = 60;
    private static final int CODES = 12;

    private final DataSource dataSource;
    private final Random random;
    private final int thread;

    RandomWork(DataSource dataSource, long seed, int thread) {
        this.dataSource = dataSource;
        this.random = new Random(seed * 31 + thread);
        this.thread = thread;
    }

    /** One transaction; one that loses a deadlock or breaks a constraint is rolled back like any other. */
    void transaction() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (random.nextInt(10) == 0) {
                insertAccount(connection, "solo-" + thread);
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

    private void step(Connection connection) throws SQLException {
        switch (random.nextInt(12)) {
            case 0, 1 -> insertAccount(connection, "owner-" + random.nextInt(4));
            case 2, 3 -> changeAccount(connection);
            case 4 -> add(connection);
            case 5 -> update(connection, "DELETE FROM account WHERE id = ?", account());
            case 6, 7 -> hold(connection);
            case 8 -> moveKey(connection);
            case 9 -> batch(connection);
            case 10 -> rarelyBulk(connection);
            default -> update(connection, "DELETE FROM position WHERE account_id = ? AND code = ?", account(), code());
        }
    }

    private void insertAccount(Connection connection, String owner) throws SQLException {
        String sql = "INSERT INTO account (owner, balance, opened, note) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            bind(insert, owner, money(), LocalDate.of(2026, 1, 1).plusDays(random.nextInt(300)), text());
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                key.next();
            }
        }
    }

    private void changeAccount(Connection connection) throws SQLException {
        long id = account();
        switch (random.nextInt(4)) {
            case 0 -> update(connection, "UPDATE account SET note = ?, active = ? WHERE id = ?", text(), flag(), id);
            case 1 -> update(connection, "UPDATE account SET rate = ? WHERE id = ?", random.nextGaussian(), id);
            case 2 ->
                update(
                        connection,
                        "UPDATE account SET touched = ?, owner = ? WHERE id = ?",
                        OffsetDateTime.now(ZoneOffset.ofHours(random.nextInt(5))),
                        "owner-" + random.nextInt(4),
                        id);
            default -> execute(connection, "UPDATE account SET balance = " + money() + " WHERE id = " + id);
        }
    }

    private void add(Connection connection) throws SQLException {
        update(connection, "UPDATE account SET balance = balance + ? WHERE id = ?", money(), account());
    }

    private void hold(Connection connection) throws SQLException {
        update(
                connection,
                "INSERT INTO position (account_id, code, quantity, mark) VALUES (?, ?, ?, 'x')"
                        + " ON CONFLICT (account_id, code) DO UPDATE SET quantity = position.quantity + 1",
                account(),
                code(),
                random.nextInt(100));
    }

    private void moveKey(Connection connection) throws SQLException {
        update(
                connection,
                "UPDATE position SET code = ?, mark = ? WHERE account_id = ? AND code = ?",
                code(),
                "m" + random.nextInt(9),
                account(),
                code());
    }

    private void batch(Connection connection) throws SQLException {
        String sql = "INSERT INTO position (account_id, code, quantity) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int rows = 2 + random.nextInt(5); rows > 0; rows--) {
                bind(insert, account(), code(), random.nextInt(100));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void rarelyBulk(Connection connection) throws SQLException {
        if (random.nextInt(3) != 0) {
            changeAccount(connection);
            return;
        }
        String owner = "owner-" + random.nextInt(4);
        if (random.nextInt(4) == 0) {
            update(connection, "DELETE FROM account WHERE owner = ? AND balance < ?", owner, new BigDecimal(500));
        } else {
            update(connection, "UPDATE account SET balance = balance * 1.01, note = ? WHERE owner = ?", text(), owner);
        }
    }

    private static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long account() {
        return 1L + random.nextInt(ACCOUNTS);
    }

    private String code() {
        return "c" + random.nextInt(CODES);
    }

    private BigDecimal money() {
        return BigDecimal.valueOf(random.nextInt(1_000_000), 2);
    }

    private Boolean flag() {
        return random.nextBoolean();
    }

    private @Nullable String text() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> "Zoë's “note”, \\ = \n\t€ 𝄞";
            default -> "note " + random.nextInt(1000);
        };
    }
}
