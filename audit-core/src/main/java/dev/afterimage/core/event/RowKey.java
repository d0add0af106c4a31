package dev.afterimage.core.event;

import java.util.List;
import java.util.Objects;

/**
 * The primary-key columns of a row with their values, in key order. Values are canonical text (see
 * {@link dev.afterimage.core.table.ColumnType}), so that two statements that name the same row, one by a literal and one
 * by a parameter of another Java type, yield equal keys.
 *
 * @param columns at least one
 */
public record RowKey(List<Part> columns) {

    /**
     * One column of a key.
     *
     * @param column name as the database spells it
     * @param value canonical text; a key column is never NULL
     */
    public record Part(String column, String value) {
        public Part {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(value, "value");
        }
    }

    public RowKey {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("A row key needs at least one column");
        }
    }

    /** The values alone, in key order. */
    public List<String> values() {
        return columns.stream().map(Part::value).toList();
    }

    /**
     * An unambiguous text of the key, usable as a store's or a broker's key: {@code id=7} or {@code a=1,b=x\,y}, commas,
     * equal signs and backslashes within names and values escaped by a backslash.
     */
    public String canonical() {
        StringBuilder text = new StringBuilder();
        for (Part part : columns) {
            if (!text.isEmpty()) {
                text.append(',');
            }
            escape(part.column(), text);
            text.append('=');
            escape(part.value(), text);
        }
        return text.toString();
    }

    private static void escape(String raw, StringBuilder to) {
        if (raw.indexOf(',') < 0 && raw.indexOf('=') < 0 && raw.indexOf('\\') < 0) {
            to.append(raw);
            return;
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == ',' || c == '=' || c == '\\') {
                to.append('\\');
            }
            to.append(c);
        }
    }
}
