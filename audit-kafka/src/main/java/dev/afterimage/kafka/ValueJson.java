package dev.afterimage.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.afterimage.core.value.Digest;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;

/**
 * The fields {@code type} and {@code value} of an assignment, by a generator that writes numbers as texts. A value read is equal to the value written.
 */
final class ValueJson {

    private ValueJson() {}

    static void write(Value value, JsonGenerator out) throws IOException {
        EventJsonWriter.text(FieldName.TYPE, value.type().name(), out);
        Object content = value.content();
        if (content == null) {
            return;
        }
        out.writeFieldName(FieldName.VALUE);
        switch (value.type()) {
            case BOOLEAN -> out.writeBoolean((Boolean) content);
            case INTEGER -> out.writeNumber((Long) content);
            case BYTES -> out.writeBinary((byte[]) content);
            case DIGEST -> write((Digest) content, out);
            // toString() of each of the other types can be parsed without loss; that of a decimal keeps its scale.
            default -> out.writeString(content.toString());
        }
    }

    private static void write(Digest digest, JsonGenerator out) throws IOException {
        out.writeStartObject();
        EventJsonWriter.number(FieldName.LENGTH, digest.length(), out);
        EventJsonWriter.text(FieldName.SHA256, digest.sha256(), out);
        EventJsonWriter.text(FieldName.PREFIX, digest.prefix(), out);
        out.writeEndObject();
    }

    static Value read(Fields assignment) throws UnreadableRecordException {
        ValueType type = assignment.constant("type", ValueType.class);
        return switch (type) {
            case NULL -> Value.NULL;
            case MASKED -> Value.MASKED;
            case DEFAULT -> Value.DEFAULT;
            case BOOLEAN -> new Value(type, assignment.flag("value"));
            case DIGEST -> new Value(type, digest(assignment.child("value")));
            default -> assignment.parsed("value", text -> new Value(type, content(type, text)));
        };
    }

    private static Digest digest(Fields digest) throws UnreadableRecordException {
        return new Digest(digest.number("length"), digest.text("sha256"), digest.text("prefix"));
    }

    private static Object content(ValueType type, String text) {
        return switch (type) {
            case INTEGER -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case BYTES -> Base64.getDecoder().decode(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text);
            case TIMESTAMP_WITH_ZONE -> OffsetDateTime.parse(text);
            case UUID -> UUID.fromString(text);
            case STRING, EXPRESSION, OTHER -> text;
            case NULL, MASKED, DEFAULT, BOOLEAN, DIGEST -> throw new IllegalArgumentException("type=" + type);
        };
    }
}
