package dev.afterimage.server;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions at random, on few rows, so that threads meet. In autocommit rows are inserted only: two autocommit
 * statements on one row have an order that no client can know, unless the first makes the row.
 */
final class RandomWork extends RandomTransactions {

    static final String SCHEMA = """
            CREATE TABLE account (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner varchar(20) NOT NULL,
                balance numeric(12, 2) NOT NULL, rate double precision, active boolean NOT NULL DEFAULT true,
                opened date, touched timestamptz, note text);
            CREATE TABLE position (account_id bigint, code varchar(8), quantity int NOT NULL, mark char(6),
                PRIMARY KEY (account_id, code))""";

    private static final int ACCOUNTS = 60;
    private static final int CODES = 12;

    RandomWork(DataSource dataSource, long seed, int thread) {
        super(dataSource, seed, thread);
    }

    @Override
    void alone(Connection connection) throws SQLException {
        insertAccount(connection, "solo-" + thread);
    }

    @Override
    void step(Connection connection) throws SQLException {
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

    private long account() {
        return 1L + random.nextInt(ACCOUNTS);
    }

    private String code() {
        return "c" + random.nextInt(CODES);
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
