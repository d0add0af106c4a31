package dev.afterimage.jdbc.capture;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.table.NamePatterns;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.capture.CaptureMode.Images;
import dev.afterimage.jdbc.outbox.Outbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which tables and columns the configuration wants captured. A statement often leaves the schema out; then a rule that
 * includes or hides is applied if it may be meant, and one that excludes only if it is meant for certain.
 */
final class AuditRules {

    private final NamePatterns include;
    private final NamePatterns exclude;
    private final NamePatterns columnsExcluded;
    private final NamePatterns columnsMasked;
    private final TableModes keys;
    private final TableModes images;
    private final TableModes durabilities;
    private final Predicate<String> own;

    AuditRules(AuditConfiguration configuration) {
        include = new NamePatterns(configuration.patterns(Setting.TABLES_INCLUDE), 1);
        exclude = new NamePatterns(configuration.patterns(Setting.TABLES_EXCLUDE), 1);
        columnsExcluded = new NamePatterns(configuration.patterns(Setting.COLUMNS_EXCLUDE), 2);
        columnsMasked = new NamePatterns(configuration.patterns(Setting.COLUMNS_MASK), 2);
        keys = TableModes.of(configuration, Setting.CAPTURE_KEYS, Setting.CAPTURE_KEYS_OF);
        images = TableModes.of(configuration, Setting.CAPTURE_IMAGES, Setting.CAPTURE_IMAGES_OF);
        durabilities = TableModes.of(configuration, Setting.DURABILITY, Setting.DURABILITY_OF);
        own = name -> Outbox.owns(name, configuration);
    }

    boolean audits(TableName table) {
        return include.mayMatch(table, null) && !exclude.matches(table, null) && !own.test(table.name());
    }

    boolean excludes(TableName table, String column) {
        return columnsExcluded.mayMatch(table, column);
    }

    boolean masks(TableName table, String column) {
        return columnsMasked.mayMatch(table, column);
    }

    /** Which columns of a table no rule allows to be shown. */
    Predicate<String> hiddenIn(TableName table) {
        return column -> excludes(table, column) || masks(table, column);
    }

    /** What may be asked of the statements on a table. */
    CaptureMode mode(TableName table) {
        boolean asksForKeys = keys.of(table).equals("auto");
        return new CaptureMode(asksForKeys, Images.valueOf(images.of(table).toUpperCase(Locale.ROOT)));
    }

    /** What the changes of a table shall survive. */
    Durability durability(TableName table) {
        return Durability.valueOf(durabilities.of(table).toUpperCase(Locale.ROOT));
    }

    /** What changes of tables that are not known shall survive. */
    Durability durability() {
        return Durability.valueOf(durabilities.all().toUpperCase(Locale.ROOT));
    }

    /** Whether a rule hides a column of that name in any table. */
    boolean hidesColumn(String column) {
        return !hidesNothing() && (columnsExcluded.mayMatchColumn(column) || columnsMasked.mayMatchColumn(column));
    }

    /** Whether values of unnamed columns may be shown: not if any rule might hide one of them. */
    boolean hidesNothing() {
        return columnsExcluded.isEmpty() && columnsMasked.isEmpty();
    }

    /** One setting for all tables, and others for some of them: the longest pattern decides. */
    private record TableModes(String all, List<Map.Entry<NamePatterns, String>> some) {

        static TableModes of(AuditConfiguration configuration, Setting all, Setting some) {
            Map<String, String> given = configuration.under(some);
            List<Map.Entry<NamePatterns, String>> modes = new ArrayList<>(given.size());
            for (String pattern : longestFirst(given.keySet())) {
                modes.add(Map.entry(new NamePatterns(List.of(pattern), 1), given.get(pattern)));
            }
            return new TableModes(configuration.text(all), modes);
        }

        private static List<String> longestFirst(Set<String> patterns) {
            List<String> sorted = new ArrayList<>(patterns);
            if (sorted.size() > 1) {
                sorted.sort(Comparator.comparingInt(pattern -> -pattern.length()));
            }
            return sorted;
        }

        String of(TableName table) {
            for (Map.Entry<NamePatterns, String> mode : some) {
                if (mode.getKey().mayMatch(table, null)) {
                    return mode.getValue();
                }
            }
            return all;
        }
    }
}
