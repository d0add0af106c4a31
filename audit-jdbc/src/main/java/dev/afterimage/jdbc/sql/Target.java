package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/**
 * A table that a statement names, with its alias.
 *
 * @param name null when what is named is no table: a subquery, a function
 * @param alias folded, null when there is none
 */
record Target(@Nullable TableName name, @Nullable String alias) {
    static final Target UNKNOWN = new Target(null, null);

    /** Whose column a qualified column is, seen from this table. */
    KeyConjunct.Owner owns(
            @Nullable String schema, @Nullable String qualifier, boolean otherTables, SqlDialect dialect) {
        if (qualifier == null) {
            return otherTables ? KeyConjunct.Owner.UNCERTAIN : KeyConjunct.Owner.TARGET;
        }
        return isNamed(schema, qualifier, dialect) ? KeyConjunct.Owner.TARGET : KeyConjunct.Owner.OTHER;
    }

    /** Whether {@code schema.qualifier} names this table: its alias, or its name when it has no alias. */
    boolean isNamed(@Nullable String schema, String qualifier, SqlDialect dialect) {
        if (alias != null) {
            return schema == null && same(alias, qualifier, dialect);
        }
        if (name == null || !same(name.table(), qualifier, dialect)) {
            return false;
        }
        return schema == null || name.schema() == null || same(name.schema(), schema, dialect);
    }

    private static boolean same(String a, String b, SqlDialect dialect) {
        boolean caseless = dialect == SqlDialect.MYSQL || dialect == SqlDialect.TSQL;
        return caseless ? a.equalsIgnoreCase(b) : a.equals(b);
    }
}
