package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Afterimage with the whole path to a real Kafka broker. */
final class BrokerVariant implements Variant {

    static final String NAME = "afterimage-kafka";

    private final Path parent;
    private @Nullable Broker broker;

    /** The broker's files will be below a directory. */
    BrokerVariant(Path parent) {
        this.parent = parent;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Kind kind() {
        return Kind.OURS;
    }

    @Override
    public String note() {
        return "the whole path with default settings, to a Kafka broker in a process of its own on this machine, which is"
                + " frozen while others are measured";
    }

    @Override
    public Recording open(Database database, Condition condition) {
        Broker running = running();
        running.thaw();
        String topic = running.createTopic();
        AuditTrail trail = AuditTrail.start(AuditConfiguration.of(Map.of(
                "audit.source",
                "tpcb",
                "audit.kafka.bootstrap-servers",
                running.bootstrapServers(),
                "audit.kafka.topic",
                topic)));
        return new Shipped(database.pool(condition), trail, running, topic);
    }

    private Broker running() {
        Broker running = broker;
        if (running == null) {
            running = Broker.start(parent);
            broker = running;
        }
        return running;
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
    }

    private static final class Shipped extends AuditedRecording {
        private final Broker broker;
        private final String topic;

        Shipped(HikariDataSource pool, AuditTrail trail, Broker broker, String topic) {
            super(pool, trail);
            this.broker = broker;
            this.topic = topic;
        }

        @Override
        public OptionalLong recorded() {
            return OptionalLong.of(broker.records(topic));
        }

        @Override
        public void close() {
            super.close();
            broker.deleteTopic(topic);
            broker.freeze();
        }
    }
}
