package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The topic for records that cannot be read: each with its key, value and headers as they came, and with headers that say
 * why and whence. Used by one thread.
 */
final class DeadLetters implements AutoCloseable {

    private static final long ACKNOWLEDGED_WITHIN_SECONDS = 30;

    private final String topic;
    private final Supplier<Producer<byte[], byte[]>> producers;
    /** Made when first needed, and again after a failure; most consumers never need one. */
    private @Nullable Producer<byte[], byte[]> producer;

    DeadLetters(String topic, Supplier<Producer<byte[], byte[]>> producers) {
        this.topic = topic;
        this.producers = producers;
    }

    /**
     * Returns when all are acknowledged.
     *
     * @throws KafkaException if that is not known of each; sending again is harmless
     */
    void send(List<HeldRecord.Unreadable> letters) throws InterruptedException {
        if (letters.isEmpty()) {
            return;
        }
        boolean acknowledged = false;
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(letters.size());
            for (HeldRecord.Unreadable letter : letters) {
                sent.add(producer().send(whole(letter)));
            }
            for (int i = 0; i < sent.size(); i++) {
                awaitOrShorten(sent.get(i), letters.get(i));
            }
            acknowledged = true;
        } finally {
            if (!acknowledged) {
                close();
            }
        }
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            current = producers.get();
            producer = current;
        }
        return current;
    }

    private void awaitOrShorten(Future<RecordMetadata> sent, HeldRecord.Unreadable letter) throws InterruptedException {
        if (!isAcknowledged(sent) && !isAcknowledged(producer().send(shortened(letter)))) {
            throw new KafkaException("Topic " + topic + " refuses even a dead letter without its value");
        }
    }

    /** False if the broker will never take the record because of its size. */
    private boolean isAcknowledged(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            sent.get(ACKNOWLEDGED_WITHIN_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return false;
            }
            throw new KafkaException("Topic " + topic + " does not take dead letters", e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Topic " + topic + " does not take dead letters in time", e);
        }
    }

    private ProducerRecord<byte[], byte[]> whole(HeldRecord.Unreadable letter) {
        ConsumerRecord<byte[], byte[]> source = letter.source();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, source.key(), source.value());
        source.headers().forEach(record.headers()::add);
        address(record.headers(), letter);
        return record;
    }

    /** Without key, value and headers of its own, any of which may be what is too large. */
    private ProducerRecord<byte[], byte[]> shortened(HeldRecord.Unreadable letter) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, null);
        address(record.headers(), letter);
        int length = Math.max(0, letter.source().serializedValueSize());
        record.headers().add(Schema.HEADER_OMITTED, Integer.toString(length).getBytes(UTF_8));
        return record;
    }

    private static void address(Headers headers, HeldRecord.Unreadable letter) {
        ConsumerRecord<byte[], byte[]> source = letter.source();
        headers.add(Schema.HEADER_REASON, letter.reason().getBytes(UTF_8));
        headers.add(Schema.HEADER_TOPIC, source.topic().getBytes(UTF_8));
        headers.add(
                Schema.HEADER_PARTITION, Integer.toString(source.partition()).getBytes(UTF_8));
        headers.add(Schema.HEADER_OFFSET, Long.toString(source.offset()).getBytes(UTF_8));
    }

    /** Gives up what is not acknowledged. May be used again afterwards. */
    @Override
    public void close() {
        Producer<byte[], byte[]> current = producer;
        producer = null;
        if (current != null) {
            current.close(Duration.ZERO);
        }
    }
}
