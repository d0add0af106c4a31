package dev.afterimage.server;

import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Work of which every change can be told from every other, whatever was lost before it: each statement writes a mark that
 * no other writes, and a key that was deleted is never used again. In autocommit a thread changes only rows that no other
 * thread changes, or makes new ones: of two autocommit statements on one row nobody can know the order.
 */
final class MarkedWork extends RandomTransactions {

    /** The column that holds the mark. */
    static final String MARK = "mark";

    static final List<TableName> TABLES = List.of(
            TableName.of("public", "account"), TableName.of("public", "entry"), TableName.of("public", "tally"));

    static final String SCHEMA = """
            CREATE TABLE account (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner varchar(20) NOT NULL,
                balance numeric(12, 2) NOT NULL, note text, mark bigint NOT NULL);
            CREATE TABLE entry (account_id bigint, number bigint, amount numeric(12, 2), mark bigint NOT NULL,
                PRIMARY KEY (account_id, number));
            CREATE TABLE tally (code varchar(8) PRIMARY KEY, hits int NOT NULL, mark bigint NOT NULL);""";

    private static final int RECENT = 40;
    private static final int MOST_ENTRIES = 10_000;
    private static final int OWNERS = 4;
    private static final int CODES = 8;

    private static final String TALLY = "INSERT INTO tally (code, hits, mark) VALUES (?, 1, ?)"
            + " ON CONFLICT (code) DO UPDATE SET hits = tally.hits + 1, mark = excluded.mark";

    private final AtomicLong newest;
    /** Key of a row that nobody else changes at the same time: of two processes at once the runs have numbers side by side. */
    private final String own;

    private final List<long[]> entries = new ArrayList<>();
    private long mark;

    /**
     * Work for one thread.
     *
     * @param newest the greatest key of an account so far; threads share it
     * @param run no two runs on one database may have the same number, nor two threads of a run theirs
     */
    MarkedWork(DataSource dataSource, AtomicLong newest, long seed, int run, int thread) {
        super(dataSource, seed + 1_000_003L * run, thread);
        this.newest = newest;
        this.own = "own-" + run % 2 + thread;
        this.mark = ((long) run << 40) + ((long) thread << 32);
    }

    @Override
    void alone(Connection connection) throws SQLException {
        switch (random.nextInt(3)) {
            case 0 -> insertAccount(connection);
            case 1 -> update(connection, TALLY, own, nextMark());
            default ->
                execute(connection, "UPDATE tally SET hits = 0, mark = " + nextMark() + " WHERE code = '" + own + "'");
        }
    }

    @Override
    void step(Connection connection) throws SQLException {
        switch (random.nextInt(12)) {
            case 0, 1 -> insertAccount(connection);
            case 2, 3 -> changeAccount(connection);
            case 4 ->
                update(
                        connection,
                        "UPDATE account SET balance = balance + ?, mark = ? WHERE id = ?",
                        money(),
                        nextMark(),
                        account());
            case 5 -> update(connection, "DELETE FROM account WHERE id = ?", account());
            case 6, 7 -> insertEntries(connection);
            case 8, 9 -> changeEntry(connection);
            case 10 -> changeAccounts(connection);
            default -> update(connection, TALLY, "code-" + random.nextInt(CODES), nextMark());
        }
    }

    private void insertAccount(Connection connection) throws SQLException {
        String sql = "INSERT INTO account (owner, balance, note, mark) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            bind(insert, owner(), money(), "new", nextMark());
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                key.next();
                newest.accumulateAndGet(key.getLong("id"), Math::max);
            }
        }
    }

    private void changeAccount(Connection connection) throws SQLException {
        if (random.nextBoolean()) {
            update(connection, "UPDATE account SET note = ?, mark = ? WHERE id = ?", "note", nextMark(), account());
        } else {
            execute(
                    connection,
                    "UPDATE account SET balance = " + money() + ", mark = " + nextMark() + " WHERE id = " + account());
        }
    }

    /** The audit cannot tell which rows: one change for all of them. */
    private void changeAccounts(Connection connection) throws SQLException {
        update(
                connection,
                "UPDATE account SET note = ?, mark = ? WHERE owner = ? AND id > ?",
                "all",
                nextMark(),
                owner(),
                newest.get() - RECENT);
    }

    private void insertEntries(Connection connection) throws SQLException {
        String sql = "INSERT INTO entry (account_id, number, amount, mark) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int rows = 1 + random.nextInt(6); rows > 0; rows--) {
                long[] entry = {account(), nextMark()};
                bind(insert, entry[0], entry[1], money(), entry[1]);
                insert.addBatch();
                remember(entry);
            }
            insert.executeBatch();
        }
    }

    /** As many as a long run may have in memory; then one that was made earlier is left alone for ever. */
    private void remember(long[] entry) {
        if (entries.size() < MOST_ENTRIES) {
            entries.add(entry);
        } else {
            entries.set(random.nextInt(MOST_ENTRIES), entry);
        }
    }

    private void changeEntry(Connection connection) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        long[] entry = entries.get(random.nextInt(entries.size()));
        if (random.nextBoolean()) {
            update(
                    connection,
                    "UPDATE entry SET amount = ?, mark = ? WHERE account_id = ? AND number = ?",
                    money(),
                    nextMark(),
                    entry[0],
                    entry[1]);
        } else {
            update(connection, "DELETE FROM entry WHERE account_id = ? AND number = ?", entry[0], entry[1]);
        }
    }

    private long nextMark() {
        return ++mark;
    }

    private long account() {
        return Math.max(1, newest.get() - random.nextInt(RECENT));
    }

    private String owner() {
        return "owner-" + random.nextInt(OWNERS);
    }
}
