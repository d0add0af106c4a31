package dev.afterimage.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.sink.SinkProvider;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.fixture.PostgresPair;
import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.jdbc.fixture.ShadowTable;
import dev.afterimage.jdbc.store.HistoryReader;
import dev.afterimage.kafka.fixture.Consumption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/**
 * The whole path of one case, from an application with a database of its own through a topic of its own to a history
 * table of its own. Used by one thread, which disturbs what four others work on.
 */
final class AuditPath implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int THREADS = 4;

    /** So short that much is told as missing which then arrives. */
    private static final String MISSING_AFTER = "500ms";

    /** Who never rests leaves no processor to what is to come back. */
    private static final int PAUSE_MILLIS = 4;

    /** So little that it overflows at once; with a gap in place of any change that an outage costs. */
    private static final Map<String, String> SETTINGS = Map.of(
            "audit.durability", System.getProperty("audit.outage.durability", "memory"),
            "audit.overflow", "spill",
            "audit.overflow.wait", "60s",
            "audit.ring.size", "64KiB",
            "audit.batch.in-flight", "2",
            "audit.shutdown-timeout", "60s");

    private final String name;
    private final String brokers;
    private final Map<String, String> settings = new HashMap<>(SETTINGS);
    private final PostgresServer store;
    private final DataSource bare;
    private final ShadowTable shadow;
    private final HikariDataSource pool;
    private final AuditConfiguration serverConfiguration;
    private AuditServer server;
    private final AtomicInteger begun = new AtomicInteger();
    private UnaryOperator<Sink> aroundSink = UnaryOperator.identity();

    /** What a test does while the application works. */
    interface Disturbance {
        void run(AuditTrail trail) throws Exception;
    }

    /**
     * Makes database, shadow table and audit server; connects to no broker yet.
     *
     * @param name of database, topic, group and history table
     * @param directory for the spool
     */
    AuditPath(String name, PostgresPair production, PostgresServer store, String brokers, Path directory)
            throws SQLException {
        this.name = name;
        this.brokers = brokers;
        this.store = store;
        settings.put("audit.kafka.bootstrap-servers", brokers);
        settings.put("audit.kafka.topic", name);
        settings.put("audit.kafka.dead-letter-topic", deadLetters());
        settings.put("audit.spool.directory", directory.resolve(name).toString());
        production.primary().createDatabase(name);
        bare = production.primary().dataSource(name);
        try (Connection connection = bare.getConnection()) {
            RandomTransactions.execute(connection, MarkedWork.SCHEMA);
        }
        shadow = ShadowTable.install(bare, MarkedWork.TABLES);
        production.awaitReplay();
        HikariConfig config = new HikariConfig();
        config.setDataSource(bare);
        config.setMaximumPoolSize(THREADS + 2);
        config.setMinimumIdle(1);
        pool = new HikariDataSource(config);
        serverConfiguration = serverConfiguration(production);
        server = new AuditServer(serverConfiguration);
        start(server);
    }

    private AuditConfiguration serverConfiguration(PostgresPair production) {
        return AuditConfiguration.of(Map.of(
                "audit.kafka.bootstrap-servers", brokers,
                "audit.kafka.topic", name,
                "audit.kafka.dead-letter-topic", deadLetters(),
                "audit.kafka.group", name,
                "audit.replica.url", production.standby().jdbcUrl(name),
                "audit.store.url", store.jdbcUrl(),
                "audit.store.table", name,
                "audit.server.missing-after", MISSING_AFTER));
    }

    private static void start(AuditServer server) {
        Thread thread = new Thread(
                () -> {
                    try {
                        server.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "audit-server");
        thread.start();
    }

    /** Ends the audit server in order: it takes nothing more from the broker. */
    void stopServer() {
        server.close();
    }

    /** Starts another one in its place. */
    void startServer() {
        server = new AuditServer(serverConfiguration);
        start(server);
    }

    /** Changes a property of the application's audit. */
    AuditPath with(String property, String value) {
        settings.put(property, value);
        return this;
    }

    /** Puts something between the audit and Kafka. */
    AuditPath withSink(UnaryOperator<Sink> around) {
        aroundSink = around;
        return this;
    }

    String deadLetters() {
        return name + "_dead";
    }

    DataSource bare() {
        return bare;
    }

    /**
     * Works with four threads until the disturbance is over and so many transactions have begun; closes the trail; waits
     * until the audit server has stored everything that the broker has; compares.
     */
    MarkedTrail.Verdict run(int transactions, long seed, Disturbance disturbance) throws Exception {
        AuditConfiguration configuration = AuditConfiguration.of(settings);
        try (AuditTrail trail = AuditTrail.start(configuration, aroundSink.apply(kafka(configuration)))) {
            DataSource audited = AuditDataSource.wrap(pool, trail);
            work(audited, transactions, seed, () -> disturbance.run(trail));
            if (!trail.flush(PATIENCE)) {
                throw new AssertionError("Not delivered: " + trail.counters().snapshot());
            }
            AuditCounters.Snapshot counters = trail.counters().snapshot();
            if (counters.failures() != 0 || counters.lost() != 0 || counters.droppedRecords() != 0) {
                throw new AssertionError("The audit has failed or lost something: " + counters);
            }
        }
        awaitStored();
        awaitSealed();
        MarkedTrail.Verdict verdict = MarkedTrail.compare(shadow, store.dataSource(), name);
        System.out.println("outage: case=" + name + " " + verdict);
        verdict.words().forEach(System.out::println);
        return verdict;
    }

    private static Sink kafka(AuditConfiguration configuration) {
        return ServiceLoader.load(SinkProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("kafka"))
                .findFirst()
                .orElseThrow()
                .create(configuration);
    }

    /** Something that may go wrong. */
    private interface Work {
        void run() throws Exception;
    }

    private void work(DataSource audited, int transactions, long seed, Work disturbance) throws Exception {
        AtomicLong newest = new AtomicLong(1);
        AtomicInteger wanted = new AtomicInteger(Integer.MAX_VALUE);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                MarkedWork work = new MarkedWork(audited, newest, seed, 1, thread);
                workers.add(threads.submit(() -> {
                    while (begun.getAndIncrement() < wanted.get()) {
                        work.transaction();
                        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                    }
                    return null;
                }));
            }
            disturbance.run();
            wanted.set(transactions);
            for (Future<?> worker : workers) {
                worker.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            wanted.set(0);
            threads.shutdownNow();
        }
    }

    /** Returns when so many more transactions have begun. */
    void awaitMore(int transactions) {
        int wanted = begun.get() + transactions;
        Awaitility.await().atMost(PATIENCE).until(() -> begun.get() >= wanted);
    }

    /** Returns when changes have gone to disk because the way to the broker is closed. */
    static void awaitSpooled(AuditTrail trail) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> trail.counters().snapshot().spooledEvents() > 0);
    }

    /** Returns when the broker has acknowledged so many events more. */
    static void awaitDelivered(AuditTrail trail, int events) {
        long wanted = trail.counters().snapshot().delivered() + events;
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> trail.counters().snapshot().delivered() >= wanted);
    }

    /** Returns when the broker acknowledges no more, and the audit server has stored all that it had. */
    void awaitShut(AuditTrail trail) {
        long before;
        do {
            before = trail.counters().snapshot().delivered();
            awaitMore(THREADS * THREADS * THREADS);
        } while (trail.counters().snapshot().delivered() != before);
        awaitStored();
    }

    /** Returns when the audit server has stored all that the broker has. */
    void awaitStored() {
        try (Consumption consumption = new Consumption(brokers)) {
            Awaitility.await().atMost(PATIENCE).until(() -> consumption.isComplete(name, name));
        }
    }

    /** Returns when each event is there or told as missing. */
    private void awaitSealed() {
        HistoryReader reader = new HistoryReader(store.dataSource(), name);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> reader.sealed().stream().allMatch(one -> one.to() == one.newest()));
    }

    @Override
    public void close() {
        stopServer();
        pool.close();
    }
}
