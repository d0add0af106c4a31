package dev.afterimage.jdbc.sql;

import java.util.Locale;

/** A family of SQL lexical rules and name folding. Immutable. */
public enum SqlDialect {
    /** PostgreSQL and databases that speak its grammar: names fold to lower case. */
    POSTGRESQL,
    /** MySQL and MariaDB in their default SQL mode: names are kept as written, {@code "x"} is a string. */
    MYSQL,
    /** H2 in its regular mode: names fold to upper case. */
    H2,
    /** Oracle Database: names fold to upper case. */
    ORACLE,
    /** Microsoft SQL Server: names are kept as written, {@code [x]} is a name. */
    TSQL,
    /** Anything else: standard SQL, names fold to upper case. */
    ANSI;

    /**
     * The dialect of a database.
     *
     * @param databaseProductName what {@code DatabaseMetaData.getDatabaseProductName()} answers
     * @return the dialect, {@link #ANSI} when the product is not known
     */
    public static SqlDialect ofProductName(String databaseProductName) {
        String name = databaseProductName.toLowerCase(Locale.ROOT);
        if (name.contains("postgres") || name.contains("enterprisedb")) {
            return POSTGRESQL;
        }
        if (name.contains("mysql") || name.contains("mariadb")) {
            return MYSQL;
        }
        if (name.equals("h2")) {
            return H2;
        }
        if (name.startsWith("oracle")) {
            return ORACLE;
        }
        return name.contains("sql server") ? TSQL : ANSI;
    }

    boolean nestsComments() {
        return this == POSTGRESQL || this == H2 || this == TSQL;
    }

    boolean backslashEscapes() {
        return this == MYSQL;
    }

    boolean dollarQuotes() {
        return this == POSTGRESQL || this == H2;
    }

    boolean bracketNames() {
        return this == TSQL;
    }

    boolean backtickNames() {
        return this == MYSQL || this == H2;
    }

    /** Whether statements may follow each other with no semicolon between them. */
    boolean optionalSemicolons() {
        return this == TSQL;
    }

    /** Whether several tables may be the target of one UPDATE or DELETE. */
    boolean multiTableWrites() {
        return this == MYSQL;
    }

    /** The name that the database stores for an unquoted name. */
    String fold(String unquoted) {
        return switch (this) {
            case POSTGRESQL -> unquoted.toLowerCase(Locale.ROOT);
            case H2, ORACLE, ANSI -> unquoted.toUpperCase(Locale.ROOT);
            case MYSQL, TSQL -> unquoted;
        };
    }
}
