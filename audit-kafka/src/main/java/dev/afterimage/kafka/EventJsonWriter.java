package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
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
        whole("schema", Schema.VERSION, out);
        boolean isChange = event instanceof Change;
        out.writeStringField("kind", isChange ? Schema.KIND_CHANGE : Schema.KIND_GAP);
        out.writeStringField("id", id);
        out.writeStringField("source", event.source());
        if (event instanceof Change change) {
            write(change, out);
        } else {
            write((Gap) event, out);
        }
        out.writeEndObject();
    }

    private static void write(Change change, JsonGenerator out) throws IOException {
        out.writeStringField("op", change.operation().name());
        table(change.table(), out);
        key("key", change.key(), out);
        key("newKey", change.newKey(), out);
        assigned(change, out);
        out.writeNumberField("rows", change.rows());
        optional("statement", change.statement(), out);
        transaction(change.transaction(), out);
        actor(change.actor(), out);
        out.writeNumberField("changedAt", change.changedAt());
        out.writeNumberField("clockOffset", change.clockOffset());
        fence(change.fence(), out);
        if (change.gap() != null) {
            out.writeStringField("gap", change.gap().name());
        }
        image("before", change.before(), out);
        image("after", change.after(), out);
    }

    private static void image(String field, @Nullable Image image, JsonGenerator out) throws IOException {
        if (image == null) {
            return;
        }
        out.writeArrayFieldStart(field);
        for (Map.Entry<String, @Nullable String> column : image.columns().entrySet()) {
            out.writeStartObject();
            out.writeStringField("column", column.getKey());
            optional("value", column.getValue(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(Gap gap, JsonGenerator out) throws IOException {
        out.writeStringField("reason", gap.reason().name());
        out.writeStringField("detail", gap.detail());
        out.writeNumberField("lost", gap.lost());
        out.writeNumberField("recordedAt", gap.recordedAt());
        actor(gap.actor(), out);
    }

    private static void table(@Nullable TableName table, JsonGenerator out) throws IOException {
        if (table == null) {
            return;
        }
        out.writeObjectFieldStart("table");
        optional("catalog", table.catalog(), out);
        optional("schema", table.schema(), out);
        out.writeStringField("name", table.name());
        out.writeEndObject();
    }

    private static void key(String field, @Nullable RowKey key, JsonGenerator out) throws IOException {
        if (key == null) {
            return;
        }
        out.writeArrayFieldStart(field);
        for (RowKey.Part part : key.columns()) {
            out.writeStartObject();
            out.writeStringField("column", part.column());
            out.writeStringField("value", part.value());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void assigned(Change change, JsonGenerator out) throws IOException {
        if (change.assigned().isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("assigned");
        for (Assignment assignment : change.assigned()) {
            out.writeStartObject();
            out.writeStringField("column", assignment.column());
            ValueJson.write(assignment.value(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void transaction(TransactionInfo transaction, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("transaction");
        out.writeNumberField("number", transaction.number());
        whole("index", transaction.index(), out);
        whole("count", transaction.count(), out);
        out.writeNumberField("committedAt", transaction.committedAt());
        out.writeStringField("outcome", transaction.outcome().name());
        out.writeEndObject();
    }

    private static void actor(Actor actor, JsonGenerator out) throws IOException {
        if (actor.equals(Actor.UNKNOWN)) {
            return;
        }
        out.writeObjectFieldStart("actor");
        optional("name", actor.name(), out);
        optional("tenant", actor.tenant(), out);
        optional("reason", actor.reason(), out);
        optional("requestId", actor.requestId(), out);
        if (!actor.attributes().isEmpty()) {
            out.writeObjectFieldStart("attributes");
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
        out.writeObjectFieldStart("fence");
        out.writeStringField("kind", fence.kind());
        if (fence.notBefore() != Long.MIN_VALUE) {
            out.writeNumberField("notBefore", fence.notBefore());
        }
        out.writeNumberField("position", fence.position());
        out.writeEndObject();
    }

    /** A number of 32 bits. */
    private static void whole(String field, int number, JsonGenerator out) throws IOException {
        out.disable(NUMBERS_AS_TEXTS);
        out.writeNumberField(field, number);
        out.enable(NUMBERS_AS_TEXTS);
    }

    private static void optional(String field, @Nullable String text, JsonGenerator out) throws IOException {
        if (text != null) {
            out.writeStringField(field, text);
        }
    }
}
