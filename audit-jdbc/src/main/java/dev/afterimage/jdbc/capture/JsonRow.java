package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import java.math.BigDecimal;
import java.util.function.Predicate;

/**
 * A row as PostgreSQL writes it in JSON: an object of scalars. Numbers keep their digits there, and everything that JSON
 * has no form for is the text that PostgreSQL shows. A column that is an object or an array itself is passed over.
 */
final class JsonRow {

    private static final int MOST_DIGITS = 1_000;

    private final String json;
    private int at;

    JsonRow(String json) {
        this.json = json;
    }

    /** Takes the row's columns, in the order of the document. */
    interface Cells {
        /** A column whose value follows. */
        void take(String column);

        /** Where the value goes. */
        ByteWriter values();
    }

    /**
     * Writes the values of the columns that are not hidden.
     *
     * @throws IllegalArgumentException if the text is not such an object
     */
    void writeTo(Cells cells, ValueEncoder encoder, Predicate<String> hidden) {
        expect('{');
        boolean more = next() != '}';
        while (more) {
            String column = string();
            expect(':');
            boolean wanted = !hidden.test(column);
            if (wanted) {
                cells.take(column);
            }
            value(wanted, cells, encoder);
            more = next() == ',';
            if (more) {
                at++;
            }
        }
        expect('}');
    }

    private void value(boolean wanted, Cells cells, ValueEncoder encoder) {
        char first = next();
        if (first == '"') {
            String text = string();
            if (wanted) {
                encoder.putString(cells.values(), text);
            }
            return;
        }
        if (first == '{' || first == '[') {
            skipNested();
            if (wanted) {
                ValueEncoder.putUnread(cells.values(), -1);
            }
            return;
        }
        String word = word();
        if (wanted) {
            scalar(word, cells.values());
        }
    }

    private static void scalar(String word, ByteWriter to) {
        switch (word) {
            case "null" -> ValueCodec.putNull(to);
            case "true" -> ValueCodec.putBoolean(to, true);
            case "false" -> ValueCodec.putBoolean(to, false);
            default -> {
                if (word.length() > MOST_DIGITS) {
                    ValueEncoder.putUnread(to, -1);
                } else {
                    ValueCodec.putDecimal(to, new BigDecimal(word));
                }
            }
        }
    }

    private char next() {
        while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        if (at == json.length()) {
            throw new IllegalArgumentException("The row ends at " + at);
        }
        return json.charAt(at);
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new IllegalArgumentException("No " + wanted + " at " + at);
        }
        at++;
    }

    private String word() {
        int start = at;
        while (at < json.length() && ",}] \n\r\t".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        return json.substring(start, at);
    }

    private String string() {
        expect('"');
        int start = at;
        while (at < json.length() && json.charAt(at) != '"' && json.charAt(at) != '\\') {
            at++;
        }
        if (at < json.length() && json.charAt(at) == '"') {
            return json.substring(start, at++);
        }
        StringBuilder text = new StringBuilder(json.substring(start, at));
        while (at < json.length() && json.charAt(at) != '"') {
            text.append(json.charAt(at) == '\\' ? escaped() : json.charAt(at++));
        }
        expect('"');
        return text.toString();
    }

    private char escaped() {
        char escape = json.charAt(at + 1);
        at += 2;
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(json, at - 4, at, 16);
            }
            default -> escape;
        };
    }

    private void skipNested() {
        int depth = 0;
        do {
            switch (next()) {
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case '"' -> string();
                default -> at++;
            }
        } while (depth > 0);
    }
}
