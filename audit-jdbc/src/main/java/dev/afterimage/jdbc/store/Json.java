package dev.afterimage.jdbc.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the JSON of the history table: objects whose members are strings, null, or such objects again. A map
 * keeps the order of its members; a JSON null is a Java null.
 */
final class Json {

    private static final int DEEPEST = 16;

    /** Stands for what databases refuse within JSON: the null character, and half of a surrogate pair. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Writes an object whose values are strings, nulls or maps of the same sort; or {@code null}. */
    static String write(@Nullable Map<String, ?> object) {
        StringBuilder out = new StringBuilder();
        writeValue(object, out);
        return out.toString();
    }

    private static void writeValue(@Nullable Object value, StringBuilder out) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof Map<?, ?> object) {
            char before = '{';
            for (Map.Entry<?, ?> member : object.entrySet()) {
                writeString(String.valueOf(member.getKey()), out.append(before));
                writeValue(member.getValue(), out.append(':'));
                before = ',';
            }
            out.append(object.isEmpty() ? "{}" : "}");
        } else {
            writeString(value.toString(), out);
        }
    }

    private static void writeString(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c == 0 || isLoneSurrogate(string, i)) {
                        out.append(REPLACEMENT);
                    } else if (c < ' ') {
                        out.append("\\u").append(String.format("%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String string, int at) {
        char c = string.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == string.length() || !Character.isLowSurrogate(string.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(string.charAt(at - 1)));
    }

    /**
     * Reads an object, or {@code null}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static @Nullable Map<String, @Nullable Object> read(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        json.blank();
        if (json.at != text.length() || value instanceof String) {
            throw json.unexpected();
        }
        return asObject(value);
    }

    /** Reads an object whose members are strings or null. */
    static @Nullable Map<String, @Nullable String> readTexts(String text) {
        Map<String, @Nullable Object> object = read(text);
        if (object == null) {
            return null;
        }
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        object.forEach((name, value) -> texts.put(name, value == null ? null : value.toString()));
        return texts;
    }

    @SuppressWarnings("unchecked") // value() makes no other maps
    static @Nullable Map<String, @Nullable Object> asObject(@Nullable Object value) {
        return (Map<String, @Nullable Object>) value;
    }

    private @Nullable Object value(int depth) {
        blank();
        if (text.startsWith("null", at)) {
            at += 4;
            return null;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return string();
        }
        if (depth > DEEPEST) {
            throw unexpected();
        }
        return object(depth);
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        expect('{');
        blank();
        if (peek() == '}') {
            at++;
            return object;
        }
        while (true) {
            blank();
            String name = string();
            blank();
            expect(':');
            object.put(name, value(depth + 1));
            blank();
            if (peek() == '}') {
                at++;
                return object;
            }
            expect(',');
        }
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> c;
            case 'u' -> unicode();
            default -> throw unexpected();
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw unexpected();
        }
        at += 4;
        return (char) Integer.parseInt(text, at - 4, at, 16);
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw unexpected();
        }
        at++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("Not JSON of the history table at character " + at);
    }
}
