package dev.afterimage.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Columns for people. A value from the database stands in quotes, so that {@code NULL} and {@code 'NULL'} are two things
 * and {@code ''} is a text; what could steer a terminal is shown by its code. Long values are cut, with a mark that says
 * by how much. A column grows when a longer cell comes: nothing is kept back.
 */
final class TableWriter extends RecordWriter {

    private static final int LONGEST_VALUE = 60;
    private static final int LONGEST_CELL = 400;

    private final List<String> columns;
    private final int[] widths;

    TableWriter(PrintWriter out, List<String> columns) {
        super(out);
        this.columns = columns;
        this.widths = columns.stream().mapToInt(TableWriter::usualWidth).toArray();
        print(columns.stream().map(column -> column.replace('_', ' ')).toList());
    }

    private static int usualWidth(String column) {
        return switch (column) {
            case "time" -> 27;
            case "operation" -> 9;
            case "resolution" -> 13;
            case "key", "table", "actor" -> 16;
            default -> column.length();
        };
    }

    @Override
    void write(ObjectNode fields) {
        List<String> cells = new ArrayList<>();
        for (String column : columns) {
            cells.add(
                    switch (column) {
                        case "changes" -> changes(fields);
                        case "key" -> key(fields);
                        case "row" -> assigned(fields.path("row"));
                        default -> word(fields.path(column));
                    });
        }
        print(cells);
    }

    private void print(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            widths[i] = Math.max(widths[i], Math.min(cell.length(), LONGEST_VALUE));
            line.append(cell);
            if (i < widths.length - 1) {
                line.append(" ".repeat(Math.max(0, widths[i] - cell.length()) + 2));
            }
        }
        out.print(line.toString().stripTrailing() + "\n");
    }

    private static String word(JsonNode field) {
        return field.isMissingNode() || field.isNull() ? "" : plain(field.asText(), LONGEST_CELL);
    }

    private static String key(ObjectNode fields) {
        String key = parts(fields.path("key"));
        return fields.has("new_key") ? key + " -> " + parts(fields.path("new_key")) : key;
    }

    private static String parts(JsonNode key) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> part : key.properties()) {
            parts.add(plain(part.getKey(), LONGEST_VALUE) + "="
                    + plain(part.getValue().asText(), LONGEST_VALUE));
        }
        return String.join(",", parts);
    }

    private static String assigned(JsonNode row) {
        List<String> columns = new ArrayList<>();
        row.properties()
                .forEach(column -> columns.add(plain(column.getKey(), LONGEST_VALUE) + "=" + value(column.getValue())));
        return String.join(", ", columns);
    }

    private static String changes(ObjectNode fields) {
        if (!fields.has("key")) {
            return fields.path("rows").asText() + " rows: "
                    + plain(fields.path("statement").asText(), LONGEST_CELL);
        }
        List<String> changes = new ArrayList<>();
        fields.path("delta").properties().forEach(column -> {
            JsonNode sides = column.getValue();
            String was = sides.has("old") ? value(sides.get("old")) + " -> " : sides.has("new") ? "" : "?";
            String is = sides.has("new") ? value(sides.get("new")) : "";
            changes.add(plain(column.getKey(), LONGEST_VALUE) + ": " + (was + is).stripTrailing());
        });
        return String.join(", ", changes);
    }

    private static String value(JsonNode value) {
        return value.isNull() ? "NULL" : '\'' + plain(value.asText(), LONGEST_VALUE) + '\'';
    }

    /** Without anything that a terminal would not show as it stands. */
    static String plain(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        int cut = text.codePointCount(0, text.length()) > longest ? text.offsetByCodePoints(0, longest) : text.length();
        text.substring(0, cut).codePoints().forEach(c -> append(c, shown));
        return cut == text.length()
                ? shown.toString()
                : shown.append("...(")
                        .append(text.length() - cut)
                        .append(" more)")
                        .toString();
    }

    private static void append(int c, StringBuilder to) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> {
                if (c == '\n' || c == '\t' || c == '\r') {
                    to.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r");
                } else {
                    to.append(String.format("\\u{%x}", c));
                }
            }
            default -> {
                // A backslash of the text's own must not look like one of ours.
                to.append(c == '\\' ? "\\" : "").appendCodePoint(c);
            }
        }
    }
}
