package dev.afterimage.samples.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditContext;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.Actor;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.store.HistoryReader;
import dev.afterimage.jdbc.undo.Selection;
import dev.afterimage.jdbc.undo.Undo;
import dev.afterimage.jdbc.undo.UndoOptions;
import dev.afterimage.jdbc.undo.UndoPlan;
import dev.afterimage.jdbc.undo.UndoResult;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A migration deletes the wrong rows of a cluster's metadata. The trail puts them back, exactly, within a minute. */
@SuppressWarnings("try") // A scope does its work by being open.
final class Rescue {

    private static final int SHARDS = 1_000;
    private static final int DELETED = 300;
    private static final int SHOWN = 3;
    private static final Duration ARRIVAL = Duration.ofSeconds(60);
    private static final String CHECKSUM = "SELECT count(*), sum(capacity * shard_id), sum(from_key * shard_id)"
            + " FROM shard JOIN shard_range USING (shard_id)";

    private final Databases databases;
    private final Ledger ledger;
    private final PrintStream out;

    Rescue(Databases databases, PrintStream out) {
        this.databases = databases;
        this.ledger = new Ledger(databases.store());
        this.out = out;
    }

    /** Returns whether all rows are as they were. */
    boolean run(String bootstrapServers) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setDataSource(databases.production());
        execute(
                "CREATE TABLE shard (shard_id int PRIMARY KEY, host varchar(40) NOT NULL, capacity int, note varchar(80))");
        execute("CREATE TABLE shard_range (shard_id int NOT NULL REFERENCES shard, from_key bigint,"
                + " PRIMARY KEY (shard_id, from_key))");
        try (HikariDataSource pool = new HikariDataSource(config);
                AuditTrail trail = AuditTrail.start(AuditConfiguration.of(
                        Map.of("audit.source", "cluster", "audit.kafka.bootstrap-servers", bootstrapServers)))) {
            DataSource audited = AuditDataSource.wrap(pool, trail);
            try (var scope = AuditContext.actor("provisioning").open()) {
                changeEach(
                        audited,
                        SHARDS,
                        "INSERT INTO shard (shard_id, host, capacity, note) VALUES (?, 'db', 64, 'ok')");
                changeEach(audited, SHARDS, "INSERT INTO shard_range (shard_id, from_key) VALUES (?, 1000)");
            }
            awaitArrival(trail);
            String before = checksum();
            try (var scope = AuditContext.actor("migration-17").open()) {
                changeEach(audited, DELETED, "DELETE FROM shard_range WHERE shard_id = ? AND from_key = 1000");
                changeEach(audited, DELETED, "DELETE FROM shard WHERE shard_id = ?");
            }
            out.printf("migration-17 has deleted %d of %d shards and their ranges.%n", DELETED, SHARDS);
            return restore(trail, audited, before);
        }
    }

    private boolean restore(AuditTrail trail, DataSource audited, String before) throws Exception {
        long begun = System.nanoTime();
        awaitArrival(trail);
        Undo undo = new Undo(new HistoryReader(databases.store(), "audit_history"), "cluster", audited);
        UndoPlan plan = undo.plan(
                new Selection.ByActor(
                        "migration-17", Instant.EPOCH, Instant.now().plus(ARRIVAL)),
                UndoOptions.SAFE);
        plan.statements().stream().limit(SHOWN).forEach(statement -> out.println("  " + statement.shown()));
        out.printf(
                "  ... %d statements, %d conflicts%n",
                plan.statements().size(), plan.conflicts().size());
        UndoResult result = undo.execute(plan, new Actor("operator", null, "wrong shards deleted", null, Map.of()));
        result.conflicts().stream().limit(SHOWN).forEach(conflict -> out.println("  " + conflict));
        boolean exact = result.isDone() && checksum().equals(before);
        out.printf(
                "rescue: %d rows put back in %.1f s, %s%n",
                result.statements(),
                (System.nanoTime() - begun) / 1e9,
                exact ? "all as they were" : "NOT as they were");
        return exact;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = databases.production().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void changeEach(DataSource audited, int shards, String sql) throws SQLException {
        try (Connection connection = audited.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (int shard = 1; shard <= shards; shard++) {
                statement.setInt(1, shard);
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private String checksum() throws SQLException {
        try (Connection connection = databases.production().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(CHECKSUM)) {
            row.next();
            return row.getString(1) + " " + row.getString(2) + " " + row.getString(3);
        }
    }

    private void awaitArrival(AuditTrail trail) throws Exception {
        if (!trail.flush(ARRIVAL)) {
            throw new IllegalStateException("The broker did not take everything within " + ARRIVAL);
        }
        long end = System.nanoTime() + ARRIVAL.toNanos();
        while (ledger.size() < trail.counters().snapshot().delivered()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not all has arrived within " + ARRIVAL);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
