package dev.afterimage.core.table;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the audit knows of a table's shape.
 *
 * @param name the full name, as the database spells it
 * @param columns all columns in table order
 * @param keyColumns names of the primary-key columns in key order; empty where the table has no primary key
 * @param onlyKey whether no other unique index exists, so that an upsert meets a row by its primary key or not at all
 * @param autoIncrement the column that MariaDB fills where a statement gives no value, NULL or zero; null where there is none
 * @param returnsRows whether statements on the table can be asked to return the rows that they change; not where a rule
 *     puts other statements in their place
 */
public record Table(
        TableName name,
        List<Column> columns,
        List<String> keyColumns,
        boolean onlyKey,
        @Nullable String autoIncrement,
        boolean returnsRows) {

    public Table {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
        keyColumns = List.copyOf(keyColumns);
    }

    /** A table without any other unique index and without a column that counts. */
    public Table(TableName name, List<Column> columns, List<String> keyColumns) {
        this(name, columns, keyColumns, true, null, false);
    }

    /**
     * The column that a statement named: exactly so, else the only one that differs in upper and lower case alone, as
     * MariaDB allows.
     *
     * @return the name as the database spells it; the name as given if the table has no such column
     */
    public String columnNamed(String written) {
        String alike = null;
        for (Column candidate : columns) {
            String name = candidate.name();
            if (name.equals(written)) {
                return name;
            }
            if (name.equalsIgnoreCase(written)) {
                alike = alike == null ? name : "";
            }
        }
        return alike == null || alike.isEmpty() ? written : alike;
    }

    /** The type of a column; {@link ColumnType#UNKNOWN} for a name that the table does not have. */
    public ColumnType typeOf(String column) {
        for (Column candidate : columns) {
            if (candidate.name().equals(column)) {
                return candidate.type();
            }
        }
        return ColumnType.UNKNOWN;
    }
}
