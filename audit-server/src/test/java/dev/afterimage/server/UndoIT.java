package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditContext;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.fixture.PostgresPair;
import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.jdbc.store.HistoryReader;
import dev.afterimage.jdbc.undo.Selection;
import dev.afterimage.jdbc.undo.Undo;
import dev.afterimage.jdbc.undo.UndoOptions;
import dev.afterimage.jdbc.undo.UndoPlan;
import dev.afterimage.kafka.fixture.Consumption;
import dev.afterimage.kafka.fixture.KafkaBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Undo and redo on the whole path: the trail comes by Kafka, is resolved on a standby, and tells of the undo too. */
@SuppressWarnings({"NullAway.Init", "try"}) // JUnit's life cycle; a scope does its work by being open
class UndoIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOPIC = "undo";
    private static final int ROUNDS = 5;
    private static final int TRANSACTIONS = 10;
    private static final List<String> TABLES = List.of("shard", "placement", "ticket");

    @TempDir
    private static Path directory;

    private static PostgresPair production;
    private static PostgresServer storage;
    private static KafkaBroker broker;
    private static AuditServer server;
    private static AuditTrail trail;
    private static HikariDataSource pool;
    private static AuditDataSource audited;
    private static HistoryReader history;
    private static Map<String, String> settings;

    @BeforeAll
    static void open() throws Exception {
        production = PostgresPair.open();
        storage = PostgresServer.open();
        broker = KafkaBroker.open();
        broker.createTopic(TOPIC, 3);
        broker.createTopic(TOPIC + "_dead", 1);
        settings = new HashMap<>(Map.of(
                "audit.kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "audit.kafka.topic",
                TOPIC,
                "audit.kafka.dead-letter-topic",
                TOPIC + "_dead",
                "audit.kafka.group",
                TOPIC,
                "audit.replica.url",
                production.standby().jdbcUrl(),
                "audit.store.url",
                storage.jdbcUrl(),
                "audit.production.url",
                production.primary().jdbcUrl(),
                "audit.capture.keys",
                "auto",
                "audit.capture.images",
                "full",
                "audit.durability",
                "memory"));
        execute(UndoWork.SCHEMA);
        production.awaitReplay();
        AuditConfiguration configuration = AuditConfiguration.of(settings);
        server = new AuditServer(configuration);
        AuditServer started = server;
        new Thread(
                        () -> {
                            try {
                                started.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "audit-server")
                .start();
        HikariConfig config = new HikariConfig();
        config.setDataSource(production.primary().dataSource());
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
        trail = AuditTrail.start(configuration);
        audited = AuditDataSource.wrap(pool, trail);
        history = new HistoryReader(storage.dataSource(), "audit_history");
    }

    @AfterAll
    static void close() {
        trail.close();
        server.close();
        pool.close();
        broker.close();
        storage.close();
        production.close();
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = production.primary().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void as(String actor, String... statements) throws SQLException {
        try (var scope = AuditContext.actor(actor).open();
                Connection connection = Objects.requireNonNull(audited.getConnection());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static void awaitStored() {
        assertThat(trail.flush(PATIENCE)).isTrue();
        try (Consumption consumption = new Consumption(broker.bootstrapServers())) {
            Awaitility.await().atMost(PATIENCE).until(() -> consumption.isComplete(TOPIC, TOPIC));
        }
    }

    private static Instant now() throws SQLException {
        try (Connection connection = production.primary().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")) {
            row.next();
            return Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS);
        }
    }

    private static Map<String, List<String>> rows() throws SQLException {
        Map<String, List<String>> all = new TreeMap<>();
        try (Connection connection = production.primary().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                List<String> rows = new ArrayList<>();
                try (ResultSet row = statement.executeQuery("SELECT t::text FROM " + table + " t ORDER BY 1")) {
                    while (row.next()) {
                        rows.add(row.getString(1));
                    }
                }
                all.put(table, rows);
            }
        }
        return all;
    }

    /** One transaction after the other, each read on the standby before the next: all images are known then. */
    private static void work(UndoWork work) throws SQLException {
        for (int i = 0; i < TRANSACTIONS; i++) {
            try (var scope = AuditContext.actor("worker-" + i % 3).open()) {
                work.transaction();
            }
            awaitStored();
        }
    }

    private static Selection.After all(Instant moment) {
        return new Selection.After(
                moment,
                TABLES.stream().map(table -> TableName.of("public", table)).toList(),
                List.of());
    }

    @Test
    void tablesGoBackToATimeAndForth() throws Exception {
        long seed = Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        System.out.println("UndoIT: -Daudit.seed=" + seed);
        Undo undo = new Undo(history, "app", audited);
        Actor ops = new Actor("ops", null, "property", null, Map.of());
        int statements = 0;
        int conflicts = 0;
        int exact = 0;
        UndoWork work = new UndoWork(audited, seed, 0);
        work(work);
        for (int round = 0; round < ROUNDS; round++) {
            Instant moment = now();
            Map<String, List<String>> then = rows();
            work(work);
            Map<String, List<String>> later = rows();
            UndoPlan plan = undo.plan(all(moment), UndoOptions.SAFE);
            statements += plan.statements().size();
            conflicts += plan.conflicts().size();
            if (!plan.isClear()) {
                // Rows that took each other's values; and the order of statements of one moment.
                System.out.println(plan.conflicts());
                continue;
            }
            assertThat(undo.execute(plan, ops).conflicts())
                    .as("-Daudit.seed=%d round %d", seed, round)
                    .isEmpty();
            assertThat(rows()).as("-Daudit.seed=%d round %d", seed, round).isEqualTo(then);
            if (plan.statements().isEmpty()) { // All rows were left as they had been: nothing was undone.
                assertThat(later).isEqualTo(then);
                exact++;
                continue;
            }
            awaitStored();
            Selection.Transaction undone = Objects.requireNonNull(undo.undoOf(all(moment)));
            UndoPlan redo = undo.plan(undone, UndoOptions.SAFE);
            assertThat(redo.conflicts())
                    .as("-Daudit.seed=%d round %d", seed, round)
                    .isEmpty();
            assertThat(undo.execute(redo, ops).conflicts()).isEmpty();
            assertThat(rows()).as("-Daudit.seed=%d round %d", seed, round).isEqualTo(later);
            awaitStored();
            exact++;
        }
        System.out.println("undo: rounds=" + ROUNDS + " statements=" + statements + " conflicts=" + conflicts
                + " restored exactly=" + exact);
        assertThat(exact).isGreaterThan(ROUNDS / 2);
    }

    private record Ended(int status, String output) {}

    private static Ended run(String... arguments) throws IOException {
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + value));
        Path file = Files.write(directory.resolve("audit.properties"), lines);
        StringWriter output = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(output, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", file.toString()));
        String seed = System.clearProperty("audit.seed"); // The program would refuse it: it is no setting.
        int status = command.execute(all.toArray(String[]::new));
        if (seed != null) {
            System.setProperty("audit.seed", seed);
        }
        System.out.println(output);
        return new Ended(status, output.toString());
    }

    @Test
    void byTheCommandLine() throws Exception {
        as(
                "admin",
                "INSERT INTO shard (id, name, balance) VALUES (101, 'one', 1.50), (102, 'two', NULL)",
                "INSERT INTO placement (shard_id, slot, state) VALUES (101, 1, 'warm')");
        awaitStored();
        Map<String, List<String>> before = rows();
        as("eve", "DELETE FROM placement WHERE shard_id = 101 AND slot = 1", "DELETE FROM shard WHERE id = 101");
        Map<String, List<String>> after = rows();
        awaitStored();
        HistoryEntry mistake = history.byActor("eve", Instant.EPOCH, 10).get(0);
        String transaction = Shown.transaction(mistake.change());
        Ended plan = run("undo", "--transaction", transaction);
        assertThat(plan.status()).isZero();
        assertThat(plan.output())
                .containsSubsequence(
                        "INSERT INTO \"public\".\"shard\"", "(101, 'one', 1.50, NULL", "INSERT INTO", "placement");
        assertThat(rows()).isEqualTo(after);
        assertThat(run("undo", "--transaction", transaction, "--execute", "--actor-name", "ops", "--reason", "sorry")
                        .status())
                .isZero();
        assertThat(rows()).isEqualTo(before);
        awaitStored();
        List<HistoryEntry> byOps = history.byActor("ops", Instant.EPOCH, 100).stream()
                .filter(entry -> "sorry".equals(entry.change().actor().reason()))
                .toList();
        assertThat(byOps).hasSize(2);
        assertThat(byOps.get(0).change().actor().attributes())
                .containsEntry(Undo.REVERTS, "transaction " + transaction);
        assertThat(run("redo", "--transaction", transaction, "--execute").status())
                .isZero();
        assertThat(rows()).isEqualTo(after);
        awaitStored();
        execute("INSERT INTO shard (id, name) VALUES (101, 'again')");
        Ended conflict = run("undo", "--event", mistake.change().id().toString());
        assertThat(conflict.status()).isZero();
        Ended blocked = run("undo", "--transaction", transaction, "--execute");
        assertThat(blocked.status()).isEqualTo(ReversingCommand.CONFLICTS);
        assertThat(blocked.output()).contains("ROW_PRESENT");
        execute("DELETE FROM shard WHERE id > 100", "DELETE FROM placement WHERE shard_id > 100");
        assertThat(run("undo", "--event", "00000000000000aa:1").status()).isEqualTo(ReadingCommand.NOTHING_FOUND);
        assertThat(run("redo", "--event", "00000000000000aa:1").status()).isEqualTo(ReadingCommand.NOTHING_FOUND);
        assertThat(run("undo", "--event", "7").status()).isEqualTo(2);
        assertThat(run("undo", "--actor", "eve").status()).isEqualTo(2);
        assertThat(run("undo", "--table", "shard", "--to-time", "now", "--actor", "eve")
                        .status())
                .isEqualTo(2);
        assertThat(run("undo", "--table", "nothing", "--to-time", "now").output())
                .contains("not in the trail");
    }
}
