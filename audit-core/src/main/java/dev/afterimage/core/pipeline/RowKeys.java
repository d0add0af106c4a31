package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.StatementDescriptor.Condition;
import dev.afterimage.core.codec.StatementDescriptor.Source;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.codec.TransactionRecord.KeysEntry;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds row keys in what a statement says and what the database returned. Null always means: it cannot be told. */
final class RowKeys {

    /** More keys in one statement than this are not worth telling apart: an IN list with a million entries. */
    private static final int MOST = 100_000;

    private RowKeys() {}

    static Value value(Source source, List<Value> parameters) {
        if (source instanceof Source.Constant constant) {
            return constant.value();
        }
        int ordinal = ((Source.Parameter) source).ordinal();
        return ordinal <= parameters.size() ? parameters.get(ordinal - 1) : Value.DEFAULT;
    }

    /** The column that a target names, by name or by its place. */
    static String column(Target target, int index, Table table) {
        boolean byPlace = target.column().isEmpty() && index < table.columns().size();
        return byPlace ? table.columns().get(index).name() : table.columnNamed(target.column());
    }

    /** The key that a row of VALUES, or an update of key columns, gives its row. */
    static @Nullable RowKey assigned(Write write, int valueRow, List<Value> parameters, Table table) {
        List<RowKey.Part> parts = new ArrayList<>(table.keyColumns().size());
        for (String column : table.keyColumns()) {
            Value value = assignedValue(write, valueRow, parameters, table, column);
            String text = value == null ? null : table.typeOf(column).keyText(value);
            if (text == null || (column.equals(table.autoIncrement()) && text.equals("0"))) {
                return null;
            }
            parts.add(new RowKey.Part(column, text));
        }
        return new RowKey(parts);
    }

    /** What a row of VALUES gives a column; null if the statement does not set the column. */
    static @Nullable Value assignedValue(
            Write write, int valueRow, List<Value> parameters, Table table, String column) {
        List<Target> targets = write.targets();
        for (int i = 0; i < targets.size(); i++) {
            if (column(targets.get(i), i, table).equals(column)) {
                List<Source> sources = targets.get(i).sources();
                return valueRow < sources.size() ? value(sources.get(valueRow), parameters) : null;
            }
        }
        return null;
    }

    /** Every key that the WHERE clause admits, in its order; null where it does not fix all key columns. */
    static @Nullable Set<RowKey> admitted(Write write, List<Value> parameters, Table table) {
        List<List<RowKey.Part>> keys = List.of(List.of());
        for (String column : table.keyColumns()) {
            Condition condition = conditionOn(column, write, table);
            if (condition == null || (long) keys.size() * condition.sources().size() > MOST) {
                return null;
            }
            List<List<RowKey.Part>> longer = new ArrayList<>();
            for (List<RowKey.Part> key : keys) {
                for (Source source : condition.sources()) {
                    Value value = value(source, parameters);
                    String text = table.typeOf(column).keyText(value);
                    if (text != null) {
                        List<RowKey.Part> extended = new ArrayList<>(key);
                        extended.add(new RowKey.Part(column, text));
                        longer.add(extended);
                    } else if (!value.equals(Value.NULL)) {
                        return null; // Masked or cut: some row, but not which. Equality with NULL is no row at all.
                    }
                }
            }
            keys = longer;
        }
        Set<RowKey> found = new LinkedHashSet<>();
        keys.forEach(parts -> found.add(new RowKey(parts)));
        return found;
    }

    private static @Nullable Condition conditionOn(String column, Write write, Table table) {
        for (Condition condition : write.conditions()) {
            if (table.columnNamed(condition.column()).equals(column)) {
                return condition;
            }
        }
        return null;
    }

    /** The keys that the database returned, row by row; null where they lack a key column. */
    static @Nullable List<RowKey> returned(@Nullable KeysEntry keys, Operation operation, Table table) {
        if (keys == null) {
            return null;
        }
        int[] places = new int[table.keyColumns().size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(table.keyColumns().get(i), keys.columns());
            if (places[i] < 0 && operation == Operation.INSERT && isInsertId(table, keys.columns())) {
                places[i] = 0;
            }
            if (places[i] < 0) {
                return null;
            }
        }
        List<RowKey> found = new ArrayList<>(keys.rows().size());
        for (List<Value> row : keys.rows()) {
            List<RowKey.Part> parts = new ArrayList<>(places.length);
            for (int i = 0; i < places.length; i++) {
                String column = table.keyColumns().get(i);
                String text = table.typeOf(column).keyText(row.get(places[i]));
                if (text == null) {
                    return null;
                }
                parts.add(new RowKey.Part(column, text));
            }
            found.add(new RowKey(parts));
        }
        return found;
    }

    /** MariaDB's driver returns the generated number alone, under a name of its own; for an upsert it may be any row's. */
    private static boolean isInsertId(Table table, List<String> columns) {
        return columns.size() == 1
                && (columns.get(0).equalsIgnoreCase("insert_id")
                        || columns.get(0).equalsIgnoreCase("generated_key"))
                && table.keyColumns().equals(List.of(String.valueOf(table.autoIncrement())));
    }

    /** Drivers differ in the case in which they return names. */
    private static int place(String column, List<String> columns) {
        int exact = columns.indexOf(column);
        for (int i = 0; exact < 0 && i < columns.size(); i++) {
            if (columns.get(i).equalsIgnoreCase(column)) {
                exact = i;
            }
        }
        return exact;
    }
}
