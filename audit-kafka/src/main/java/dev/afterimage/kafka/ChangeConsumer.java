package dev.afterimage.kafka;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.resolve.EventHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;

/**
 * Takes changes from Kafka, holds each until it is due, and hands it to an {@link EventHandler}: each at least once,
 * those of one partition in order. Several consumers of one group, in several processes, share the partitions.
 *
 * <p>Two threads: one polls and stays in the group whatever happens, one handles. An offset is committed only when its
 * record and all before it are handled, or acknowledged by the dead-letter topic. While the replica, the store or the
 * broker is away, the same events are tried again with growing delay; nothing is skipped.
 *
 * <p>Thread-safe.
 */
public final class ChangeConsumer implements AutoCloseable {

    /** How long close() and a revoked partition wait for the batch under way, at most. */
    private static final long PATIENCE_MILLIS = 10_000;

    /** Beyond the batch under way: the last commit and leaving the group. */
    private static final long LEAVE_MILLIS = 10_000;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final HeldRecords held = new HeldRecords();
    private final Handling handling;
    private final Polling polling;
    private final GroupProgress progress;
    private final Thread handlingThread;
    private final Thread pollingThread;

    /**
     * Makes a consumer that does nothing before {@link #start}.
     *
     * @param handler called by one thread at a time
     * @throws dev.afterimage.core.config.ConfigurationException if a property is missing or cannot be used
     */
    public ChangeConsumer(AuditConfiguration configuration, EventHandler handler) {
        ClientProperties clients = new ClientProperties(configuration);
        String topic = ClientProperties.topic(configuration, Setting.KAFKA_TOPIC);
        String deadLetterTopic = ClientProperties.topic(configuration, Setting.KAFKA_DEAD_LETTER_TOPIC);
        Map<String, Object> producer = clients.producer();
        Map<String, Object> consumer = clients.consumer();
        handling = new Handling(
                held, handler, new DeadLetters(deadLetterTopic, () -> new KafkaProducer<>(producer)), closing);
        polling = new Polling(
                topic,
                new Topics(clients.admin(), List.of(topic, deadLetterTopic)),
                () -> new KafkaConsumer<>(consumer),
                held,
                limits(configuration, new ConsumerConfig(consumer)),
                closing);
        progress = new GroupProgress(clients.admin(), configuration.text(Setting.KAFKA_GROUP), topic);
        handlingThread = new Thread(handling, "afterimage-handling");
        pollingThread = new Thread(polling, "afterimage-polling");
    }

    private static Polling.Limits limits(AuditConfiguration configuration, ConsumerConfig consumer) {
        return new Polling.Limits(
                configuration.number(Setting.SERVER_MAX_HELD),
                consumer.getInt(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                // The wait happens between two polls, and the group expects the next one.
                Math.min(PATIENCE_MILLIS, consumer.getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG) / 2));
    }

    /** Begins to consume. To be called once; a broker that is away is waited for. */
    public void start() {
        handlingThread.start();
        pollingThread.start();
    }

    /** What was done so far. */
    public ConsumerCounts counts() {
        return new ConsumerCounts(
                polling.received(), held.size(), handling.handled(), handling.deadLettered(), handling.retries());
    }

    /**
     * Asks where the topic ends now.
     *
     * @throws KafkaException if the cluster cannot be asked; the caller may try again
     */
    public LogEnd logEnd() throws InterruptedException {
        return progress.end();
    }

    /**
     * Asks whether the group, other processes included, has handled all that the topic held at a moment. False for ever if
     * the topic was made anew since.
     *
     * @throws KafkaException if the cluster cannot be asked; the caller may try again
     */
    public boolean hasHandled(LogEnd end) throws InterruptedException {
        return progress.hasHandled(end);
    }

    /**
     * Finishes the batch under way, commits, leaves the group. Waits at most 21 seconds; a handler that takes longer
     * is interrupted, and its batch is handled again by the next consumer.
     */
    @Override
    public void close() {
        closing.countDown();
        try {
            pollingThread.join(PATIENCE_MILLIS + LEAVE_MILLIS);
            handlingThread.join(PATIENCE_MILLIS / 10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            handlingThread.interrupt();
            pollingThread.interrupt();
        }
    }
}
