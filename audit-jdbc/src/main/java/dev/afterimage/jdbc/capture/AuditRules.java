package dev.afterimage.jdbc.capture;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.table.NamePatterns;
import dev.afterimage.core.table.TableName;

/**
 * Which tables and columns the configuration wants captured. A statement often leaves the schema out; then a rule that
 * includes or hides is applied if it may be meant, and one that excludes only if it is meant for certain.
 */
final class AuditRules {

    private final NamePatterns include;
    private final NamePatterns exclude;
    private final NamePatterns columnsExcluded;
    private final NamePatterns columnsMasked;

    AuditRules(AuditConfiguration configuration) {
        include = new NamePatterns(configuration.patterns(Setting.TABLES_INCLUDE), 1);
        exclude = new NamePatterns(configuration.patterns(Setting.TABLES_EXCLUDE), 1);
        columnsExcluded = new NamePatterns(configuration.patterns(Setting.COLUMNS_EXCLUDE), 2);
        columnsMasked = new NamePatterns(configuration.patterns(Setting.COLUMNS_MASK), 2);
    }

    boolean audits(TableName table) {
        return include.mayMatch(table, null) && !exclude.matches(table, null);
    }

    boolean excludes(TableName table, String column) {
        return columnsExcluded.mayMatch(table, column);
    }

    boolean masks(TableName table, String column) {
        return columnsMasked.mayMatch(table, column);
    }

    /** Whether a rule hides a column of that name in any table. */
    boolean hidesColumn(String column) {
        return !hidesNothing() && (columnsExcluded.mayMatchColumn(column) || columnsMasked.mayMatchColumn(column));
    }

    /** Whether values of unnamed columns may be shown: not if any rule might hide one of them. */
    boolean hidesNothing() {
        return columnsExcluded.isEmpty() && columnsMasked.isEmpty();
    }
}
