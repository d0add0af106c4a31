package dev.afterimage.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterimage.core.event.Operation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the forms that security tools read, made from {@link Shown}.
 *
 * <p>OCSF: class Datastore Activity (6005), since it is about records in tables, made, changed and removed; Entity
 * Management is about identities and configuration. CEF: version 0.
 */
final class SecurityEvents {

    private static final String VENDOR = "Afterimage";
    private static final String PRODUCT = "audit-server";
    private static final String OCSF_VERSION = "1.3.0";
    private static final int APPLICATION_ACTIVITY = 6;
    private static final int DATASTORE_ACTIVITY = 6005;
    private static final int INFORMATIONAL = 1;
    private static final int TABLE = 3;

    private SecurityEvents() {}

    private static int activity(Operation operation) {
        return switch (operation) {
            case INSERT -> 6; // Create
            case UPDATE -> 2;
            case UPSERT -> 5; // Write
            case DELETE, TRUNCATE -> 7;
            case OTHER -> 99;
        };
    }

    private static String activityName(int activity) {
        return switch (activity) {
            case 2 -> "Update";
            case 5 -> "Write";
            case 6 -> "Create";
            case 7 -> "Delete";
            default -> "Other";
        };
    }

    static ObjectNode ocsf(ObjectNode entry) {
        ObjectNode event = Shown.JSON.createObjectNode();
        int activity = activity(Operation.valueOf(entry.path("operation").asText()));
        event.put("activity_id", activity);
        event.put("activity_name", activityName(activity));
        event.put("category_uid", APPLICATION_ACTIVITY);
        event.put("category_name", "Application Activity");
        event.put("class_uid", DATASTORE_ACTIVITY);
        event.put("class_name", "Datastore Activity");
        event.put("type_uid", DATASTORE_ACTIVITY * 100 + activity);
        event.put("severity_id", INFORMATIONAL);
        event.put("time", millis(entry));
        boolean committed = entry.path("outcome").asText().equals("COMMITTED");
        event.put("status_id", committed ? 1 : 0);
        event.put("status", committed ? "Success" : "Unknown");
        ObjectNode metadata = event.putObject("metadata");
        metadata.put("version", OCSF_VERSION);
        metadata.put("uid", entry.path("id").asText());
        metadata.put("correlation_uid", entry.path("transaction").asText());
        metadata.putObject("product").put("vendor_name", VENDOR).put("name", PRODUCT);
        putActor(entry, event);
        event.putObject("src_endpoint")
                .put("svc_name", entry.path("source").asText())
                .put("instance_uid", entry.path("id").asText().split(":", 2)[0]);
        event.put("type_id", TABLE);
        event.putObject("database").put("name", entry.path("source").asText()).put("type_id", 1);
        if (!entry.path("table").isNull()) {
            event.putObject("table").put("name", entry.path("table").asText());
        }
        if (!entry.path("statement").isNull()) {
            event.putObject("query_info")
                    .put("query_string", entry.path("statement").asText());
        }
        ObjectNode rest = event.putObject("unmapped");
        for (String name : new String[] {"key", "new_key", "before", "after", "delta", "rows", "resolution", "gap"}) {
            if (entry.has(name)) {
                rest.set(name, entry.get(name));
            }
        }
        return event;
    }

    private static void putActor(ObjectNode entry, ObjectNode event) {
        ObjectNode user = event.putObject("actor").putObject("user");
        if (entry.path("actor").isNull()) {
            user.put("type_id", 0).put("name", "unknown");
        } else {
            user.put("type_id", 1).put("name", entry.path("actor").asText());
        }
        if (!entry.path("tenant").isNull()) {
            user.putObject("org").put("uid", entry.path("tenant").asText());
        }
        if (!entry.path("reason").isNull()) {
            event.put("message", entry.path("reason").asText());
        }
    }

    private static long millis(ObjectNode entry) {
        return Instant.parse(entry.path("time").asText()).toEpochMilli();
    }

    static String cef(ObjectNode entry) {
        String operation = entry.path("operation").asText();
        StringBuilder line = new StringBuilder("CEF:0|" + VENDOR + "|" + PRODUCT + "|1|");
        line.append(header(operation)).append('|');
        line.append(header(operation + " " + entry.path("table").asText())).append("|3|");
        line.append("rt=").append(millis(entry));
        add(line, "externalId", text(entry, "id"));
        add(line, "act", operation);
        add(line, "suser", text(entry, "actor"));
        add(line, "outcome", text(entry, "outcome"));
        add(line, "reason", text(entry, "reason"));
        add(line, "msg", text(entry, "statement"));
        add(line, "cn1", text(entry, "rows"));
        add(line, "cn1Label", "rows");
        String[] custom = {"table", "key", "delta", "transaction", "resolution", "source"};
        for (int i = 0; i < custom.length; i++) {
            String value = text(entry, custom[i]);
            if (value != null) {
                add(line, "cs" + (i + 1), value);
                add(line, "cs" + (i + 1) + "Label", custom[i]);
            }
        }
        return line.toString();
    }

    private static @Nullable String text(ObjectNode entry, String name) {
        JsonNode field = entry.path(name);
        if (field.isMissingNode() || field.isNull()) {
            return null;
        }
        return field.isValueNode() ? field.asText() : field.toString();
    }

    /** A header field ends at a bar, and has no lines. */
    private static String header(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("[\\r\\n]+", " ");
    }

    /** An extension's value may have a bar; an equal sign would begin the next key. */
    private static void add(StringBuilder line, String key, @Nullable String value) {
        if (value != null) {
            String escaped = value.replace("\\", "\\\\")
                    .replace("=", "\\=")
                    .replace("\n", "\\n")
                    .replace("\r", "\\r");
            line.append(' ').append(key).append('=').append(escaped);
        }
    }
}
