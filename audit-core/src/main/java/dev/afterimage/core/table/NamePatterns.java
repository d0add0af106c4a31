package dev.afterimage.core.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list of name patterns: {@code table}, {@code schema.table}; or {@code column}, {@code table.column}, {@code schema.table.column}; {@code *}
 * stands for any characters, upper and lower case are alike. Immutable.
 */
public final class NamePatterns {

    private final List<Rule> rules;

    /** One pattern: as it stands; without the schema, for names of which that is not known; and its last part alone. */
    private record Rule(Pattern whole, @Nullable Pattern withoutOwner, Pattern lastPart) {
        boolean matchesWithoutOwner(String brief) {
            return withoutOwner != null && withoutOwner.matcher(brief).matches();
        }

        boolean matches(String brief, @Nullable String owner) {
            return whole.matcher(brief).matches()
                    || (owner != null
                            && whole.matcher(owner.toLowerCase(Locale.ROOT) + "." + brief)
                                    .matches());
        }
    }

    /**
     * Compiles patterns.
     *
     * @param parts how many parts a pattern has without the schema: 1 for tables, 2 for columns
     */
    public NamePatterns(List<String> patterns, int parts) {
        List<Rule> rules = new ArrayList<>(patterns.size());
        for (String pattern : patterns) {
            rules.add(rule(pattern, parts));
        }
        this.rules = List.copyOf(rules);
    }

    private static Rule rule(String given, int parts) {
        // A column alone means that column of every table: a rule that silently matched nothing would leak a secret.
        String pattern = parts == 2 && given.indexOf('.') < 0 ? "*." + given : given;
        String[] names = pattern.split("\\.", -1);
        boolean withOwner = names.length > parts;
        return new Rule(
                compile(pattern),
                withOwner ? compile(pattern.substring(pattern.indexOf('.') + 1)) : null,
                compile(names[names.length - 1]));
    }

    private static Pattern compile(String pattern) {
        StringBuilder regex = new StringBuilder();
        int from = 0;
        String text = pattern.strip().toLowerCase(Locale.ROOT);
        for (int star = text.indexOf('*'); star >= 0; star = text.indexOf('*', from)) {
            regex.append(Pattern.quote(text.substring(from, star))).append(".*");
            from = star + 1;
        }
        return Pattern.compile(regex.append(Pattern.quote(text.substring(from))).toString(), Pattern.DOTALL);
    }

    /** Whether there is no pattern, so that nothing matches. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Whether a pattern names the table, or may name it: a table whose schema is not known matches a pattern with any.
     *
     * @param column a column of the table for patterns that name columns, else null
     */
    public boolean mayMatch(TableName table, @Nullable String column) {
        if (isEmpty()) {
            return false;
        }
        String brief = brief(table, column);
        String owner = owner(table);
        for (Rule rule : rules) {
            if (rule.matches(brief, owner) || (owner == null && rule.matchesWithoutOwner(brief))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pattern may name a column of that name, in whatever table. */
    public boolean mayMatchColumn(String column) {
        if (isEmpty()) {
            return false;
        }
        String name = column.toLowerCase(Locale.ROOT);
        for (Rule rule : rules) {
            if (rule.lastPart().matcher(name).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pattern names the table, or the column of the table, for certain. */
    public boolean matches(TableName table, @Nullable String column) {
        if (isEmpty()) {
            return false;
        }
        String brief = brief(table, column);
        String owner = owner(table);
        for (Rule rule : rules) {
            if (rule.matches(brief, owner)) {
                return true;
            }
        }
        return false;
    }

    private static String brief(TableName table, @Nullable String column) {
        return (column == null ? table.name() : table.name() + "." + column).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String owner(TableName table) {
        return table.schema() == null ? table.catalog() : table.schema();
    }
}
