package dev.afterimage.jdbc.undo;

import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is now on production.
 *
 * @param table names, types and key
 * @param generated columns that the database computes and that nobody can set
 * @param optional columns that a new row need not give: nullable, with a default or a number of the database's
 * @param numbered whether a column gets a number of the database's
 * @param uniques columns of each unique index, the primary key's too
 * @param parents foreign keys of this table
 * @param children foreign keys of others, or its own, that refer to this table
 * @param names how names are written
 */
record TableShape(
        Table table,
        Set<String> generated,
        Set<String> optional,
        boolean numbered,
        List<List<String>> uniques,
        List<ForeignKey> parents,
        List<ForeignKey> children,
        Names names) {

    /** How names are written in this database. */
    record Names(String quote) {
        String quoted(String name) {
            return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
        }

        String quoted(TableName name) {
            StringBuilder full = new StringBuilder();
            if (name.catalog() != null) {
                full.append(quoted(name.catalog())).append('.');
            }
            if (name.schema() != null) {
                full.append(quoted(name.schema())).append('.');
            }
            return full.append(quoted(name.name())).toString();
        }
    }

    TableName name() {
        return table.name();
    }

    ColumnType type(String column) {
        return table.typeOf(column);
    }

    boolean has(String column) {
        return table.columns().stream().anyMatch(one -> one.name().equals(column));
    }

    /** Columns that a statement may set. */
    List<String> settable() {
        return table.columns().stream()
                .map(Column::name)
                .filter(name -> !generated.contains(name))
                .toList();
    }

    boolean isKeyedBy(RowKey key) {
        return key.columns().stream().map(RowKey.Part::column).toList().equals(table.keyColumns());
    }

    /** The values of some columns, as far as the map has them all and none is NULL; else null. */
    static @Nullable List<String> values(List<String> columns, Map<String, @Nullable String> of) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
            String value = of.get(column);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }
}
