package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.kafka.fixture.KafkaBroker;
import dev.afterimage.server.fixture.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
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
        broker.createTopic(name, 3);
        CrashPath path = new CrashPath(name, production, production, store, broker.bootstrapServers(), directory);
        path.with("audit.durability", mode);
        settings.forEach(path::with);
        try (ServerProcess server = path.openServer()) {
            rounds(path, serverToo ? server : null);
            MarkedTrail.Verdict verdict = path.compare();
            System.out.println("crash: mode=" + mode + (serverToo ? " and audit server" : "") + " rounds=" + ROUNDS
                    + " " + verdict);
            verdict.words().forEach(System.out::println);
            return verdict;
        }
    }

    private void rounds(CrashPath path, @Nullable ServerProcess server) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            boolean brokerAway = random.nextInt(6) == 0;
            if (brokerAway) {
                broker.stop();
            }
            try (WorkerProcess worker = path.start(round, seed)) {
                if (server != null && random.nextInt(5) == 0) {
                    server.kill();
                    server.start();
                }
                awaitMoment(worker);
            } finally {
                broker.start();
            }
        }
        try (WorkerProcess last = path.start(ROUNDS + 1, seed)) {
            last.awaitBegun(MOST_TRANSACTIONS);
            assertThat(last.finish()).as(last::log).isZero();
        }
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
}
