package dev.afterimage.jdbc.capture;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLXML;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Which of the conversions that {@code setObject} takes leave a value as it is. */
final class Conversions {

    private Conversions() {}

    /** Whether a value of that class, sent as that type of {@link Types}, arrives unchanged with every driver. */
    static boolean keeps(Object value, int targetType) {
        return switch (targetType) {
            case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.NVARCHAR, Types.NCHAR, Types.LONGNVARCHAR ->
                value instanceof String || isWhole(value) || value instanceof UUID || value instanceof Reader;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> isWhole(value);
            case Types.NUMERIC, Types.DECIMAL -> isWhole(value) || value instanceof BigDecimal;
            case Types.REAL -> value instanceof Float;
            case Types.DOUBLE, Types.FLOAT -> value instanceof Double;
            case Types.BOOLEAN, Types.BIT -> value instanceof Boolean;
            case Types.DATE -> value instanceof java.sql.Date || value instanceof LocalDate;
            case Types.TIME -> value instanceof java.sql.Time || value instanceof LocalTime;
            case Types.TIMESTAMP -> value instanceof java.sql.Timestamp || value instanceof LocalDateTime;
            case Types.TIMESTAMP_WITH_TIMEZONE -> value instanceof OffsetDateTime;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY ->
                value instanceof byte[] || value instanceof InputStream;
            case Types.BLOB -> value instanceof InputStream || value instanceof Blob;
            case Types.CLOB, Types.NCLOB -> value instanceof Reader || value instanceof Clob;
            case Types.SQLXML -> value instanceof SQLXML;
            case Types.OTHER -> value instanceof String || value instanceof UUID;
            default -> false;
        };
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger;
    }
}
