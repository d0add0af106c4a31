package dev.afterimage.kafka;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.sink.SinkProvider;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/** The sink {@code kafka}. */
public final class KafkaSinkProvider implements SinkProvider {

    /** The longer one is more than a batch takes with a working producer and broker, repetitions included. */
    private static final ProducerSession.Patience PATIENCE =
            new ProducerSession.Patience(Duration.ofSeconds(5), Duration.ofMinutes(2));

    @Override
    public String name() {
        return "kafka";
    }

    /**
     * {@inheritDoc}
     *
     * <p>Topics that do not exist are created with six partitions, as soon as the cluster can be reached; so
     * are those that have vanished since.
     */
    @Override
    public Sink create(AuditConfiguration configuration) {
        ClientProperties clients = new ClientProperties(configuration);
        String topic = ClientProperties.topic(configuration, Setting.KAFKA_TOPIC);
        return new KafkaSink(new Sessions(clients, topic));
    }

    /** What only the sink's own thread touches: the application's need not wait until Kafka's classes are loaded. */
    private static final class Sessions implements KafkaSink.SessionSource {

        private final ClientProperties clients;
        private final String topic;
        private @Nullable Topics topics;

        Sessions(ClientProperties clients, String topic) {
            this.clients = clients;
            this.topic = topic;
        }

        @Override
        public ProducerSession open() throws InterruptedException {
            if (topics == null) {
                topics = new Topics(clients.admin(), List.of(topic));
            }
            topics.ensure();
            return new ProducerSession(new KafkaProducer<>(clients.producer()), new EventEncoder(topic), PATIENCE);
        }
    }
}
