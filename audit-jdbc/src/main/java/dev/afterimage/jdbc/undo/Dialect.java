package dev.afterimage.jdbc.undo;

import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.ColumnType.Kind;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a database compares and takes values that are given as canonical text (see {@link ColumnType}). */
enum Dialect {
    POSTGRESQL,
    H2,
    MARIADB,
    OTHER;

    static Dialect of(String productName) {
        String name = productName.toLowerCase(Locale.ROOT);
        if (name.contains("postgres")) {
            return POSTGRESQL;
        }
        if (name.contains("mariadb") || name.contains("mysql")) {
            return MARIADB;
        }
        return name.equals("h2") ? H2 : OTHER;
    }

    /** Lets a row be put back with the number that an identity column once gave it. */
    String overriding() {
        return this == POSTGRESQL || this == H2 ? " OVERRIDING SYSTEM VALUE" : "";
    }

    /** A condition that a column holds exactly a value, with one place for it; collations do not make values equal. */
    String same(String column, ColumnType type) {
        return switch (this) {
            case POSTGRESQL ->
                // Types without equality (json, xml) have a text too.
                (isText(type) ? "CAST(" + column + " AS text)" : column) + " IS NOT DISTINCT FROM ?";
            case H2 ->
                switch (type.kind()) {
                    case CHAR -> "TRIM(TRAILING FROM " + column + ") IS NOT DISTINCT FROM ?";
                    case TEXT, OTHER -> "CAST(" + column + " AS CHARACTER VARYING) IS NOT DISTINCT FROM ?";
                    default -> column + " IS NOT DISTINCT FROM ?";
                };
            case MARIADB ->
                switch (type.kind()) {
                    case CHAR -> "CONVERT(" + column + " USING utf8mb4) COLLATE utf8mb4_bin <=> ?";
                    case TEXT, OTHER -> "CONVERT(" + column + " USING utf8mb4) COLLATE utf8mb4_nopad_bin <=> ?";
                    case FLOAT -> "CAST(" + column + " AS CHAR) <=> CAST(CAST(? AS FLOAT) AS CHAR)";
                    default -> column + " <=> ?";
                };
            case OTHER -> column + " IS NOT DISTINCT FROM ?";
        };
    }

    private static boolean isText(ColumnType type) {
        return switch (type.kind()) {
            case TEXT, CHAR, OTHER -> true;
            default -> false;
        };
    }

    /** A place for a value that a column is set to. */
    String place(ColumnType type) {
        return this == H2 && type.name().equalsIgnoreCase("json") ? "? FORMAT JSON" : "?";
    }

    /** Binds a value as its column's type. */
    void bind(PreparedStatement statement, int index, ColumnType type, @Nullable String text) throws SQLException {
        if (text == null) {
            statement.setNull(index, nullType(type));
        } else if (type.kind() == Kind.BYTES) {
            statement.setBytes(index, bytes(text));
        } else if (this == POSTGRESQL) {
            // Sent without a type, so that the database reads it as the column's.
            statement.setObject(index, text, Types.OTHER);
        } else {
            statement.setObject(index, typed(type, text));
        }
    }

    private static byte[] bytes(String hex) throws SQLException {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new SQLException("The value for a binary column is not hexadecimal", "22000", e);
        }
    }

    private int nullType(ColumnType type) {
        if (type.kind() == Kind.BYTES) {
            return Types.BINARY;
        }
        return this == POSTGRESQL ? Types.OTHER : Types.NULL;
    }

    private Object typed(ColumnType type, String text) {
        try {
            return switch (type.kind()) {
                case INTEGER, DECIMAL -> new BigDecimal(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BOOLEAN -> Boolean.valueOf(text);
                case DATE -> LocalDate.parse(text);
                case TIME -> LocalTime.parse(text);
                case TIMESTAMP -> LocalDateTime.parse(text);
                case TIMESTAMP_WITH_ZONE -> OffsetDateTime.parse(text);
                case UUID -> this == H2 ? UUID.fromString(text) : text;
                case TEXT, CHAR, BYTES, OTHER -> text;
            };
        } catch (IllegalArgumentException | DateTimeException notOfThisType) {
            // The column was of another type then; the database says whether it takes the text.
            return text;
        }
    }
}
