package dev.afterimage.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Delivery.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The failures of a producer that no healthy broker shows. */
class KafkaSinkTest {

    private static final Duration ENDLESS = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EventJsonReader reader = new EventJsonReader();
    /** The producers that sessions will use, in order; the sink waits for one that is not there yet. */
    private final BlockingQueue<MockProducer<byte[], byte[]>> producers = new LinkedBlockingQueue<>();

    private volatile Duration patience = ENDLESS;
    private volatile Duration topicPatience = ENDLESS;
    private final KafkaSink sink = new KafkaSink(() -> new ProducerSession(
            producers.take(), new EventEncoder("changes"), new ProducerSession.Patience(topicPatience, patience)));

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void aBatchIsDeliveredWhenEachEventIsAcknowledged() {
        MockProducer<byte[], byte[]> producer = producer(new Silent());
        CompletableFuture<Delivery> delivery = send(1, 2, 3);
        awaitSent(producer, 1, 2, 3);

        producer.completeNext();
        producer.completeNext();
        assertThat(delivery).isNotDone();
        producer.completeNext();

        assertThat(delivery).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
    }

    @Test
    void sendReturnsAtOnceWhileNoProducerCanBeMade() {
        CompletableFuture<Delivery> first = send(1, 2);
        CompletableFuture<Delivery> second = send(3);
        assertThat(first).isNotDone();

        MockProducer<byte[], byte[]> producer = producer(new Acknowledging());

        assertThat(first).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        assertThat(second).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        awaitSent(producer, 1, 2, 3);
    }

    @Test
    void anEmptyBatchIsDelivered() {
        assertThat(sink.send(List.of()).toCompletableFuture()).isCompletedWithValue(Delivery.COMPLETE);
    }

    @Test
    void afterAFatalErrorWhatIsNotAcknowledgedIsSentAgainInOrder() {
        MockProducer<byte[], byte[]> failing = producer(new Silent());
        CompletableFuture<Delivery> first = send(1, 2, 3);
        CompletableFuture<Delivery> second = send(4, 5);
        awaitSent(failing, 1, 2, 3, 4, 5);
        failing.completeNext();
        failing.errorNext(new OutOfOrderSequenceException("lost"));

        MockProducer<byte[], byte[]> next = producer(new Acknowledging());

        assertThat(first).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        assertThat(second).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        awaitSent(next, 2, 3, 4, 5);
        assertThat(failing.closed()).isTrue();
    }

    @Test
    void aProducerThatThrowsAndCallsBackIsReplacedOnce() {
        producer(new Silent() {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                OutOfOrderSequenceException fatal = new OutOfOrderSequenceException("both ways");
                callback.onCompletion(null, fatal);
                callback.onCompletion(null, fatal);
                throw fatal;
            }
        });
        CompletableFuture<Delivery> delivery = send(1, 2);

        MockProducer<byte[], byte[]> next = producer(new Acknowledging());

        assertThat(delivery).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        awaitSent(next, 1, 2);
    }

    @Test
    void aRecordRefusedForNowByTheCallItselfIsOfferedAgainBeforeTheNext() {
        MockProducer<byte[], byte[]> producer = producer(new Acknowledging() {
            private int calls;

            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                if (++calls % 3 != 0) {
                    TimeoutException notNow = new TimeoutException("no metadata");
                    callback.onCompletion(null, notNow);
                    return CompletableFuture.failedFuture(notNow);
                }
                return super.send(record, callback);
            }
        });

        assertThat(send(1, 2, 3)).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        awaitSent(producer, 1, 2, 3);
    }

    @Test
    void aRecordThatIsTooLargeIsRefusedForGoodAndTheOthersAreDelivered() {
        MockProducer<byte[], byte[]> producer = producer(new Silent());
        CompletableFuture<Delivery> delivery = send(1, 2, 3);
        awaitSent(producer, 1, 2, 3);

        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("9 MiB"));
        producer.completeNext();

        assertThat(delivery).succeedsWithin(PATIENCE).isEqualTo(new Delivery(List.of(new Refusal(1, false, "9 MiB"))));
        assertThat(producer.closed()).isFalse();
    }

    @Test
    void aRecordThatCannotBeSerialisedIsRefusedForGood() {
        producer(new Acknowledging() {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                throw new SerializationException("no");
            }
        });

        assertThat(send(1)).succeedsWithin(PATIENCE).isEqualTo(new Delivery(List.of(new Refusal(0, false, "no"))));
    }

    @Test
    void aProducerWhoseThreadDiedIsReplaced() {
        patience = Duration.ofMillis(50);
        MockProducer<byte[], byte[]> dead = producer(new Silent());
        CompletableFuture<Delivery> delivery = send(1, 2);
        await().atMost(PATIENCE).until(dead::closed);

        patience = ENDLESS;
        MockProducer<byte[], byte[]> next = producer(new Acknowledging());

        assertThat(delivery).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        awaitSent(next, 1, 2);
    }

    @Test
    void aProducerThatHasLostItsTopicIsReplaced() {
        topicPatience = Duration.ofMillis(50);
        MockProducer<byte[], byte[]> waiting = producer(new Silent() {
            @Override
            public synchronized List<PartitionInfo> partitionsFor(String topic) {
                throw new TimeoutException("not present in metadata", new UnknownTopicOrPartitionException());
            }
        });
        CompletableFuture<Delivery> delivery = send(1, 2);
        await().atMost(PATIENCE).until(waiting::closed);

        MockProducer<byte[], byte[]> next = producer(new Acknowledging());

        assertThat(delivery).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        awaitSent(next, 1, 2);
    }

    /** In an outage it knows the topic, or cannot say: it is the one that sends what waits when the broker is back. */
    @Test
    void aProducerThatKnowsItsTopicOrCannotSayIsKept() {
        topicPatience = Duration.ofMillis(20);
        AtomicInteger asked = new AtomicInteger();
        MockProducer<byte[], byte[]> slow = producer(new Silent() {
            @Override
            public synchronized List<PartitionInfo> partitionsFor(String topic) {
                if (asked.incrementAndGet() % 2 == 0) {
                    throw new TimeoutException("no broker");
                }
                return List.of();
            }
        });
        CompletableFuture<Delivery> delivery = send(1);
        await().atMost(PATIENCE).until(() -> asked.get() >= 3);

        slow.completeNext();

        assertThat(delivery).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        assertThat(slow.closed()).isFalse();
    }

    @Test
    void anEventThatTheProducerLeavesBehindIsSentAgain() throws Exception {
        patience = Duration.ofMillis(50);
        MockProducer<byte[], byte[]> forgetful = producer(new Silent() {
            private boolean forgotten;

            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                if (forgotten) {
                    callback.onCompletion(null, null);
                }
                forgotten = true;
                return new CompletableFuture<>();
            }
        });
        CompletableFuture<Delivery> delivery = send(1, 2, 3);
        await().atMost(PATIENCE).until(forgetful::closed);

        patience = ENDLESS;
        MockProducer<byte[], byte[]> next = producer(new Acknowledging());

        assertThat(delivery).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
        assertThat(sent(next)).startsWith(1L);
    }

    @Test
    void anAcknowledgementFromAnEarlierProducerCountsAndOnlyOnce() {
        MockProducer<byte[], byte[]> failing = producer(new Silent());
        CompletableFuture<Delivery> delivery = send(1, 2, 3);
        awaitSent(failing, 1, 2, 3);
        failing.errorNext(new OutOfOrderSequenceException("lost"));
        MockProducer<byte[], byte[]> next = producer(new Silent());
        awaitSent(next, 1, 2, 3);

        next.completeNext();
        next.completeNext();
        failing.completeNext(); // Event 2 for the second time, after all.
        assertThat(delivery).isNotDone();
        next.completeNext();

        assertThat(delivery).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE);
    }

    @Test
    void closeGivesUpWhatIsUnderWay() {
        MockProducer<byte[], byte[]> producer = producer(new Silent());
        CompletableFuture<Delivery> delivery = send(1);
        awaitSent(producer, 1);

        sink.close();

        assertThat(delivery).isCompletedExceptionally();
        assertThat(producer.closed()).isTrue();
        assertThat(send(2)).isCompletedExceptionally();
    }

    @Test
    void closeIsBoundedWhileTheProducerBlocks() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch forever = new CountDownLatch(1);
        producer(new Silent() {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                blocked.countDown();
                awaitUninterruptibly(forever);
                throw new IllegalStateException("closed");
            }
        });
        CompletableFuture<Delivery> delivery = send(1);
        assertThat(blocked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        sink.close();

        assertThat(delivery).isCompletedExceptionally();
        forever.countDown();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // A library that ignores interrupts is what this stands for.
            }
        }
    }

    private MockProducer<byte[], byte[]> producer(MockProducer<byte[], byte[]> producer) {
        producers.add(producer);
        return producer;
    }

    private CompletableFuture<Delivery> send(long... sequences) {
        List<AuditEvent> batch = Arrays.stream(sequences)
                .<AuditEvent>mapToObj(sequence -> Events.change(sequence, "7"))
                .toList();
        return sink.send(batch).toCompletableFuture();
    }

    private void awaitSent(MockProducer<byte[], byte[]> producer, long... sequences) {
        Long[] expected = Arrays.stream(sequences).boxed().toArray(Long[]::new);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent(producer)).containsExactly(expected));
    }

    private List<Long> sent(MockProducer<byte[], byte[]> producer) throws Exception {
        List<Long> sequences = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : producer.history()) {
            sequences.add(reader.read(record.value()).id().sequence());
        }
        return sequences;
    }

    /** Takes records and says nothing until told to. */
    private static class Silent extends MockProducer<byte[], byte[]> {
        Silent() {
            super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        }
    }

    /** Acknowledges at once. */
    private static class Acknowledging extends MockProducer<byte[], byte[]> {
        Acknowledging() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }
    }
}
