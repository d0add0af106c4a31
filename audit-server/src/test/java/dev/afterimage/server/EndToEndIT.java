package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.fixture.PostgresPair;
import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.jdbc.fixture.ShadowTable;
import dev.afterimage.jdbc.fixture.TrailComparison;
import dev.afterimage.jdbc.store.HistoryReader;
import dev.afterimage.kafka.fixture.KafkaBroker;
import dev.afterimage.server.fixture.ServerProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The whole path on real servers, with everything on it that may fail failing in the middle. In the end the trail is
 * exactly what the database committed.
 */
class EndToEndIT {

    private static final int THREADS = 4;
    private static final int TRANSACTIONS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path SERVER = Path.of("target", "audit-server.jar");

    private final long seed =
            Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private final AtomicInteger begun = new AtomicInteger();

    @Test
    void theTrailIsWhatWasCommittedWhateverFailsOnTheWay() throws Exception {
        System.out.println("EndToEndIT: -Daudit.seed=" + seed);
        try (PostgresPair production = PostgresPair.builder()
                        .setting("deadlock_timeout", "50ms")
                        .open();
                PostgresServer store = PostgresServer.open();
                KafkaBroker broker = KafkaBroker.open();
                ServerProcess server = server(production, store, broker)) {
            DataSource bare = production.primary().dataSource();
            execute(bare, RandomWork.SCHEMA);
            ShadowTable shadow = ShadowTable.install(
                    bare, List.of(TableName.of("public", "account"), TableName.of("public", "position")));
            HistoryReader history = new HistoryReader(store.dataSource(), "audit_history");
            long sent = work(production, broker, server);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(arrived(history)).isEqualTo(sent));
            TrailComparison.Verdict verdict = TrailComparison.compare(shadow, history, "app");
            System.out.println(verdict + " " + verdict.resolutions());
            assertThat(verdict.differences())
                    .as("-Daudit.seed=%d: %s", seed, verdict)
                    .isEmpty();
            assertThat(verdict.isExact())
                    .as("-Daudit.seed=%d: %s", seed, verdict)
                    .isTrue();
            assertThat(verdict.committed()).isGreaterThan(TRANSACTIONS);
        }
    }

    private static ServerProcess server(PostgresPair production, PostgresServer store, KafkaBroker broker) {
        broker.createTopic("afterimage.changes", 3);
        broker.createTopic("afterimage.dead-letters", 1);
        return ServerProcess.open(
                SERVER,
                Map.of(
                        "audit.kafka.bootstrap-servers", broker.bootstrapServers(),
                        "audit.replica.url", production.standby().jdbcUrl(),
                        "audit.store.url", store.jdbcUrl()));
    }

    /** Returns how many events were sent. */
    private long work(PostgresPair production, KafkaBroker broker, ServerProcess server) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setDataSource(production.primary().dataSource());
        config.setMaximumPoolSize(THREADS + 2);
        AuditConfiguration configuration = AuditConfiguration.of(Map.of(
                "audit.kafka.bootstrap-servers", broker.bootstrapServers(),
                "audit.overflow", "block",
                "audit.overflow.wait", "60s",
                "audit.shutdown-timeout", "60s"));
        try (HikariDataSource pool = new HikariDataSource(config);
                AuditTrail trail = AuditTrail.start(configuration)) {
            List<Future<?>> workers = startWork(AuditDataSource.wrap(pool, trail));
            disturb(production, broker, server);
            for (Future<?> worker : workers) {
                worker.get();
            }
            assertThat(trail.flush(PATIENCE)).as("delivered to the broker").isTrue();
            assertThat(trail.counters().snapshot().failures()).isZero();
            return trail.counters().snapshot().delivered();
        }
    }

    private List<Future<?>> startWork(DataSource audited) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            RandomWork work = new RandomWork(audited, seed, i);
            workers.add(threads.submit(() -> {
                while (begun.getAndIncrement() < TRANSACTIONS) {
                    work.transaction();
                }
                return null;
            }));
        }
        threads.shutdown();
        return workers;
    }

    private void disturb(PostgresPair production, KafkaBroker broker, ServerProcess server) {
        awaitBegun(10);
        production.pauseReplay();
        awaitBegun(25);
        assertThat(server.stop()).as("exit status after SIGTERM").isEqualTo(143);
        awaitBegun(30);
        server.start();
        production.resumeReplay();
        awaitBegun(45);
        broker.stop();
        awaitBegun(55);
        broker.start();
        awaitBegun(70);
        server.kill();
        awaitBegun(80);
        server.start();
        awaitBegun(85);
        production.pauseReplay();
        awaitBegun(95);
        production.resumeReplay();
    }

    private void awaitBegun(int percent) {
        Awaitility.await().atMost(PATIENCE).until(() -> begun.get() >= TRANSACTIONS / 100 * percent);
    }

    private static long arrived(HistoryReader history) throws SQLException {
        HistoryReader.Counts counts = history.counts();
        return counts.changes() + counts.gaps();
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
