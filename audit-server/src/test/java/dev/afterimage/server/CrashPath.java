package dev.afterimage.server;

import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.jdbc.fixture.ShadowTable;
import dev.afterimage.kafka.fixture.Consumption;
import dev.afterimage.server.fixture.ServerProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/**
 * The whole path of one case whose application is a process that may be killed, and may be started again: a database with
 * its shadow table, a topic, a history table and an audit server's configuration, all of one name. Used by one thread.
 */
final class CrashPath {

    /** The runnable jar, which the build makes before the tests. */
    static final Path JAR = Path.of("target", "audit-server.jar");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name;
    private final PostgresServer production;
    private final PostgresServer replica;
    private final PostgresServer store;
    private final String brokers;
    private final Path directory;
    private final ShadowTable shadow;
    private final Map<String, String> settings = new HashMap<>();

    /**
     * Makes all of it but the topic.
     *
     * @param replica what follows production; production itself may serve as one
     * @param directory for spool and log
     */
    CrashPath(
            String name,
            PostgresServer production,
            PostgresServer replica,
            PostgresServer store,
            String brokers,
            Path directory)
            throws SQLException {
        this.name = name;
        this.production = production;
        this.replica = replica;
        this.store = store;
        this.brokers = brokers;
        this.directory = directory;
        production.createDatabase(name);
        DataSource database = production.dataSource(name);
        try (Connection connection = database.getConnection()) {
            RandomTransactions.execute(connection, MarkedWork.SCHEMA);
        }
        shadow = ShadowTable.install(database, MarkedWork.TABLES);
        settings.put("audit.kafka.bootstrap-servers", brokers);
        settings.put("audit.kafka.topic", name);
        settings.put("audit.spool.directory", spool().toString());
        settings.put("audit.overflow.wait", "60s");
        settings.put("audit.shutdown-timeout", "60s");
    }

    /** Starts the audit server; to be closed by the caller. */
    ServerProcess openServer() {
        return ServerProcess.open(JAR, serverProperties());
    }

    /** What the audit server's configuration file says. */
    Map<String, String> serverProperties() {
        return Map.of(
                "audit.kafka.bootstrap-servers",
                brokers,
                "audit.kafka.topic",
                name,
                "audit.kafka.group",
                name,
                "audit.replica.url",
                replica.jdbcUrl(name),
                "audit.store.url",
                store.jdbcUrl(),
                "audit.store.table",
                name);
    }

    /** Changes a property of the application's audit. */
    void with(String property, String value) {
        settings.put(property, value);
    }

    /**
     * Starts the application and returns at once.
     *
     * @param arguments as {@link CrashWorker#main} wants them, without the first
     */
    WorkerProcess start(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(production.jdbcUrl(name)));
        all.addAll(List.of(arguments));
        return WorkerProcess.start(settings, directory.resolve(name + ".log"), all.toArray());
    }

    /** The application's {@code audit.spool.directory}. */
    Path spool() {
        return directory.resolve(name);
    }

    /** JDBC URL of the application's database. */
    String productionUrl() {
        return production.jdbcUrl(name);
    }

    /** Waits until the audit server has stored all that the broker has. */
    void awaitStored(Duration patience) {
        try (Consumption consumption = new Consumption(brokers)) {
            Awaitility.await().atMost(patience).until(() -> consumption.isComplete(name, name));
        }
    }

    /** Waits as the other, and compares. Nothing may write meanwhile. */
    MarkedTrail.Verdict compare() throws SQLException {
        awaitStored(PATIENCE);
        return MarkedTrail.compare(shadow, store.dataSource(), name);
    }
}
