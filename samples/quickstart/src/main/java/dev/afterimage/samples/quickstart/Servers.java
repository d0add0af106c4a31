package dev.afterimage.samples.quickstart;

import dev.afterimage.jdbc.fixture.ServerUnavailableException;
import dev.afterimage.kafka.fixture.KafkaBroker;
import dev.afterimage.server.fixture.ServerProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** Everything that runs beside the application: databases, broker, audit server. */
final class Servers implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final Databases databases;
    private final KafkaBroker broker;
    private final ServerProcess auditServer;

    private Servers(Databases databases, KafkaBroker broker, ServerProcess auditServer) {
        this.databases = databases;
        this.broker = broker;
        this.auditServer = auditServer;
    }

    /** Starts them one after the other and says what is there. */
    static Servers start(boolean h2, Path serverJar, PrintStream out) throws SQLException {
        Databases databases = databases(h2, out);
        out.println(databases.description());
        KafkaBroker broker = null;
        try {
            broker = KafkaBroker.open();
            broker.createTopic("afterimage.changes", PARTITIONS);
            broker.createTopic("afterimage.dead-letters", 1);
            out.println("Kafka broker at " + broker.bootstrapServers());
            ServerProcess auditServer = ServerProcess.open(
                    serverJar,
                    Map.of(
                            "audit.kafka.bootstrap-servers", broker.bootstrapServers(),
                            "audit.replica.url", databases.replicaUrl(),
                            "audit.store.url", databases.storeUrl()));
            out.println("Audit server: reads the topic, asks the replica, writes the store");
            return new Servers(databases, broker, auditServer);
        } catch (RuntimeException e) {
            if (broker != null) {
                broker.close();
            }
            databases.close();
            throw e;
        }
    }

    private static Databases databases(boolean h2, PrintStream out) throws SQLException {
        if (!h2) {
            try {
                return PostgresDatabases.open();
            } catch (ServerUnavailableException e) {
                out.println(e.getMessage() + "; going on with H2");
            }
        }
        return H2Databases.open();
    }

    Databases databases() {
        return databases;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Path auditServerLog() {
        return auditServer.logFile();
    }

    @Override
    public void close() {
        try (databases;
                broker;
                auditServer) {
            // Closed in reverse order.
        }
    }
}
