package dev.afterimage.jmh.tpcb;

import dev.afterimage.kafka.fixture.ChildBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** A Kafka broker in a process of its own, and a topic for each measurement. Not thread-safe. */
final class Broker implements AutoCloseable {

    /** As many as Afterimage gives a topic that it creates. */
    private static final int PARTITIONS = 6;

    private static final long WAKING_LIMIT_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long RETRY_MILLIS = 100;

    private final ChildBroker broker;
    private int topics;

    private Broker(ChildBroker broker) {
        this.broker = broker;
    }

    static Broker start(Path parent) {
        return new Broker(ChildBroker.open(parent));
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Lets it use no CPU at all while others are measured. */
    void freeze() {
        broker.freeze();
    }

    void thaw() {
        broker.thaw();
    }

    /** A broker that has just been thawed is taken for dead by its own controller for a moment. */
    String createTopic() {
        String topic = "tpcb-" + ++topics;
        NewTopic created = new NewTopic(topic, PARTITIONS, (short) 1);
        long start = System.nanoTime();
        while (true) {
            try {
                ask(admin -> admin.createTopics(List.of(created)).all());
                return topic;
            } catch (IllegalStateException e) {
                if (System.nanoTime() - start > WAKING_LIMIT_NANOS) {
                    throw e;
                }
                Wait.pause(RETRY_MILLIS);
            }
        }
    }

    /** How many records the broker has in a topic. */
    long records(String topic) {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return ask(admin -> admin.listOffsets(ends).all()).values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    void deleteTopic(String topic) {
        ask(admin -> admin.deleteTopics(List.of(topic)).all());
    }

    private <T> T ask(Function<Admin, KafkaFuture<T>> question) {
        try (Admin admin = admin()) {
            return question.apply(admin).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker refuses: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    @Override
    public void close() {
        broker.close();
    }
}
