package dev.afterimage.jdbc.replica;

import dev.afterimage.core.table.ColumnType;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads columns as canonical text, and binds canonical text as keys. See {@link ColumnType}. */
final class ColumnReader {

    private ColumnReader() {}

    /** The canonical text of a column of the current row; null for SQL NULL. */
    static @Nullable String read(ResultSet row, int index, ColumnType type) throws SQLException {
        return switch (type.kind()) {
            case INTEGER, TEXT, OTHER -> row.getString(index);
            case DECIMAL -> decimal(row.getString(index));
            case FLOAT -> {
                float number = row.getFloat(index);
                yield row.wasNull() ? null : Float.toString(number);
            }
            case DOUBLE -> {
                double number = row.getDouble(index);
                yield row.wasNull() ? null : Double.toString(number);
            }
            case BOOLEAN -> {
                boolean truth = row.getBoolean(index);
                yield row.wasNull() ? null : Boolean.toString(truth);
            }
            case CHAR -> {
                String text = row.getString(index);
                yield text == null ? null : text.stripTrailing();
            }
            case UUID -> {
                Object uuid = row.getObject(index);
                yield uuid == null ? null : uuid.toString();
            }
            case BYTES -> {
                byte[] bytes = row.getBytes(index);
                yield bytes == null ? null : HexFormat.of().formatHex(bytes);
            }
            case DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_ZONE -> moment(row, index, type);
        };
    }

    private static @Nullable String decimal(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return new BigDecimal(text).toPlainString();
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }

    private static @Nullable String moment(ResultSet row, int index, ColumnType type) throws SQLException {
        return switch (type.kind()) {
            case DATE -> {
                LocalDate date = row.getObject(index, LocalDate.class);
                yield date == null ? null : isEndless(date) ? row.getString(index) : date.toString();
            }
            case TIME -> {
                LocalTime time = row.getObject(index, LocalTime.class);
                yield time == null ? null : type.text(time);
            }
            case TIMESTAMP -> {
                LocalDateTime local = row.getObject(index, LocalDateTime.class);
                yield local == null ? null : isEndless(local.toLocalDate()) ? row.getString(index) : type.text(local);
            }
            default -> {
                OffsetDateTime zoned = row.getObject(index, OffsetDateTime.class);
                yield zoned == null ? null : isEndless(zoned.toLocalDate()) ? row.getString(index) : type.text(zoned);
            }
        };
    }

    /** PostgreSQL's infinity, which its driver renders as the last or first date that Java has. */
    private static boolean isEndless(LocalDate date) {
        return date.getYear() >= LocalDate.MAX.getYear() || date.getYear() <= LocalDate.MIN.getYear();
    }

    /** Binds the canonical text of a key column for a comparison with it. */
    static void bind(PreparedStatement statement, int index, ColumnType type, String text, Product product)
            throws SQLException {
        if (type.kind() == ColumnType.Kind.BYTES) {
            statement.setBytes(index, bytes(text));
        } else if (product == Product.POSTGRESQL) {
            // Sent without a type, so that the database reads it as the column's.
            statement.setObject(index, text, Types.OTHER);
        } else {
            statement.setString(index, text);
        }
    }

    private static byte[] bytes(String hex) throws SQLException {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new SQLException("A key of a binary column is not hexadecimal", "22000", e);
        }
    }
}
