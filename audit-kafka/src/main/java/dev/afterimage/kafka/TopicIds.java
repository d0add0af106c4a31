package dev.afterimage.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a topic was deleted and made anew under its name. Kafka's consumer goes on at the offset to which it had
 * come in the old one, and would pass over what lies before it in the new one. Used by the polling thread.
 *
 * <p>Each assigned partition is read <em>as of</em> a topic id. It is the one that was committed with the offset, or, where
 * there is none, one that was the topic's before the partition was assigned. Ids never come back: where the topic's id is
 * another one at any later look, the place reached may be the old topic's, and reading begins anew. Too often is harmless,
 * since a change that is handled twice is stored once.
 */
final class TopicIds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicIds.class);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String topic;
    private final Admin admin;
    private final Map<TopicPartition, String> readAsOf = new HashMap<>();
    private KafkaFuture<TopicDescription> answer;
    private long askedNanos;
    private String known = Position.UNKNOWN;

    /**
     * Waits for the first answer.
     *
     * @param admin to be closed with this
     */
    TopicIds(String topic, Admin admin) throws InterruptedException {
        this.topic = topic;
        this.admin = admin;
        answer = ask();
        try {
            known = idOf(answer.get());
        } catch (ExecutionException e) {
            refused(e);
        }
    }

    private KafkaFuture<TopicDescription> ask() {
        askedNanos = System.nanoTime();
        KafkaFuture<TopicDescription> asked =
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
        if (asked == null) {
            throw new IllegalStateException("Asked for " + topic + ", answered for another topic");
        }
        return asked;
    }

    private static String idOf(TopicDescription description) {
        return description.topicId().toString();
    }

    /** The topic is not there for the moment, or asking is forbidden: then nothing is noticed. */
    private void refused(ExecutionException e) {
        LOG.debug("The id of topic {} is not known", topic, e.getCause());
    }

    /** Partitions of which reading begins at the committed offset. */
    void assign(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, @Nullable OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
        for (TopicPartition partition : partitions) {
            String id = Position.topicId(committed.get(partition));
            readAsOf.put(partition, id.equals(Position.UNKNOWN) ? known : id);
        }
    }

    void remove(Collection<TopicPartition> partitions) {
        readAsOf.keySet().removeAll(new HashSet<>(partitions));
    }

    /** A place that was reached just now. */
    Position position(TopicPartition partition, long offset) {
        return new Position(offset, readAsOf.getOrDefault(partition, Position.UNKNOWN));
    }

    /** Takes the answer to the last question, if there is one; reads from the beginning what is another topic now. */
    void look(Consumer<?, ?> consumer) throws InterruptedException {
        if (answer.isDone()) {
            try {
                known = idOf(answer.get());
                renew(consumer);
            } catch (ExecutionException e) {
                refused(e);
            }
            if (System.nanoTime() - askedNanos >= LOOK_AGAIN_NANOS) {
                answer = ask();
            }
        }
    }

    private void renew(Consumer<?, ?> consumer) {
        List<TopicPartition> renewed = new ArrayList<>();
        readAsOf.forEach((partition, id) -> {
            if (!id.equals(known)) {
                renewed.add(partition);
            }
        });
        if (!renewed.isEmpty()) {
            LOG.warn(
                    "Topic {} is not the one that was read before: it was deleted and made anew. Its partitions {} are"
                            + " read from their beginning",
                    topic,
                    renewed.stream().map(TopicPartition::partition).sorted().toList());
            consumer.seekToBeginning(renewed);
            renewed.forEach(partition -> readAsOf.put(partition, known));
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
