package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.kafka.fixture.KafkaBroker;
import dev.afterimage.server.fixture.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applications are killed under load and nobody starts them again: {@code recover} sends what they have left. What then is
 * in the store is held against triggers in the database.
 *
 * <p>{@code -Daudit.recover.rounds=N} says how often (5), {@code -Daudit.seed=N} repeats the dice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoverIT {

    private static final int ROUNDS = Integer.getInteger("audit.recover.rounds", 5);
    private static final int MOST_TRANSACTIONS = 400;

    private final long seed =
            Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private final PostgresServer production =
            PostgresServer.builder().setting("deadlock_timeout", "50ms").open();
    private final PostgresServer store = PostgresServer.open();
    private final KafkaBroker broker = KafkaBroker.open();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    private int runs;
    private @Nullable ServerProcess server;

    @BeforeAll
    void tellSeed() {
        System.out.println("RecoverIT: -Daudit.seed=" + seed + " -Daudit.recover.rounds=" + ROUNDS);
    }

    @AfterEach
    void closeServer() {
        if (server != null) {
            server.close();
        }
    }

    @AfterAll
    void closeServers() {
        broker.close();
        store.close();
        production.close();
    }

    private CrashPath path(String name) throws Exception {
        broker.createTopic(name, 3);
        CrashPath path = new CrashPath(name, production, production, store, broker.bootstrapServers(), directory);
        server = path.openServer();
        return path;
    }

    private void assertExact(String what, CrashPath path) throws Exception {
        MarkedTrail.Verdict verdict = path.compare();
        System.out.println("recover: case=" + what + " " + verdict);
        verdict.words().forEach(System.out::println);
        assertThat(verdict.words()).as("-Daudit.seed=%d: %s", seed, verdict).isEmpty();
        assertThat(verdict.delivered()).isEqualTo(verdict.committed()).isPositive();
        assertThat(verdict.holes()).as("sequences that are missing").isZero();
        assertThat(verdict.gaps()).isEmpty();
        assertThat(rings(path)).isEmpty();
    }

    private static List<Path> rings(CrashPath path) throws IOException {
        try (var files = Files.walk(path.spool())) {
            return files.filter(file -> file.toString().matches(".*\\.(ring|spool|parked|unreadable)"))
                    .toList();
        }
    }

    /** Kills an application under load; of two that run at once each has a place of its own. */
    private void kill(CrashPath path, boolean two) throws Exception {
        try (WorkerProcess one = path.start(++runs, seed)) {
            if (two) {
                try (WorkerProcess other = path.start(++runs, seed)) {
                    awaitMoment(other);
                }
            }
            awaitMoment(one);
        }
        assertThat(rings(path)).isNotEmpty();
    }

    private void awaitMoment(WorkerProcess worker) throws IOException, InterruptedException {
        worker.awaitBegun(1 + random.nextInt(MOST_TRANSACTIONS));
        worker.run(Duration.ofNanos(random.nextInt(5_000_000)));
    }

    @Test
    void whatKilledApplicationsHaveLeftIsSent() throws Exception {
        CrashPath path = path("recover_killed");
        for (int round = 1; round <= ROUNDS; round++) {
            kill(path, random.nextBoolean());
            if (random.nextBoolean()) {
                RecoverProcess.start(path, directory).killAfter(Duration.ofMillis(random.nextInt(2_000)));
            }
            RecoverProcess.Ended ended = RecoverProcess.start(path, directory).end();
            assertThat(ended.status()).as(ended.output()).isZero();
            assertThat(ended.output()).contains("recover: ");
        }
        assertExact("killed", path);
    }

    /** Where statements return something the transaction's number is known, by which the database is asked. */
    @Test
    void whatIsInDoubtTheDatabaseSettles() throws Exception {
        CrashPath path = path("recover_settled");
        path.with("audit.capture.keys", "auto");
        for (int round = 1; round <= ROUNDS; round++) {
            kill(path, true);
            RecoverProcess.Ended ended = RecoverProcess.start(path, directory).end();
            assertThat(ended.status()).as(ended.output()).isZero();
        }
        assertExact("settled", path);
    }

    @Test
    void withoutTheProductionDatabaseWhatIsInDoubtStaysSo() throws Exception {
        CrashPath path = path("recover_without");
        kill(path, true);
        RecoverProcess.Ended refused =
                RecoverProcess.start(path, directory, "audit.production.url=").end();
        assertThat(refused.status()).as(refused.output()).isEqualTo(2);
        assertThat(refused.output()).contains("audit.production.url", "--without-production");

        RecoverProcess.Ended ended = RecoverProcess.start(
                        path, directory, "audit.production.url=", "--without-production")
                .end();

        assertThat(ended.status()).as(ended.output()).isZero();
        assertExact("without production", path);
    }

    @Test
    void anApplicationThatStartsMeanwhileIsNotDisturbed() throws Exception {
        CrashPath path = path("recover_meanwhile");
        for (int round = 1; round <= ROUNDS; round++) {
            kill(path, true);
            RecoverProcess recovering = RecoverProcess.start(path, directory);
            try (WorkerProcess application = path.start(++runs, seed)) {
                application.awaitBegun(MOST_TRANSACTIONS);
                RecoverProcess.Ended ended = recovering.end();
                assertThat(ended.status()).as(ended.output()).isZero();
                assertThat(application.finish()).as(application::log).isZero();
            }
        }
        assertExact("an application starts meanwhile", path);
    }

    @Test
    void whatCannotBeSentStaysAndTheOutputSaysWhere() throws Exception {
        CrashPath path = path("recover_left");
        kill(path, false);
        broker.stop();
        RecoverProcess.Ended ended =
                RecoverProcess.start(path, directory, "--wait", "1").end();
        assertThat(ended.status()).as(ended.output()).isOne();
        assertThat(ended.output()).contains("left: ").contains(path.spool().toString());

        broker.start();
        RecoverProcess.Ended again = RecoverProcess.start(path, directory).end();
        assertThat(again.status()).as(again.output()).isZero();
        assertExact("the broker away at first", path);
    }
}
