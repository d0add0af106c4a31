package dev.afterimage.kafka;

import dev.afterimage.core.event.AuditEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One producer, from its making to its end. What it reports falls into three kinds:
 *
 * <ul>
 *   <li>a fault of one record, for good: the event is refused;
 *   <li>"not now", told by the call of {@code send} itself (no metadata, no memory): the same record is offered again,
 *       before any later one, so that order is kept;
 *   <li>anything else: the producer is done for. The session fails, and whatever has no final word is sent again, in
 *       order, by the next one.
 * </ul>
 *
 * A session also fails when a batch is under way for too long. An error in the producer's own thread ends that thread
 * without a word to anyone, and a broker can turn one record down for ever while it takes all others: this is the only
 * way to notice. An outage that lasts looks the same, and a new producer does it no harm.
 *
 * <p>A topic that is no longer there the producer waits for, for ever and without a word. So where a batch is under way
 * for more than a moment it is asked whether it knows the topic: a session that has lost it fails, and the next one
 * begins with making it.
 *
 * <p>One thread makes it, transmits and closes; callbacks come on the producer's thread, or on the calling one.
 */
final class ProducerSession {

    private static final RateLimitedLog LOG = new RateLimitedLog(LoggerFactory.getLogger(ProducerSession.class));

    private final Producer<byte[], byte[]> producer;
    private final EventEncoder encoder;
    private final Patience patience;
    private long topicKnownNanos = System.nanoTime();

    /** What was handed to the producer, in order, as far as it is not known to be done. The transmitting thread's own. */
    private final Queue<UnderWay> underWay = new ArrayDeque<>();

    private volatile @Nullable Exception fault;
    private volatile boolean acknowledged;

    /** The attempt that {@code send} is being called for; only the transmitting thread reads and writes it. */
    private @Nullable Attempt calling;

    /**
     * How long a batch may be under way.
     *
     * @param topic until it is asked whether the topic is still there
     * @param producer until the producer is done for
     */
    record Patience(Duration topic, Duration producer) {}

    ProducerSession(Producer<byte[], byte[]> producer, EventEncoder encoder, Patience patience) {
        this.producer = producer;
        this.encoder = encoder;
        this.patience = patience;
    }

    /** Whether the producer has worked at all. */
    boolean hasAcknowledged() {
        return acknowledged;
    }

    /**
     * Hands over each event of the batch that has no final word yet.
     *
     * @throws KafkaException if the session has failed
     */
    void transmit(PendingBatch batch) {
        underWay.add(new UnderWay(batch, System.nanoTime()));
        for (int index = 0; index < batch.size(); index++) {
            if (batch.isOpen(index)) {
                transmit(batch, index);
            }
        }
    }

    private void transmit(PendingBatch batch, int index) {
        ProducerRecord<byte[], byte[]> record = encode(batch, index);
        if (record == null) {
            return;
        }
        Attempt attempt = new Attempt(batch, index, Thread.currentThread());
        do {
            check();
            attempt.notNow = null;
            calling = attempt;
            try {
                // The callback tells all that the future would.
                Future<RecordMetadata> unused = producer.send(record, attempt);
            } catch (SerializationException e) {
                attempt.onCompletion(null, e);
            } finally {
                calling = null;
            }
        } while (attempt.notNow != null);
    }

    private @Nullable ProducerRecord<byte[], byte[]> encode(PendingBatch batch, int index) {
        AuditEvent event = batch.event(index);
        try {
            return encoder.encode(event);
        } catch (RuntimeException e) {
            LOG.warn("Event " + event.id() + " cannot be written as JSON", e);
            batch.refused(index, "cannot be written as JSON: " + e.getClass().getName());
            return null;
        }
    }

    /**
     * Looks after the producer while something is under way.
     *
     * @throws KafkaException if the session has failed
     */
    void check() {
        Exception known = fault;
        if (known != null) {
            throw new KafkaException("The Kafka producer has failed", known);
        }
        UnderWay oldest = underWay.peek();
        while (oldest != null && oldest.batch.isDone()) {
            underWay.remove();
            oldest = underWay.peek();
        }
        if (oldest != null) {
            checkAge(oldest.sinceNanos, System.nanoTime());
        }
    }

    private void checkAge(long sinceNanos, long nowNanos) {
        if (nowNanos - sinceNanos > patience.producer().toNanos()) {
            throw new KafkaException("Kafka has not acknowledged a batch for " + patience.producer());
        }
        long moment = patience.topic().toNanos();
        if (nowNanos - sinceNanos > moment && nowNanos - topicKnownNanos > moment) {
            checkTopic();
            topicKnownNanos = System.nanoTime();
        }
    }

    /** Costs no request while the producer knows the topic, and it knows what it knew in an outage. */
    private void checkTopic() {
        try {
            producer.partitionsFor(encoder.topic());
        } catch (RuntimeException e) {
            if (e instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new KafkaException("Topic " + encoder.topic() + " is not there", e);
            }
            // Of anything else sending tells.
        }
    }

    /** Waits at most the given time for what is under way; zero gives it up. */
    void close(Duration atMost) {
        producer.close(atMost);
    }

    private record UnderWay(PendingBatch batch, long sinceNanos) {}

    /** One event on its way. */
    private final class Attempt implements Callback {

        private final PendingBatch batch;
        private final int index;
        private final Thread sender;
        /** Written and read by the sender only. */
        private @Nullable Exception notNow;

        Attempt(PendingBatch batch, int index, Thread sender) {
            this.batch = batch;
            this.index = index;
            this.sender = sender;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            if (exception == null) {
                acknowledged = true;
                batch.delivered(index);
            } else if (isOfThisRecord(exception)) {
                batch.refused(index, String.valueOf(exception.getMessage()));
            } else if (Thread.currentThread() == sender && calling == this && exception instanceof RetriableException) {
                notNow = exception;
                LOG.warn("Kafka takes no records at the moment; trying on", exception);
            } else if (fault == null) {
                fault = exception;
            }
        }
    }

    private static boolean isOfThisRecord(Exception exception) {
        return exception instanceof RecordTooLargeException
                || exception instanceof InvalidRecordException
                || exception instanceof SerializationException;
    }
}
