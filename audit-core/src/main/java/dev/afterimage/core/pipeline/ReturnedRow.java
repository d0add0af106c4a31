package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.ReturnedColumn;
import dev.afterimage.core.codec.ReturnedColumn.Role;
import dev.afterimage.core.codec.TransactionRecord.ReturnedEntry;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row that the database returned for a statement.
 *
 * @param key under which the row lay before the statement; of an inserted row its key
 * @param newKey under which it lies now
 * @param showsOldRow whether the row before the change is among what was returned; else {@code key} is the new one
 * @param before the row before the change; null where it was not returned, or not whole
 * @param after the row after the change; null where it was not returned, or not whole
 */
record ReturnedRow(
        RowKey key,
        RowKey newKey,
        boolean showsOldRow,
        @Nullable Image before,
        @Nullable Image after) {

    /** Types whose text within JSON is not the text by which the database shows them. */
    private static final Set<String> JSON_TYPES = Set.of("json", "jsonb");

    /** The rows, in their order; null where they lack a key column. */
    static @Nullable List<ReturnedRow> of(@Nullable ReturnedEntry returned, Operation operation, Table table) {
        if (returned == null) {
            return null;
        }
        List<ReturnedRow> rows = new ArrayList<>(returned.rows().size());
        for (List<Value> values : returned.rows()) {
            Map<String, Value> before = cells(Role.BEFORE, returned, values);
            Map<String, Value> after = cells(Role.AFTER, returned, values);
            RowKey oldKey = key(before, operation, table);
            RowKey newKey = key(after.isEmpty() ? cells(Role.KEY, returned, values) : after, operation, table);
            RowKey known = oldKey == null ? newKey : oldKey;
            if (known == null) {
                return null;
            }
            rows.add(new ReturnedRow(
                    known, newKey == null ? known : newKey, oldKey != null, image(before, table), image(after, table)));
        }
        return rows;
    }

    private static Map<String, Value> cells(Role role, ReturnedEntry returned, List<Value> values) {
        Map<String, Value> cells = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            ReturnedColumn column = returned.columns().get(i);
            if (column.role() == role) {
                cells.put(column.name(), values.get(i));
            }
        }
        return cells;
    }

    private static @Nullable RowKey key(Map<String, Value> cells, Operation operation, Table table) {
        List<RowKey.Part> parts = new ArrayList<>(table.keyColumns().size());
        for (String column : table.keyColumns()) {
            Value value = cell(column, cells);
            if (value == null && operation == Operation.INSERT && isInsertId(table, cells.keySet())) {
                value = cells.values().iterator().next();
            }
            String text = value == null ? null : table.typeOf(column).keyText(value);
            if (text == null) {
                return null;
            }
            parts.add(new RowKey.Part(column, text));
        }
        return new RowKey(parts);
    }

    /** Drivers differ in the case in which they return names. */
    private static @Nullable Value cell(String column, Map<String, Value> cells) {
        Value exact = cells.get(column);
        if (exact == null) {
            for (Map.Entry<String, Value> cell : cells.entrySet()) {
                if (cell.getKey().equalsIgnoreCase(column)) {
                    return cell.getValue();
                }
            }
        }
        return exact;
    }

    /** MariaDB's driver returns the generated number alone, under a name of its own; for an upsert it may be any row's. */
    private static boolean isInsertId(Table table, Set<String> columns) {
        return columns.size() == 1
                && columns.stream()
                        .allMatch(column ->
                                column.equalsIgnoreCase("insert_id") || column.equalsIgnoreCase("generated_key"))
                && table.keyColumns().equals(List.of(String.valueOf(table.autoIncrement())));
    }

    /** One column whose text cannot be told, and there is no image. */
    private static @Nullable Image image(Map<String, Value> cells, Table table) {
        if (cells.isEmpty()) {
            return null;
        }
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            Value value = cells.remove(column.name());
            if (value != null) {
                String text = text(column.type(), value);
                if (text == null && value.type() != ValueType.NULL) {
                    return null;
                }
                columns.put(column.name(), text);
            }
        }
        boolean shapeIsOld = !cells.isEmpty();
        return shapeIsOld ? null : new Image(columns);
    }

    private static @Nullable String text(ColumnType type, Value value) {
        if (value.type() == ValueType.STRING) {
            String text = String.valueOf(value.content());
            if (type.kind() == ColumnType.Kind.BYTES && text.startsWith("\\x")) {
                return text.substring(2); // PostgreSQL's form of bytes within JSON.
            }
            if (type.kind() == ColumnType.Kind.OTHER) {
                boolean plain = !JSON_TYPES.contains(type.name().toLowerCase(Locale.ROOT));
                return plain ? text : null;
            }
        }
        return type.canonical(value);
    }
}
