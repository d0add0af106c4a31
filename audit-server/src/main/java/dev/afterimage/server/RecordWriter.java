package dev.afterimage.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;

/** Prints one record after another. */
abstract class RecordWriter {

    final PrintWriter out;

    RecordWriter(PrintWriter out) {
        this.out = out;
    }

    abstract void write(ObjectNode fields);

    /** One JSON object in a line. */
    static RecordWriter json(PrintWriter out) {
        return new RecordWriter(out) {
            @Override
            void write(ObjectNode fields) {
                out.print(fields);
                out.print('\n');
            }
        };
    }

    /**
     * RFC 4180 with a header. A field that is NULL, or is not there, has no characters; an empty text is {@code ""}.
     * Documents are JSON, so that a row that did not exist is {@code null}, and one that is not known has no characters.
     */
    static RecordWriter csv(PrintWriter out, List<String> columns) {
        out.print(String.join(",", columns) + "\r\n");
        return new RecordWriter(out) {
            @Override
            void write(ObjectNode fields) {
                for (int i = 0; i < columns.size(); i++) {
                    out.print(i == 0 ? "" : ",");
                    out.print(csvField(columns.get(i), fields.path(columns.get(i))));
                }
                out.print("\r\n");
            }
        };
    }

    private static String csvField(String column, JsonNode field) {
        if (field.isNull() && (column.equals("before") || column.equals("after") || column.equals("row"))) {
            return "null";
        }
        if (field.isMissingNode() || field.isNull()) {
            return "";
        }
        String text = field.isValueNode() ? field.asText() : field.toString();
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
