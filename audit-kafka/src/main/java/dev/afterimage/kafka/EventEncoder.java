package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.TableName;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Makes a Kafka record of an event: key, JSON value and headers. Used by one thread at a time: it keeps the texts of the
 * instance and the table, which seldom change from one event to the next.
 */
final class EventEncoder {

    private static final Header VERSION = header(Schema.HEADER_SCHEMA, Integer.toString(Schema.VERSION));
    private static final Header CHANGE = header(Schema.HEADER_KIND, Schema.KIND_CHANGE);
    private static final Header GAP = header(Schema.HEADER_KIND, Schema.KIND_GAP);
    private static final Map<Operation, Header> OPERATIONS = operations();

    private final String topic;
    private final EventJsonWriter json = new EventJsonWriter();
    private Instance instance = new Instance(0);
    private @Nullable TableTexts table;

    EventEncoder(String topic) {
        this.topic = topic;
    }

    /** Where its records go. */
    String topic() {
        return topic;
    }

    private static Map<Operation, Header> operations() {
        Map<Operation, Header> headers = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            headers.put(operation, header(Schema.HEADER_OPERATION, operation.name()));
        }
        return headers;
    }

    private static Header header(String name, String text) {
        return new RecordHeader(name, text.getBytes(UTF_8));
    }

    ProducerRecord<byte[], byte[]> encode(AuditEvent event) {
        String id = textOf(event.id());
        TableTexts ofTable = event instanceof Change change ? textsOf(change) : null;
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key(event, ofTable).getBytes(UTF_8), json.write(event, id));
        Headers headers = record.headers();
        headers.add(VERSION);
        headers.add(header(Schema.HEADER_ID, id));
        if (event instanceof Change change) {
            headers.add(CHANGE);
            headers.add(OPERATIONS.get(change.operation()));
            if (ofTable != null) {
                headers.add(ofTable.header);
            }
        } else {
            headers.add(GAP);
        }
        return record;
    }

    private String textOf(EventId id) {
        if (instance.number != id.instance()) {
            instance = new Instance(id.instance());
        }
        return instance.prefix + id.sequence();
    }

    private @Nullable TableTexts textsOf(Change change) {
        TableName name = change.table();
        if (name == null) {
            return null;
        }
        TableTexts last = table;
        if (last == null || !last.name.equals(name) || !last.source.equals(change.source())) {
            last = new TableTexts(change.source(), name);
            table = last;
        }
        return last;
    }

    /**
     * The text that decides the partition, and thereby what keeps its order: all changes under one row key, all
     * statement-level changes of one table, all gaps of one source.
     */
    private static String key(AuditEvent event, @Nullable TableTexts ofTable) {
        if (ofTable == null || !(event instanceof Change change)) {
            return event.source();
        }
        RowKey row = change.key();
        return row == null ? ofTable.key : ofTable.key + '/' + row.canonical();
    }

    /** An instance as it begins the text of an identity. */
    private static final class Instance {

        final long number;
        final String prefix;

        Instance(long number) {
            this.number = number;
            prefix = EventId.instanceText(number) + ':';
        }
    }

    /** What records of one table share. */
    private static final class TableTexts {

        final String source;
        final TableName name;
        final String key;
        final Header header;

        TableTexts(String source, TableName name) {
            this.source = source;
            this.name = name;
            String text = name.toString();
            key = source + '/' + text;
            header = EventEncoder.header(Schema.HEADER_TABLE, text);
        }
    }
}
