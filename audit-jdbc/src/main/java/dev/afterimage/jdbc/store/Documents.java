package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.Delta;
import dev.afterimage.core.resolve.RowState;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.value.Digest;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON documents of the history table.
 *
 * <ul>
 *   <li>a state: SQL NULL where it is not known, {@code null} where there was no row, else {@code {"a":"1","b":null}}
 *   <li>a delta: {@code {"a":{"old":"1","new":null}}}; a side that is not known, or had no row, is not there
 *   <li>what was assigned: {@code {"a":"1","b":null}}, and where the column's text cannot be told from it,
 *       {@code {"c":{"expression":"a + 1"}}}, {@code {"d":{"masked":null}}} and so on
 *   <li>a key: {@code {"id":"7"}}, for people; programs read the key's text
 * </ul>
 */
final class Documents {

    private Documents() {}

    static @Nullable String state(RowState state) {
        Image image = state.image();
        return state.isKnown() ? Json.write(image == null ? null : image.columns()) : null;
    }

    static RowState state(@Nullable String document) {
        if (document == null) {
            return RowState.UNKNOWN;
        }
        Map<String, @Nullable String> columns = Json.readTexts(document);
        return columns == null ? RowState.ABSENT : RowState.of(new Image(columns));
    }

    static String delta(Delta delta) {
        Map<String, Object> columns = new LinkedHashMap<>();
        delta.columns().forEach((name, column) -> {
            Map<String, @Nullable String> sides = new LinkedHashMap<>();
            if (column.before() != null) {
                sides.put("old", column.before().text());
            }
            if (column.after() != null) {
                sides.put("new", column.after().text());
            }
            columns.put(name, sides);
        });
        return Json.write(columns);
    }

    static Delta delta(String document) {
        Map<String, Delta.Column> columns = new LinkedHashMap<>();
        object(document).forEach((name, value) -> {
            Map<String, @Nullable Object> sides = Json.asObject(value);
            columns.put(name, new Delta.Column(cell(sides, "old"), cell(sides, "new")));
        });
        return new Delta(columns);
    }

    private static Delta.@Nullable Cell cell(@Nullable Map<String, @Nullable Object> sides, String side) {
        return sides == null || !sides.containsKey(side) ? null : new Delta.Cell((String) sides.get(side));
    }

    private static Map<String, @Nullable Object> object(String document) {
        Map<String, @Nullable Object> object = Json.read(document);
        return object == null ? Map.of() : object;
    }

    static String keyDocument(RowKey key) {
        Map<String, String> parts = new LinkedHashMap<>();
        key.columns().forEach(part -> parts.put(part.column(), part.value()));
        return Json.write(parts);
    }

    /** Reads {@link RowKey#canonical()}: a database may not keep the order of a JSON object's members. */
    static @Nullable RowKey key(@Nullable String canonical) {
        if (canonical == null) {
            return null;
        }
        return new RowKey(parts(canonical));
    }

    /** The parts of a key's text; a part without an equal sign has an empty column. */
    static List<RowKey.Part> parts(String canonical) {
        List<RowKey.Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String column = "";
        for (int i = 0; i < canonical.length(); i++) {
            char c = canonical.charAt(i);
            if (c == '=') {
                column = text.toString();
                text.setLength(0);
            } else if (c == ',') {
                parts.add(new RowKey.Part(column, text.toString()));
                text.setLength(0);
                column = "";
            } else {
                text.append(c == '\\' && i + 1 < canonical.length() ? canonical.charAt(++i) : c);
            }
        }
        parts.add(new RowKey.Part(column, text.toString()));
        return parts;
    }

    static String assigned(List<Assignment> assigned, @Nullable Table table) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (Assignment one : assigned) {
            ColumnType type = table == null ? ColumnType.UNKNOWN : table.typeOf(one.column());
            columns.put(one.column(), assigned(one.value(), type));
        }
        return Json.write(columns);
    }

    private static @Nullable Object assigned(Value value, ColumnType type) {
        if (value.type() == ValueType.NULL) {
            return null;
        }
        String canonical = type.canonical(value);
        if (canonical != null) {
            return canonical;
        }
        Map<String, @Nullable String> marked = new LinkedHashMap<>();
        if (value.content() instanceof Digest digest) {
            marked.put("digest", digest.sha256());
            marked.put("length", Long.toString(digest.length()));
            marked.put("prefix", digest.prefix());
        } else {
            marked.put(value.type().name().toLowerCase(Locale.ROOT), value.text());
        }
        return marked;
    }

    static List<Assignment> assigned(String document) {
        List<Assignment> assigned = new ArrayList<>();
        object(document).forEach((column, value) -> assigned.add(new Assignment(column, value(value))));
        return assigned;
    }

    private static Value value(@Nullable Object stored) {
        if (stored == null) {
            return Value.NULL;
        }
        Map<String, @Nullable Object> marked = stored instanceof String ? null : Json.asObject(stored);
        if (marked == null) {
            return Value.of(stored.toString());
        }
        if (marked.get("digest") instanceof String sha256) {
            long length = Long.parseLong(String.valueOf(marked.get("length")));
            return new Value(ValueType.DIGEST, new Digest(length, sha256, String.valueOf(marked.get("prefix"))));
        }
        String mark = marked.keySet().iterator().next();
        return switch (mark) {
            case "masked" -> Value.MASKED;
            case "default" -> Value.DEFAULT;
            case "expression" -> new Value(ValueType.EXPRESSION, String.valueOf(marked.get(mark)));
            default -> new Value(ValueType.OTHER, String.valueOf(marked.get(mark)));
        };
    }

    static @Nullable String attributes(Map<String, String> attributes) {
        return attributes.isEmpty() ? null : Json.write(attributes);
    }

    static Map<String, String> attributes(@Nullable String document) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (document != null) {
            object(document).forEach((name, value) -> attributes.put(name, String.valueOf(value)));
        }
        return attributes;
    }
}
