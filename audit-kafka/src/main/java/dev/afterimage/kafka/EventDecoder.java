package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afterimage.core.event.AuditEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Makes an event of a Kafka record. The value alone decides, once the header does not speak against reading it. */
final class EventDecoder {

    private final EventJsonReader json = new EventJsonReader();

    AuditEvent decode(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        Header version = record.headers().lastHeader(Schema.HEADER_SCHEMA);
        if (version != null) {
            // A newer version need not even be JSON.
            EventJsonReader.checkVersion(number(version));
        }
        byte[] value = record.value();
        if (value == null) {
            throw new UnreadableRecordException("The record has no value");
        }
        return json.read(value);
    }

    private static int number(Header version) throws UnreadableRecordException {
        byte[] text = version.value();
        try {
            return Integer.parseInt(text == null ? "" : new String(text, UTF_8));
        } catch (NumberFormatException e) {
            throw new UnreadableRecordException("Header " + version.key() + " is not a number");
        }
    }
}
