package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.fixture.PostgresPair;
import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.kafka.fixture.ChildBroker;
import dev.afterimage.kafka.fixture.Consumption;
import dev.afterimage.kafka.fixture.KafkaBroker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything on the way from the application to the store goes away and comes back while four threads work. What then is
 * in the store is held against triggers in the application's database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageIT {

    private static final int TRANSACTIONS = 600;
    private static final int SOME = 100;
    private static final int FEW = 10;
    private static final int PARTITIONS = 3;

    private final long seed =
            Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private final PostgresPair production =
            PostgresPair.builder().setting("deadlock_timeout", "50ms").open();
    private final PostgresServer store = PostgresServer.open();
    private final KafkaBroker broker = KafkaBroker.builder()
            .authorizing()
            .setting("auto.create.topics.enable", "false")
            .open();

    @TempDir
    private Path directory;

    @BeforeAll
    void tellSeed() {
        System.out.println("OutageIT: -Daudit.seed=" + seed);
    }

    @AfterEach
    void bringEverythingBack() {
        broker.start();
        store.start();
        production.startStandby();
    }

    @AfterAll
    void closeServers() {
        broker.close();
        store.close();
        production.close();
    }

    private AuditPath path(String name) throws SQLException {
        return path(name, broker.bootstrapServers());
    }

    private AuditPath path(String name, String brokers) throws SQLException {
        return new AuditPath(name, production, store, brokers, directory);
    }

    private void assertExact(MarkedTrail.Verdict verdict) {
        assertThat(verdict.words()).as("-Daudit.seed=%d: %s", seed, verdict).isEmpty();
        assertThat(verdict.delivered()).isEqualTo(verdict.committed()).isPositive();
        assertThat(verdict.holes()).as("sequences that are missing").isZero();
        assertThat(verdict.gaps()).as("-Daudit.seed=%d", seed).isEmpty();
    }

    @Test
    void aBrokerThatComesBackWithItsData() throws Exception {
        broker.createTopic("broker_restarted", PARTITIONS);
        try (AuditPath path = path("broker_restarted")) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(SOME);
                Fault.stopped(broker).during(() -> {
                    AuditPath.awaitSpooled(trail);
                    path.awaitMore(SOME);
                });
            }));
        }
    }

    @Test
    void aBrokerThatComesBackWithoutItsData() throws Exception {
        broker.createTopic("broker_erased", PARTITIONS);
        try (AuditPath path = path("broker_erased")) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(FEW);
                broker.refuseWrites("broker_erased"); // So that the audit server has all that the broker has.
                AuditPath.awaitSpooled(trail);
                path.awaitShut(trail);
                broker.stop();
                broker.erase();
                path.awaitMore(2 * SOME);
                broker.start();
            }));
        }
    }

    /** What it had acknowledged, and the audit server had not taken yet, is the broker's loss: gaps tell it. */
    @Test
    void aBrokerThatLosesWhatItHadTaken() throws Exception {
        broker.createTopic("broker_lost_records", PARTITIONS);
        try (AuditPath path = path("broker_lost_records")) {
            MarkedTrail.Verdict verdict = path.run(TRANSACTIONS, seed, trail -> {
                AuditPath.awaitDelivered(trail, SOME);
                path.stopServer();
                AuditPath.awaitDelivered(trail, SOME);
                broker.stop();
                broker.erase();
                broker.start();
                path.startServer();
            });

            assertThat(verdict.lost())
                    .isEqualTo(verdict.committed() - verdict.delivered())
                    .isPositive();
            assertThat(verdict.holes()).as("sequences missing and not told").isZero();
            assertThat(verdict.gaps()).containsOnlyKeys("MISSING");
            assertThat(verdict.gaps().get("MISSING")).isBetween(1L, verdict.lost());
            assertThat(verdict.phantom() + verdict.duplicates() + verdict.disordered())
                    .isZero();
        }
    }

    /** Records that the audit server has not asked for yet lie where it would look for the next ones. */
    @Test
    void aTopicThatIsMadeAnew() throws Exception {
        broker.createTopic("topic_deleted", PARTITIONS);
        try (AuditPath path = path("topic_deleted")) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(FEW);
                broker.refuseWrites("topic_deleted");
                AuditPath.awaitSpooled(trail);
                path.awaitShut(trail);
                path.awaitMore(2 * SOME);
                broker.deleteTopic("topic_deleted");
                broker.allowWrites("topic_deleted");
            }));
        }
    }

    @Test
    void aBrokerThatHangs() throws Exception {
        try (ChildBroker child = ChildBroker.open();
                AuditPath path = path("broker_hung", child.bootstrapServers())
                        .with("audit.kafka.client.request.timeout.ms", "1000")) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(SOME);
                Fault.hung(child).during(() -> {
                    AuditPath.awaitSpooled(trail);
                    path.awaitMore(SOME);
                });
            }));
        }
    }

    @Test
    void aNetworkThatIsCutInTheMiddleOfAcknowledgements() throws Exception {
        try (TcpProxy proxy = TcpProxy.open();
                KafkaBroker behind = KafkaBroker.builder()
                        .setting("advertised.listeners", "PLAINTEXT://" + proxy.address())
                        .open()) {
            proxy.forwardTo(behind.bootstrapServers());
            behind.createTopic("network_cut", PARTITIONS);
            try (AuditPath path = path("network_cut", proxy.address())) {
                assertExact(path.run(
                        TRANSACTIONS, seed, trail -> Fault.cut(proxy, 10).during(() -> {})));
            }
        }
    }

    @Test
    void threeBrokersOfWhichOneIsKilled() throws Exception {
        List<ChildBroker> cluster = ChildBroker.openCluster(3);
        String all = String.join(
                ",", cluster.stream().map(ChildBroker::bootstrapServers).toList());
        try (AuditPath path = path("one_of_three_killed", all)) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(SOME);
                Fault.killed(cluster.get(0)).during(() -> path.awaitMore(2 * SOME));
            }));
        } finally {
            cluster.forEach(ChildBroker::close);
        }
    }

    @Test
    void aStoreAndAReplicaThatComeBack() throws Exception {
        broker.createTopic("store_restarted", PARTITIONS);
        try (AuditPath path = path("store_restarted")) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(SOME);
                store.stop();
                path.awaitMore(SOME);
                production.stopStandby();
                store.start();
                path.awaitMore(SOME);
                production.startStandby();
            }));
        }
    }

    @Test
    void everythingAwayAtOnce() throws Exception {
        broker.createTopic("everything_away", PARTITIONS);
        try (AuditPath path = path("everything_away")) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(SOME);
                Fault.stopped(store)
                        .and(Fault.replicaStopped(production))
                        .and(Fault.stopped(broker))
                        .during(() -> {
                            AuditPath.awaitSpooled(trail);
                            path.awaitMore(SOME);
                        });
            }));
        }
    }

    @Test
    void aBrokerThatIsAwayAtTheStart() throws Exception {
        broker.stop();
        try (AuditPath path = path("broker_away_at_start")) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                AuditPath.awaitSpooled(trail);
                path.awaitMore(SOME);
                broker.start();
            }));
        }
    }

    @Test
    void aBrokerThatRefusesToTakeRecordsForAWhile() throws Exception {
        broker.createTopic("writes_refused", PARTITIONS);
        try (AuditPath path = path("writes_refused")) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(SOME);
                broker.refuseWrites("writes_refused");
                AuditPath.awaitSpooled(trail);
                broker.allowWrites("writes_refused");
            }));
        }
    }

    /** The one change that is not delivered is a gap. */
    @Test
    void aRecordThatIsTooLarge() throws Exception {
        broker.createTopic("record_too_large", PARTITIONS, Map.of("max.message.bytes", "8000"));
        try (AuditPath path = path("record_too_large")) {
            MarkedTrail.Verdict verdict = path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(SOME);
                DataSource audited = AuditDataSource.wrap(path.bare(), trail);
                try (Connection connection = audited.getConnection()) {
                    byte[] noise = new byte[6_000];
                    new Random(seed).nextBytes(noise);
                    RandomTransactions.update(
                            connection,
                            "INSERT INTO account (owner, balance, note, mark) VALUES ('large', 1, ?, 0)",
                            HexFormat.of().formatHex(noise));
                }
                path.awaitMore(SOME);
            });

            assertThat(verdict.lost()).isOne();
            assertThat(verdict.delivered()).isEqualTo(verdict.committed() - 1);
            assertThat(verdict.words()).singleElement().asString().startsWith("lost: INSERT account");
            assertThat(verdict.gaps()).isEqualTo(Map.of("REJECTED", 1L));
        }
    }

    @Test
    void aSinkThatThrowsErrors() throws Exception {
        broker.createTopic("sink_throws", PARTITIONS);
        try (AuditPath path = path("sink_throws").withSink(kafka -> new ThrowingSink(kafka, new Random(seed)))) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> path.awaitMore(SOME)));
        }
    }

    @Test
    void aPoisonRecord() throws Exception {
        broker.createTopic("poison", PARTITIONS);
        try (AuditPath path = path("poison")) {
            assertExact(path.run(TRANSACTIONS, seed, trail -> {
                path.awaitMore(SOME);
                broker.write("poison", PARTITIONS, new byte[] {'{', 0, 1, 2});
                path.awaitMore(SOME);
            }));
            try (Consumption consumption = new Consumption(broker.bootstrapServers())) {
                assertThat(consumption.records(path.deadLetters())).isEqualTo(PARTITIONS);
            }
        }
    }

    /** Fails before it has passed a batch on, or after; as library code does that was not built for it. */
    private static final class ThrowingSink implements Sink {

        private final Sink kafka;
        private final Random random;

        ThrowingSink(Sink kafka, Random random) {
            this.kafka = kafka;
            this.random = random;
        }

        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            int mood = random.nextInt(6);
            if (mood == 0) {
                throw new NoClassDefFoundError("before");
            }
            CompletionStage<Delivery> delivery = kafka.send(batch);
            if (mood == 1) {
                throw new StackOverflowError("after");
            }
            return delivery;
        }

        @Override
        public void close() {
            kafka.close();
        }
    }
}
