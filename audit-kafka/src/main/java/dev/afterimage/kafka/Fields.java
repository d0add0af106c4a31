package dev.afterimage.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read by name and type. What it throws names the field by its path and never shows a
 * value. Unknown fields are not looked at; a field that is null counts as absent.
 */
final class Fields {

    private final JsonNode object;
    private final String path;

    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The fields of a whole document. */
    static Fields of(JsonNode document) throws UnreadableRecordException {
        if (!document.isObject()) {
            throw new UnreadableRecordException("The value is not a JSON object");
        }
        return new Fields(document, "");
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    String text(String name) throws UnreadableRecordException {
        String text = object.path(name).textValue();
        if (text == null) {
            throw wrong(name, "a text");
        }
        return text;
    }

    @Nullable
    String optionalText(String name) throws UnreadableRecordException {
        return has(name) ? text(name) : null;
    }

    boolean flag(String name) throws UnreadableRecordException {
        JsonNode field = object.path(name);
        if (!field.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return field.booleanValue();
    }

    /** A 64-bit number, which is written as a text. */
    long number(String name) throws UnreadableRecordException {
        return parsed(name, Long::valueOf);
    }

    /** A 32-bit number, which is written as a number. */
    int count(String name) throws UnreadableRecordException {
        JsonNode field = object.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToInt()) {
            throw wrong(name, "a whole number of 32 bits");
        }
        return field.intValue();
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) throws UnreadableRecordException {
        return parsed(name, text -> Enum.valueOf(type, text));
    }

    /** A text from which something else is made. */
    <T> T parsed(String name, Function<String, T> parser) throws UnreadableRecordException {
        String text = text(name);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(name, "of the form that its type asks for");
        }
    }

    Fields child(String name) throws UnreadableRecordException {
        JsonNode field = object.path(name);
        if (!field.isObject()) {
            throw wrong(name, "an object");
        }
        return new Fields(field, path + name + ".");
    }

    @Nullable
    Fields optionalChild(String name) throws UnreadableRecordException {
        return has(name) ? child(name) : null;
    }

    /** The objects of an array; empty where the field is absent. */
    List<Fields> children(String name) throws UnreadableRecordException {
        if (!has(name)) {
            return List.of();
        }
        JsonNode field = object.path(name);
        if (!field.isArray()) {
            throw wrong(name, "an array");
        }
        List<Fields> children = new ArrayList<>(field.size());
        for (JsonNode element : field) {
            if (!element.isObject()) {
                throw wrong(name, "an array of objects");
            }
            children.add(new Fields(element, path + name + "[" + children.size() + "]."));
        }
        return children;
    }

    /** All fields, each of which is a text. */
    Map<String, String> texts() throws UnreadableRecordException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String text = property.getValue().textValue();
            if (text == null) {
                throw new UnreadableRecordException("A field of " + path + " is not a text");
            }
            texts.put(property.getKey(), text);
        }
        return texts;
    }

    private UnreadableRecordException wrong(String name, String expected) {
        String fault = has(name) ? " is not " : " is missing: expected ";
        return new UnreadableRecordException("Field " + path + name + fault + expected);
    }
}
