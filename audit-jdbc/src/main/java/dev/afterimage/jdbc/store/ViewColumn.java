package dev.afterimage.jdbc.store;

import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of the source table within a view: how its text is made a value of its type again. What the history holds may
 * be of an earlier type of the column; a text that is none of the present type is shown as not known, never as an error.
 *
 * <p>Types have no length and no precision: a cast to one would cut or round what was true before it was made smaller.
 *
 * @param name as the source spells it
 * @param kind of its values; {@link ColumnType.Kind#OTHER} is shown as text unless the store has the type too
 * @param type what the store calls it
 * @param checked whether the store itself can tell if a text is of the type
 */
record ViewColumn(String name, ColumnType.Kind kind, String type, boolean checked) {

    /**
     * Chooses the type.
     *
     * @param own the store's type of the same name, which it can check texts for; null where there is none
     */
    static ViewColumn of(Column column, Dialect dialect, @Nullable String own) {
        ColumnType type = column.type();
        String standard = standard(type, dialect);
        boolean text = type.kind() == ColumnType.Kind.TEXT || type.kind() == ColumnType.Kind.CHAR;
        return own == null || text
                ? new ViewColumn(column.name(), type.kind(), own == null ? standard : own, false)
                : new ViewColumn(column.name(), type.kind(), own, true);
    }

    private static String standard(ColumnType type, Dialect dialect) {
        boolean mariaDb = dialect == Dialect.MARIADB;
        return switch (type.kind()) {
            case INTEGER ->
                type.name().toLowerCase(Locale.ROOT).contains("unsigned")
                        ? decimal(0, dialect)
                        : mariaDb ? "SIGNED" : "bigint";
            case DECIMAL -> decimal(type.scale(), dialect);
            case FLOAT -> mariaDb ? "FLOAT" : "real";
            case DOUBLE -> mariaDb ? "DOUBLE" : "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> mariaDb ? "TIME(6)" : "time" + digits(dialect);
            case TIMESTAMP -> mariaDb ? "DATETIME(6)" : "timestamp" + digits(dialect);
            case TIMESTAMP_WITH_ZONE -> mariaDb ? "DATETIME(6)" : "timestamp" + digits(dialect) + " with time zone";
            case UUID -> "uuid";
            case BYTES -> dialect == Dialect.H2 ? dialect.text : "bytea";
            case TEXT, CHAR, OTHER -> dialect.text;
        };
    }

    private static String decimal(int scale, Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> "numeric";
            case H2 -> "decfloat";
            case MARIADB -> "DECIMAL(65," + (scale < 0 ? 30 : Math.min(scale, 30)) + ")";
        };
    }

    private static String digits(Dialect dialect) {
        return dialect == Dialect.H2 ? "(9)" : "";
    }

    /** The condition under which a text is of the type; null where every text is. */
    @Nullable
    String fits(String text, Dialect dialect) {
        if (checked && kind != ColumnType.Kind.BYTES) {
            return "pg_input_is_valid(" + text + ", '" + type.replace("'", "''") + "')";
        }
        String pattern = switch (kind) {
            case INTEGER -> "^-?[0-9]{1,20}$";
            case DECIMAL -> "^-?[0-9]+([.][0-9]+)?$";
            case FLOAT, DOUBLE -> "^-?[0-9]+([.][0-9]+)?(E-?[0-9]+)?$";
            case BOOLEAN -> "^(true|false)$";
            case DATE -> "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
            case TIME -> "^[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?$";
            case TIMESTAMP -> "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+$";
            case TIMESTAMP_WITH_ZONE -> "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$";
            case BYTES -> "^([0-9a-f]{2})*$";
            case UUID -> "^[0-9a-f-]{36}$";
            case TEXT, CHAR, OTHER -> null;
        };
        return pattern == null
                ? null
                : switch (dialect) {
                    case POSTGRESQL -> text + " ~ '" + pattern + "'";
                    case H2 -> "REGEXP_LIKE(" + text + ", '" + pattern + "')";
                    case MARIADB -> text + " REGEXP '" + pattern + "'";
                };
    }

    /** The value that a text is, where it is of the type. */
    String value(String text, Dialect dialect) {
        boolean mariaDb = dialect == Dialect.MARIADB;
        return switch (kind) {
            case TEXT, CHAR -> dialect == Dialect.POSTGRESQL ? cast(text) : text;
            case OTHER -> checked ? cast(text) : text;
            case BYTES ->
                switch (dialect) {
                    case POSTGRESQL -> "decode(" + text + ", 'hex')";
                    // Nothing in H2 makes bytes of hexadecimal digits.
                    case H2 -> text;
                    case MARIADB -> "UNHEX(" + text + ")";
                };
            case BOOLEAN -> mariaDb ? "(" + text + " = 'true')" : cast(text);
            case TIMESTAMP, TIMESTAMP_WITH_ZONE ->
                mariaDb ? cast("REPLACE(REPLACE(" + text + ", 'T', ' '), 'Z', '')") : cast(text);
            case INTEGER, DECIMAL, FLOAT, DOUBLE, DATE, TIME, UUID -> cast(text);
        };
    }

    private String cast(String text) {
        return "CAST(" + text + " AS " + type + ")";
    }
}
