package dev.afterimage.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Transactions at random on tables that refer to each other, row by row. */
final class UndoWork extends RandomTransactions {

    static final String SCHEMA = """
            CREATE TABLE shard (id int PRIMARY KEY, name varchar(40) NOT NULL, balance numeric(12, 2), tag char(6),
                active boolean NOT NULL DEFAULT true, touched timestamptz, note text);
            CREATE TABLE placement (shard_id int NOT NULL REFERENCES shard, slot int, state text,
                PRIMARY KEY (shard_id, slot));
            CREATE TABLE ticket (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, shard_id int REFERENCES shard,
                subject text, length int GENERATED ALWAYS AS (length(subject)) STORED)""";

    private static final int SHARDS = 25;
    private static final int SLOTS = 4;

    UndoWork(DataSource dataSource, long seed, int thread) {
        super(dataSource, seed, thread);
    }

    @Override
    void alone(Connection connection) throws SQLException {
        String sql = "INSERT INTO ticket (shard_id, subject) VALUES (NULL, ?)";
        // The application reads the number, and so the trail knows it.
        try (PreparedStatement insert = connection.prepareStatement(sql, new String[] {"id"})) {
            insert.setString(1, "alone " + random.nextInt(99));
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                key.next();
            }
        }
    }

    @Override
    void step(Connection connection) throws SQLException {
        switch (random.nextInt(10)) {
            case 0, 1 ->
                update(
                        connection,
                        "INSERT INTO shard (id, name, balance, tag) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        shard(),
                        "s" + random.nextInt(99),
                        money(),
                        "t" + random.nextInt(9));
            case 2, 3 ->
                update(
                        connection,
                        "UPDATE shard SET balance = balance + ?, note = ?, touched = now() WHERE id = ?",
                        money(),
                        random.nextInt(3) == 0 ? null : "note " + random.nextInt(99),
                        shard());
            case 4 -> update(connection, "DELETE FROM shard WHERE id = ?", shard());
            case 5, 6 ->
                update(
                        connection,
                        "INSERT INTO placement (shard_id, slot, state) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        shard(),
                        slot(),
                        "warm");
            case 7 ->
                update(
                        connection,
                        "UPDATE placement SET slot = ?, state = 'moved' WHERE shard_id = ? AND slot = ?",
                        slot(),
                        shard(),
                        slot());
            case 8 -> update(connection, "DELETE FROM placement WHERE shard_id = ? AND slot = ?", shard(), slot());
            default ->
                update(
                        connection,
                        "UPDATE ticket SET shard_id = ?, subject = ? WHERE id = ?",
                        random.nextBoolean() ? null : shard(),
                        "subject " + "x".repeat(random.nextInt(5)),
                        1 + random.nextInt(20));
        }
    }

    private int shard() {
        return 1 + random.nextInt(SHARDS);
    }

    private int slot() {
        return random.nextInt(SLOTS);
    }
}
