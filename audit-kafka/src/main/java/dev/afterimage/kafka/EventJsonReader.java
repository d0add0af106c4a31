package dev.afterimage.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EventJsonWriter} wrote, of its own or an older schema version. Thread-safe. */
final class EventJsonReader {

    private final ObjectReader json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    AuditEvent read(byte[] value) throws UnreadableRecordException {
        Fields fields = Fields.of(parse(value));
        checkVersion(fields.count("schema"));
        String kind = fields.text("kind");
        try {
            return switch (kind) {
                case Schema.KIND_CHANGE -> change(fields);
                case Schema.KIND_GAP -> gap(fields);
                default -> throw new UnreadableRecordException("Field kind is neither change nor gap");
            };
        } catch (IllegalArgumentException e) {
            // The model refuses what each field alone allows: a key without a table, a fence that ends before it
            // begins.
            throw new UnreadableRecordException("The fields contradict each other");
        }
    }

    /** Refuses what only a newer release can read. */
    static void checkVersion(int version) throws UnreadableRecordException {
        if (version > Schema.VERSION) {
            throw new UnreadableRecordException("Schema version " + version + " is newer than " + Schema.VERSION
                    + ", the newest that this release reads");
        }
        if (version < 1) {
            throw new UnreadableRecordException("Schema version " + version + " does not exist");
        }
    }

    private JsonNode parse(byte[] value) throws UnreadableRecordException {
        try {
            return json.readTree(value);
        } catch (JsonProcessingException e) {
            // Jackson's message may quote the text.
            long byteOffset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            throw new UnreadableRecordException("The value is not JSON, from byte " + byteOffset + " on");
        } catch (IOException e) {
            throw new UnreadableRecordException(
                    "The value is not JSON: " + e.getClass().getName());
        }
    }

    private static Change change(Fields fields) throws UnreadableRecordException {
        return new Change(
                id(fields),
                fields.text("source"),
                transaction(fields.child("transaction")),
                fields.constant("op", Operation.class),
                table(fields.optionalChild("table")),
                key(fields.children("key")),
                key(fields.children("newKey")),
                assigned(fields.children("assigned")),
                fields.number("rows"),
                fields.optionalText("statement"),
                actor(fields.optionalChild("actor")),
                fields.number("changedAt"),
                fields.number("clockOffset"),
                fence(fields.optionalChild("fence")),
                fields.has("gap") ? fields.constant("gap", GapReason.class) : null,
                image(fields, "before"),
                image(fields, "after"));
    }

    private static @Nullable Image image(Fields fields, String name) throws UnreadableRecordException {
        if (!fields.has(name)) {
            return null;
        }
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        for (Fields column : fields.children(name)) {
            columns.put(column.text("column"), column.optionalText("value"));
        }
        return new Image(columns);
    }

    private static Gap gap(Fields fields) throws UnreadableRecordException {
        return new Gap(
                id(fields),
                fields.text("source"),
                fields.constant("reason", GapReason.class),
                fields.text("detail"),
                fields.number("lost"),
                fields.number("recordedAt"),
                actor(fields.optionalChild("actor")));
    }

    private static EventId id(Fields fields) throws UnreadableRecordException {
        return fields.parsed("id", text -> {
            int colon = Math.max(text.indexOf(':'), 0);
            return new EventId(
                    Long.parseUnsignedLong(text.substring(0, colon), 16), Long.parseLong(text.substring(colon + 1)));
        });
    }

    private static @Nullable TableName table(@Nullable Fields table) throws UnreadableRecordException {
        return table == null
                ? null
                : new TableName(table.optionalText("catalog"), table.optionalText("schema"), table.text("name"));
    }

    private static @Nullable RowKey key(List<Fields> columns) throws UnreadableRecordException {
        if (columns.isEmpty()) {
            return null;
        }
        List<RowKey.Part> parts = new ArrayList<>(columns.size());
        for (Fields column : columns) {
            parts.add(new RowKey.Part(column.text("column"), column.text("value")));
        }
        return new RowKey(parts);
    }

    private static List<Assignment> assigned(List<Fields> columns) throws UnreadableRecordException {
        List<Assignment> assigned = new ArrayList<>(columns.size());
        for (Fields column : columns) {
            assigned.add(new Assignment(column.text("column"), ValueJson.read(column)));
        }
        return assigned;
    }

    private static TransactionInfo transaction(Fields transaction) throws UnreadableRecordException {
        return new TransactionInfo(
                transaction.number("number"),
                transaction.count("index"),
                transaction.count("count"),
                transaction.number("committedAt"),
                transaction.constant("outcome", Outcome.class));
    }

    private static Actor actor(@Nullable Fields actor) throws UnreadableRecordException {
        if (actor == null) {
            return Actor.UNKNOWN;
        }
        Fields attributes = actor.optionalChild("attributes");
        return new Actor(
                actor.optionalText("name"),
                actor.optionalText("tenant"),
                actor.optionalText("reason"),
                actor.optionalText("requestId"),
                attributes == null ? Map.of() : attributes.texts());
    }

    private static @Nullable Fence fence(@Nullable Fields fence) throws UnreadableRecordException {
        return fence == null
                ? null
                : new Fence(
                        fence.text("kind"),
                        fence.has("notBefore") ? fence.number("notBefore") : Long.MIN_VALUE,
                        fence.number("position"));
    }
}
