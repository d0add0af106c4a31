package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.TableName;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Makes a Kafka record of an event: key, JSON value and headers. Thread-safe. */
final class EventEncoder {

    private static final byte[] VERSION = Integer.toString(Schema.VERSION).getBytes(UTF_8);
    private static final byte[] CHANGE = Schema.KIND_CHANGE.getBytes(UTF_8);
    private static final byte[] GAP = Schema.KIND_GAP.getBytes(UTF_8);

    private final String topic;
    private final EventJsonWriter json = new EventJsonWriter();

    EventEncoder(String topic) {
        this.topic = topic;
    }

    ProducerRecord<byte[], byte[]> encode(AuditEvent event) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key(event).getBytes(UTF_8), json.write(event));
        Headers headers = record.headers();
        headers.add(Schema.HEADER_SCHEMA, VERSION);
        headers.add(Schema.HEADER_ID, event.id().toString().getBytes(UTF_8));
        if (event instanceof Change change) {
            headers.add(Schema.HEADER_KIND, CHANGE);
            headers.add(Schema.HEADER_OPERATION, change.operation().name().getBytes(UTF_8));
            if (change.table() != null) {
                headers.add(Schema.HEADER_TABLE, change.table().toString().getBytes(UTF_8));
            }
        } else {
            headers.add(Schema.HEADER_KIND, GAP);
        }
        return record;
    }

    /**
     * The text that decides the partition, and thereby what keeps its order: all changes under one row key, all
     * statement-level changes of one table, all gaps of one source.
     */
    static String key(AuditEvent event) {
        if (!(event instanceof Change change)) {
            return event.source();
        }
        TableName table = change.table();
        if (table == null) {
            return event.source();
        }
        RowKey row = change.key();
        String ofTable = event.source() + '/' + table;
        return row == null ? ofTable : ofTable + '/' + row.canonical();
    }
}
