package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.jdbc.fixture.ShadowTable;
import dev.afterimage.kafka.fixture.Consumption;
import dev.afterimage.kafka.fixture.KafkaBroker;
import dev.afterimage.server.fixture.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that is killed with SIGKILL at random moments, again and again: under load, while it starts, while it
 * sends what the killed one before it has left, with the broker away. What then is in the store is held against triggers
 * in its database.
 *
 * <p>{@code -Daudit.crash.rounds=N} says how often (20), {@code -Daudit.seed=N} repeats the dice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {

    /** The modes that this release has. */
    private static final List<String> BUILT =
            List.of(System.getProperty("audit.crash.modes", "memory,process,disk,database")
                    .split(","));

    private static final int ROUNDS = Integer.getInteger("audit.crash.rounds", 20);
    private static final int MOST_TRANSACTIONS = 600;
    private static final int START_MILLIS = 900;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path SERVER = Path.of("target", "audit-server.jar");

    private final long seed =
            Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private final PostgresServer production = PostgresServer.builder()
            .fsync(true)
            .setting("deadlock_timeout", "50ms")
            .open();
    private final PostgresServer store = PostgresServer.open();
    private final KafkaBroker broker = KafkaBroker.open();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @BeforeAll
    void tellSeed() {
        System.out.println("CrashIT: -Daudit.seed=" + seed + " -Daudit.crash.rounds=" + ROUNDS);
    }

    @AfterAll
    void closeServers() {
        broker.close();
        store.close();
        production.close();
    }

    /** That this test can fail: what was in memory is gone, and it says so. Nothing is invented or doubled for all that. */
    @Test
    void memoryLosesWhatWasUnderWayAndNothingElse() throws Exception {
        MarkedTrail.Verdict verdict = crash("memory", Map.of("audit.overflow", "block"), false);

        assertThat(verdict.lost()).isPositive();
        assertThat(verdict.phantom()).isZero();
        assertThat(verdict.duplicates()).isZero();
        assertThat(verdict.disordered()).isZero();
    }

    @Test
    void processLosesNothing() throws Exception {
        assertExact(crash("process", Map.of(), false));
    }

    @Test
    void processLosesNothingWithTheAuditServerKilledToo() throws Exception {
        assertExact(crash("process", Map.of(), true));
    }

    @Test
    void diskLosesNothing() throws Exception {
        assertExact(crash("disk", Map.of(), false));
    }

    @Test
    void databaseLosesNothing() throws Exception {
        assertExact(crash("database", Map.of(), false));
    }

    private void assertExact(MarkedTrail.Verdict verdict) {
        assertThat(verdict.words()).as("-Daudit.seed=%d: %s", seed, verdict).isEmpty();
        assertThat(verdict.delivered()).isEqualTo(verdict.committed()).isPositive();
        assertThat(verdict.holes()).as("sequences that are missing").isZero();
        assertThat(verdict.gaps()).as("no gap excuses a loss").isEmpty();
    }

    private MarkedTrail.Verdict crash(String mode, Map<String, String> settings, boolean serverToo) throws Exception {
        assumeTrue(BUILT.contains(mode), () -> "audit.durability=" + mode + " is not built yet");
        String name = "crash_" + mode + (serverToo ? "_server" : "");
        production.createDatabase(name);
        DataSource database = production.dataSource(name);
        try (Connection connection = database.getConnection()) {
            RandomTransactions.execute(connection, MarkedWork.SCHEMA);
        }
        ShadowTable shadow = ShadowTable.install(database, MarkedWork.TABLES);
        broker.createTopic(name, 3);
        try (ServerProcess server = server(name)) {
            rounds(name, worker(name, mode, settings), serverToo ? server : null);
            awaitStored(name);
        }
        MarkedTrail.Verdict verdict = MarkedTrail.compare(shadow, store.dataSource(), name);
        System.out.println(
                "crash: mode=" + mode + (serverToo ? " and audit server" : "") + " rounds=" + ROUNDS + " " + verdict);
        verdict.words().forEach(System.out::println);
        return verdict;
    }

    private ServerProcess server(String name) {
        return ServerProcess.open(
                SERVER,
                Map.of(
                        "audit.kafka.bootstrap-servers",
                        broker.bootstrapServers(),
                        "audit.kafka.topic",
                        name,
                        "audit.kafka.group",
                        name,
                        "audit.replica.url",
                        production.jdbcUrl(name),
                        "audit.store.url",
                        store.jdbcUrl(),
                        "audit.store.table",
                        name));
    }

    private Map<String, String> worker(String name, String mode, Map<String, String> settings) {
        Map<String, String> worker = new HashMap<>(settings);
        worker.put("audit.kafka.bootstrap-servers", broker.bootstrapServers());
        worker.put("audit.kafka.topic", name);
        worker.put("audit.durability", mode);
        worker.put("audit.spool.directory", directory.resolve(name).toString());
        worker.put("audit.overflow.wait", "60s");
        worker.put("audit.shutdown-timeout", "60s");
        return worker;
    }

    private void rounds(String name, Map<String, String> settings, @Nullable ServerProcess server) throws Exception {
        Path log = directory.resolve(name + ".log");
        for (int round = 1; round <= ROUNDS; round++) {
            boolean brokerAway = random.nextInt(6) == 0;
            if (brokerAway) {
                broker.stop();
            }
            try (WorkerProcess worker = start(name, settings, log, round)) {
                if (server != null && random.nextInt(5) == 0) {
                    server.kill();
                    server.start();
                }
                awaitMoment(worker);
            } finally {
                broker.start();
            }
        }
        try (WorkerProcess last = start(name, settings, log, ROUNDS + 1)) {
            last.awaitBegun(MOST_TRANSACTIONS);
            assertThat(last.finish()).as(last::log).isZero();
        }
    }

    private WorkerProcess start(String name, Map<String, String> settings, Path log, int run) {
        return WorkerProcess.start(settings, log, production.jdbcUrl(name), run, seed);
    }

    /** Under load most often; else at some moment of its start, before or while it looks after what was left. */
    private void awaitMoment(WorkerProcess worker) throws IOException, InterruptedException {
        if (random.nextInt(5) == 0) {
            worker.run(Duration.ofMillis(random.nextInt(START_MILLIS)));
        } else {
            worker.awaitBegun(random.nextInt(MOST_TRANSACTIONS));
            worker.run(Duration.ofNanos(random.nextInt(5_000_000)));
        }
    }

    private void awaitStored(String name) {
        try (Consumption consumption = new Consumption(broker.bootstrapServers())) {
            Awaitility.await().atMost(PATIENCE).until(() -> consumption.isComplete(name, name));
        }
    }
}
