package dev.afterimage.kafka;

import dev.afterimage.core.event.AuditEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that was taken from Kafka and is not done with. */
sealed interface HeldRecord {

    /** Its place in the partition. */
    Position position();

    /** An event that waits until it is due. */
    record Waiting(Position position, AuditEvent event) implements HeldRecord {}

    /**
     * What goes to the dead-letter topic.
     *
     * @param reason why it cannot be read
     */
    record Unreadable(Position position, ConsumerRecord<byte[], byte[]> source, String reason) implements HeldRecord {}

    /** What the record holds; one that cannot be read is held too, so that it keeps its place. */
    static HeldRecord of(ConsumerRecord<byte[], byte[]> record, Position position, EventDecoder decoder) {
        try {
            return new Waiting(position, decoder.decode(record));
        } catch (UnreadableRecordException e) {
            return new Unreadable(position, record, e.reason());
        }
    }
}
