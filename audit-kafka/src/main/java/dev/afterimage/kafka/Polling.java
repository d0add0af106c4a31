package dev.afterimage.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.LoggerFactory;

/**
 * The polling thread's work: takes records and puts them where the handling thread finds them, commits offsets behind
 * what was handled, and never waits for handling, so that the group does not lose this member while events are held.
 * Where too much is held it goes on polling with all partitions paused.
 *
 * <p>A consumer that throws is replaced; what it held is taken from Kafka again.
 */
final class Polling implements Runnable {

    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(Polling.class));

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration LEAVE = Duration.ofSeconds(3);

    /**
     * How the polling thread is bounded.
     *
     * @param maxHeld most records held
     * @param maxPolled most records that one poll returns
     * @param patienceMillis how long a revoked partition waits for the batch under way
     */
    record Limits(int maxHeld, int maxPolled, long patienceMillis) {
        /** With more than this held, another poll could exceed the limit. */
        int room() {
            return Math.max(0, maxHeld - maxPolled);
        }
    }

    private final String topic;
    private final Topics topics;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final HeldRecords held;
    private final Limits limits;
    private final CountDownLatch closing;
    private final EventDecoder decoder = new EventDecoder();
    private final Backoff backoff = new Backoff();
    private final LongAdder received = new LongAdder();
    private boolean full;

    Polling(
            String topic,
            Topics topics,
            Supplier<Consumer<byte[], byte[]>> consumers,
            HeldRecords held,
            Limits limits,
            CountDownLatch closing) {
        this.topic = topic;
        this.topics = topics;
        this.consumers = consumers;
        this.held = held;
        this.limits = limits;
        this.closing = closing;
    }

    long received() {
        return received.sum();
    }

    @Override
    public void run() {
        try {
            while (!isClosing()) {
                try {
                    topics.ensure();
                    consume();
                } catch (RuntimeException | Error e) {
                    FAULTS.warn("Changes cannot be taken from Kafka; trying on", e);
                    closing.await(backoff.nextMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            // close() has waited long enough. Offsets not committed mean events handled twice, which is allowed.
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void consume() throws InterruptedException {
        try (TopicIds ids = topics.ids(topic)) {
            consume(ids);
        }
    }

    private void consume(TopicIds ids) throws InterruptedException {
        Consumer<byte[], byte[]> consumer = consumers.get();
        try {
            consumer.subscribe(List.of(topic), new Assignment(consumer, ids));
            while (!isClosing()) {
                pauseOrResume(consumer);
                hold(consumer.poll(POLL), ids);
                commitAsync(consumer);
                ids.look(consumer);
            }
        } finally {
            // Leaving the group revokes the partitions, which commits; see Assignment.
            try {
                consumer.close(CloseOptions.timeout(LEAVE));
            } finally {
                held.drop(held.partitions());
            }
        }
    }

    private void hold(ConsumerRecords<byte[], byte[]> records, TopicIds ids) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            held.add(partition, HeldRecord.of(record, ids.position(partition, record.offset()), decoder));
        }
        if (!records.isEmpty()) {
            received.add(records.count());
            backoff.reset();
        }
    }

    /** Leaves room for what a poll may still return; resumes at half, so that fetching does not stutter. */
    private void pauseOrResume(Consumer<byte[], byte[]> consumer) {
        long size = held.size();
        if (!full && size > limits.room()) {
            full = true;
            consumer.pause(consumer.assignment());
        } else if (full && size <= limits.room() / 2) {
            full = false;
            consumer.resume(consumer.paused());
        }
    }

    private void commitAsync(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = held.offsetsToCommit();
        if (offsets.isEmpty()) {
            return;
        }
        held.committed(offsets);
        consumer.commitAsync(offsets, (asked, exception) -> {
            if (exception != null) {
                held.notCommitted(asked.keySet());
                FAULTS.warn("Offsets were not committed; they will be with the next ones", exception);
            }
        });
    }

    private final class Assignment implements ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> consumer;
        private final TopicIds ids;

        Assignment(Consumer<byte[], byte[]> consumer, TopicIds ids) {
            this.consumer = consumer;
            this.ids = ids;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            ids.assign(consumer, partitions);
            held.assign(partitions);
            if (full) {
                consumer.pause(partitions);
            }
        }

        /** Waits for the batch under way, so that the next owner does not begin with what was just handled. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> offsets = held.release(partitions, limits.patienceMillis());
            ids.remove(partitions);
            if (offsets.isEmpty()) {
                return;
            }
            try {
                consumer.commitSync(offsets, COMMIT);
            } catch (KafkaException e) {
                FAULTS.warn("Offsets of revoked partitions were not committed; their events are handled again", e);
            }
        }

        /** They are somebody else's already: nothing may be committed. */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            held.drop(partitions);
            ids.remove(partitions);
        }
    }
}
