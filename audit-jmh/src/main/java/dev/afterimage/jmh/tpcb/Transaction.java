package dev.afterimage.jmh.tpcb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * One TPC-B-like transaction, in pgbench's order: account updated and read, teller and branch updated, a row of history
 * inserted, commit. Connection and statements are asked for each time, as applications do. For one thread.
 */
final class Transaction {

    /** Rows that one transaction changes. */
    static final int CHANGES = 4;

    private static final String UPDATE_ACCOUNT = update("account");
    private static final String SELECT_ACCOUNT = "select balance from " + Schema.NAME + ".account where id = ?";
    private static final String UPDATE_TELLER = update("teller");
    private static final String UPDATE_BRANCH = update("branch");
    private static final String INSERT_HISTORY = "insert into " + Schema.NAME
            + ".history (id, teller, branch, account, delta, changed_at) values (?, ?, ?, ?, ?, ?)";

    private final DataSource dataSource;
    private final Outbox outbox;
    private final int scale;
    private final SplittableRandom random;
    private final AtomicLong historyIds;

    Transaction(DataSource dataSource, Outbox outbox, int scale, SplittableRandom random, AtomicLong historyIds) {
        this.dataSource = dataSource;
        this.outbox = outbox;
        this.scale = scale;
        this.random = random;
        this.historyIds = historyIds;
    }

    private static String update(String table) {
        return "update " + Schema.NAME + "." + table + " set balance = balance + ? where id = ?";
    }

    /** Runs and commits it. */
    void run() throws SQLException {
        int account = 1 + random.nextInt(scale * Schema.ACCOUNTS_PER_BRANCH);
        int teller = 1 + random.nextInt(scale * Schema.TELLERS_PER_BRANCH);
        int branch = 1 + random.nextInt(scale);
        int delta = delta();
        try (Connection connection = dataSource.getConnection()) {
            add(connection, UPDATE_ACCOUNT, "account", account, delta);
            read(connection, account);
            add(connection, UPDATE_TELLER, "teller", teller, delta);
            add(connection, UPDATE_BRANCH, "branch", branch, delta);
            insertHistory(connection, teller, branch, account, delta);
            outbox.committing(connection);
            connection.commit();
        }
    }

    /** Never zero: an update that changes nothing is nothing to some trails. */
    private int delta() {
        int amount = 1 + random.nextInt(5000);
        return random.nextBoolean() ? amount : -amount;
    }

    private void add(Connection connection, String sql, String table, int id, int delta) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, delta);
            update.setInt(2, id);
            expectOne(update.executeUpdate(), sql);
        }
        outbox.changed(connection, table, "update", id, delta);
    }

    private static void read(Connection connection, int account) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_ACCOUNT)) {
            select.setInt(1, account);
            try (ResultSet rows = select.executeQuery()) {
                expectOne(rows.next() ? 1 : 0, SELECT_ACCOUNT);
                rows.getInt(1);
            }
        }
    }

    private void insertHistory(Connection connection, int teller, int branch, int account, int delta)
            throws SQLException {
        long id = historyIds.incrementAndGet();
        try (PreparedStatement insert = connection.prepareStatement(INSERT_HISTORY)) {
            insert.setLong(1, id);
            insert.setInt(2, teller);
            insert.setInt(3, branch);
            insert.setInt(4, account);
            insert.setInt(5, delta);
            insert.setTimestamp(6, new Timestamp(System.currentTimeMillis()));
            expectOne(insert.executeUpdate(), INSERT_HISTORY);
        }
        outbox.changed(connection, "history", "insert", id, delta);
    }

    private static void expectOne(int rows, String sql) {
        if (rows != 1) {
            throw new IllegalStateException(rows + " rows instead of one: " + sql);
        }
    }
}
