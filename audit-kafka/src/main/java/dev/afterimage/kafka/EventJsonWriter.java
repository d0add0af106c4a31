package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.TableName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON, schema version {@value Schema#VERSION}. One generator and one buffer serve all events. Used by
 * one thread at a time.
 */
final class EventJsonWriter {

    /**
     * Characters above are written as escapes, surrogates among them: a Java text may hold a lone surrogate, which UTF-8
     * cannot carry and which must not make an event unserialisable.
     */
    private static final int HIGHEST_PLAIN_CHARACTER = 0xD7FF;

    /** 64-bit numbers are texts: JavaScript, for one, would round them. */
    private static final JsonGenerator.Feature NUMBERS_AS_TEXTS =
            JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS.mappedFeature();

    private static final int TYPICAL_BYTES = 1024;

    /** A buffer that one large event has made larger than this is not kept. */
    private static final int MOST_KEPT_BYTES = 1 << 16;

    private final JsonFactory json = new JsonFactoryBuilder()
            .highestNonEscapedChar(HIGHEST_PLAIN_CHARACTER)
            .enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS)
            // Between two events there is nothing: each is a record of its own.
            .rootValueSeparator((String) null)
            .build();

    private ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
    private JsonGenerator out = generator();

    /**
     * The event as UTF-8 JSON.
     *
     * @param id the event's identity as text
     */
    byte[] write(AuditEvent event, String id) {
        boolean kept = false;
        try {
            write(event, id, out);
            out.flush();
            byte[] written = bytes.toByteArray();
            bytes.reset();
            kept = written.length <= MOST_KEPT_BYTES;
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!kept) {
                // A generator that has stopped amid an event would go on amid it.
                bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
                out = generator();
            }
        }
    }

    private JsonGenerator generator() {
        try {
            return json.createGenerator(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(AuditEvent event, String id, JsonGenerator out) throws IOException {
        out.writeStartObject();
        whole(FieldName.SCHEMA, Schema.VERSION, out);
        boolean isChange = event instanceof Change;
        text(FieldName.KIND, isChange ? Schema.KIND_CHANGE : Schema.KIND_GAP, out);
        text(FieldName.ID, id, out);
        text(FieldName.SOURCE, event.source(), out);
        if (event instanceof Change change) {
            write(change, out);
        } else {
            write((Gap) event, out);
        }
        out.writeEndObject();
    }

    private static void write(Change change, JsonGenerator out) throws IOException {
        text(FieldName.OP, change.operation().name(), out);
        table(change.table(), out);
        key(FieldName.KEY, change.key(), out);
        key(FieldName.NEW_KEY, change.newKey(), out);
        assigned(change, out);
        number(FieldName.ROWS, change.rows(), out);
        optional(FieldName.STATEMENT, change.statement(), out);
        transaction(change.transaction(), out);
        actor(change.actor(), out);
        number(FieldName.CHANGED_AT, change.changedAt(), out);
        number(FieldName.CLOCK_OFFSET, change.clockOffset(), out);
        fence(change.fence(), out);
        if (change.gap() != null) {
            text(FieldName.GAP, change.gap().name(), out);
        }
        image(FieldName.BEFORE, change.before(), out);
        image(FieldName.AFTER, change.after(), out);
    }

    private static void image(SerializableString field, @Nullable Image image, JsonGenerator out) throws IOException {
        if (image == null) {
            return;
        }
        out.writeFieldName(field);
        out.writeStartArray();
        for (Map.Entry<String, @Nullable String> column : image.columns().entrySet()) {
            out.writeStartObject();
            text(FieldName.COLUMN, column.getKey(), out);
            optional(FieldName.VALUE, column.getValue(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(Gap gap, JsonGenerator out) throws IOException {
        text(FieldName.REASON, gap.reason().name(), out);
        text(FieldName.DETAIL, gap.detail(), out);
        number(FieldName.LOST, gap.lost(), out);
        number(FieldName.RECORDED_AT, gap.recordedAt(), out);
        actor(gap.actor(), out);
    }

    private static void table(@Nullable TableName table, JsonGenerator out) throws IOException {
        if (table == null) {
            return;
        }
        out.writeFieldName(FieldName.TABLE);
        out.writeStartObject();
        optional(FieldName.CATALOG, table.catalog(), out);
        optional(FieldName.SCHEMA, table.schema(), out);
        text(FieldName.NAME, table.name(), out);
        out.writeEndObject();
    }

    private static void key(SerializableString field, @Nullable RowKey key, JsonGenerator out) throws IOException {
        if (key == null) {
            return;
        }
        out.writeFieldName(field);
        out.writeStartArray();
        for (RowKey.Part part : key.columns()) {
            out.writeStartObject();
            text(FieldName.COLUMN, part.column(), out);
            text(FieldName.VALUE, part.value(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void assigned(Change change, JsonGenerator out) throws IOException {
        if (change.assigned().isEmpty()) {
            return;
        }
        out.writeFieldName(FieldName.ASSIGNED);
        out.writeStartArray();
        for (Assignment assignment : change.assigned()) {
            out.writeStartObject();
            text(FieldName.COLUMN, assignment.column(), out);
            ValueJson.write(assignment.value(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void transaction(TransactionInfo transaction, JsonGenerator out) throws IOException {
        out.writeFieldName(FieldName.TRANSACTION);
        out.writeStartObject();
        number(FieldName.NUMBER, transaction.number(), out);
        whole(FieldName.INDEX, transaction.index(), out);
        whole(FieldName.COUNT, transaction.count(), out);
        number(FieldName.COMMITTED_AT, transaction.committedAt(), out);
        text(FieldName.OUTCOME, transaction.outcome().name(), out);
        out.writeEndObject();
    }

    private static void actor(Actor actor, JsonGenerator out) throws IOException {
        if (actor.equals(Actor.UNKNOWN)) {
            return;
        }
        out.writeFieldName(FieldName.ACTOR);
        out.writeStartObject();
        optional(FieldName.NAME, actor.name(), out);
        optional(FieldName.TENANT, actor.tenant(), out);
        optional(FieldName.REASON, actor.reason(), out);
        optional(FieldName.REQUEST_ID, actor.requestId(), out);
        if (!actor.attributes().isEmpty()) {
            out.writeFieldName(FieldName.ATTRIBUTES);
            out.writeStartObject();
            for (Map.Entry<String, String> attribute : actor.attributes().entrySet()) {
                out.writeStringField(fieldName(attribute.getKey()), attribute.getValue());
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /** Parsers refuse a lone surrogate in a field name, escaped or not: it becomes a question mark. */
    private static String fieldName(String name) {
        return new String(name.getBytes(UTF_8), UTF_8);
    }

    private static void fence(@Nullable Fence fence, JsonGenerator out) throws IOException {
        if (fence == null) {
            return;
        }
        out.writeFieldName(FieldName.FENCE);
        out.writeStartObject();
        text(FieldName.KIND, fence.kind(), out);
        if (fence.notBefore() != Long.MIN_VALUE) {
            number(FieldName.NOT_BEFORE, fence.notBefore(), out);
        }
        number(FieldName.POSITION, fence.position(), out);
        out.writeEndObject();
    }

    static void text(SerializableString field, String text, JsonGenerator out) throws IOException {
        out.writeFieldName(field);
        out.writeString(text);
    }

    static void number(SerializableString field, long number, JsonGenerator out) throws IOException {
        out.writeFieldName(field);
        out.writeNumber(number);
    }

    /** A number of 32 bits, which nobody rounds. */
    private static void whole(SerializableString field, int number, JsonGenerator out) throws IOException {
        out.disable(NUMBERS_AS_TEXTS);
        out.writeFieldName(field);
        out.writeNumber(number);
        out.enable(NUMBERS_AS_TEXTS);
    }

    private static void optional(SerializableString field, @Nullable String text, JsonGenerator out)
            throws IOException {
        if (text != null) {
            text(field, text, out);
        }
    }
}
