package dev.afterimage.kafka;

import dev.afterimage.core.event.AuditEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that was taken from Kafka and is not done with. */
sealed interface HeldRecord {

    /** Its place in the partition. */
    long offset();

    /** An event that waits until it is due. */
    record Waiting(long offset, AuditEvent event) implements HeldRecord {}

    /**
     * What goes to the dead-letter topic.
     *
     * @param reason why it cannot be read
     */
    record Unreadable(ConsumerRecord<byte[], byte[]> source, String reason) implements HeldRecord {
        @Override
        public long offset() {
            return source.offset();
        }
    }

    /** What the record holds; one that cannot be read is held too, so that it keeps its place. */
    static HeldRecord of(ConsumerRecord<byte[], byte[]> record, EventDecoder decoder) {
        try {
            return new Waiting(record.offset(), decoder.decode(record));
        } catch (UnreadableRecordException e) {
            return new Unreadable(record, e.reason());
        }
    }
}
