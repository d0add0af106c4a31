package dev.afterimage.jdbc.replica;

import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.ColumnType.Kind;
import java.sql.Types;
import java.util.Locale;

/** Reads the type of a column from what a driver says of it. */
final class ColumnTypes {

    private ColumnTypes() {}

    /**
     * The type.
     *
     * @param jdbcType one of {@link Types}
     * @param name the database's name of the type
     * @param size the column size as the driver has it; 0 where the type does not limit it
     * @param digits decimal digits as the driver has them
     */
    static ColumnType of(int jdbcType, String name, int size, int digits) {
        Kind kind = kind(jdbcType, name.toLowerCase(Locale.ROOT));
        return new ColumnType(kind, name, scale(kind, size, digits));
    }

    private static Kind kind(int jdbcType, String name) {
        // Names first: drivers file types that the standard lacks under one that it has.
        return switch (name) {
            case "uuid" -> Kind.UUID;
            case "bool", "boolean" -> Kind.BOOLEAN;
            case "timestamptz", "timestamp with time zone" -> Kind.TIMESTAMP_WITH_ZONE;
            case "timetz", "time with time zone", "money", "year", "interval", "citext" -> Kind.OTHER;
            case "bit", "varbit", "bit varying" -> jdbcType == Types.BOOLEAN ? Kind.BOOLEAN : Kind.OTHER;
            default -> kind(jdbcType);
        };
    }

    private static Kind kind(int jdbcType) {
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.INTEGER;
            case Types.DECIMAL, Types.NUMERIC -> Kind.DECIMAL;
            case Types.REAL -> Kind.FLOAT;
            case Types.DOUBLE, Types.FLOAT -> Kind.DOUBLE;
            case Types.BOOLEAN, Types.BIT -> Kind.BOOLEAN;
            case Types.VARCHAR, Types.LONGVARCHAR, Types.NVARCHAR, Types.LONGNVARCHAR, Types.CLOB, Types.NCLOB ->
                Kind.TEXT;
            case Types.CHAR, Types.NCHAR -> Kind.CHAR;
            case Types.DATE -> Kind.DATE;
            case Types.TIME -> Kind.TIME;
            case Types.TIMESTAMP -> Kind.TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.TIMESTAMP_WITH_ZONE;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BYTES;
            default -> Kind.OTHER;
        };
    }

    private static int scale(Kind kind, int size, int digits) {
        return switch (kind) {
            // An unlimited numeric has neither size nor digits, or more of one than a limited one may have.
            case DECIMAL -> size <= 0 || size >= 100_000 ? -1 : digits;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_ZONE -> Math.min(Math.max(digits, -1), 9);
            case INTEGER -> 0;
            default -> -1;
        };
    }
}
