package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.StatementDescriptor.Condition;
import dev.afterimage.core.codec.StatementDescriptor.Source;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
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

    /**
     * Every key that the WHERE clause admits, in its order; null where it does not fix all key columns, or admits more
     * than there may be.
     */
    static @Nullable Set<RowKey> admitted(Write write, List<Value> parameters, Table table, int most) {
        List<List<RowKey.Part>> keys = List.of(List.of());
        for (String column : table.keyColumns()) {
            Condition condition = conditionOn(column, write, table);
            if (condition == null || (long) keys.size() * condition.sources().size() > most) {
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
}
