package dev.afterimage.core.table;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which columns must not show in the trail. A rule is {@code table.column} or {@code schema.table.column}, {@code *} for
 * any characters, upper and lower case alike. Immutable.
 */
public final class ColumnRules {

    /** Hides nothing. */
    public static final ColumnRules NONE = new ColumnRules(List.of(), List.of());

    private final List<Pattern> hidden;

    /**
     * Makes rules of patterns, as configured by {@code audit.columns.exclude} and {@code audit.columns.mask}. In an image
     * both mean the same: the column is not there.
     */
    public ColumnRules(List<String> exclude, List<String> mask) {
        hidden = Stream.concat(exclude.stream(), mask.stream())
                .map(ColumnRules::compile)
                .toList();
    }

    private static Pattern compile(String rule) {
        StringBuilder regex = new StringBuilder();
        for (String literal : rule.strip().toLowerCase(Locale.ROOT).split("\\*", -1)) {
            if (!regex.isEmpty()) {
                regex.append(".*");
            }
            regex.append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Whether a column of a table is hidden. */
    public boolean hides(TableName table, String column) {
        if (hidden.isEmpty()) {
            return false;
        }
        String brief = (table.name() + "." + column).toLowerCase(Locale.ROOT);
        String owner = table.schema() == null ? table.catalog() : table.schema();
        String full = owner == null ? brief : owner.toLowerCase(Locale.ROOT) + "." + brief;
        return hidden.stream()
                .anyMatch(rule ->
                        rule.matcher(brief).matches() || rule.matcher(full).matches());
    }

    /** The table without its hidden columns; the key columns stay named. */
    public Table visible(Table table) {
        List<Column> shown = table.columns().stream()
                .filter(column -> !hides(table.name(), column.name()))
                .toList();
        return shown.size() == table.columns().size() ? table : new Table(table.name(), shown, table.keyColumns());
    }
}
