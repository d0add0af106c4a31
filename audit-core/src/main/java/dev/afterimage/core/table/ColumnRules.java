package dev.afterimage.core.table;

import java.util.List;
import java.util.stream.Stream;

/** Which columns must not show in the trail, as rules of {@link NamePatterns}. Immutable. */
public final class ColumnRules {

    /** Hides nothing. */
    public static final ColumnRules NONE = new ColumnRules(List.of(), List.of());

    private final NamePatterns hidden;

    /**
     * Makes rules of patterns, as configured by {@code audit.columns.exclude} and {@code audit.columns.mask}. In an image
     * both mean the same: the column is not there.
     */
    public ColumnRules(List<String> exclude, List<String> mask) {
        hidden = new NamePatterns(Stream.concat(exclude.stream(), mask.stream()).toList(), 2);
    }

    /** Whether a column of a table is hidden. */
    public boolean hides(TableName table, String column) {
        return hidden.mayMatch(table, column);
    }

    /** The table without its hidden columns; the key columns stay named. */
    public Table visible(Table table) {
        List<Column> shown = table.columns().stream()
                .filter(column -> !hides(table.name(), column.name()))
                .toList();
        return shown.size() == table.columns().size()
                ? table
                : new Table(
                        table.name(),
                        shown,
                        table.keyColumns(),
                        table.onlyKey(),
                        table.autoIncrement(),
                        table.returnsRows());
    }
}
