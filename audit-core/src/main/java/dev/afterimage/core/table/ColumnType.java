package dev.afterimage.core.table;

import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column, as far as the audit needs it: enough to write a value as <i>canonical text</i>. Canonical text is
 * the one form in which the trail compares values and keeps images, the same for every database and for every Java type
 * an application may have bound:
 *
 * <table>
 * <caption>Canonical text</caption>
 * <tr><th>kind</th><th>text</th></tr>
 * <tr><td>INTEGER</td><td>{@code -12}</td></tr>
 * <tr><td>DECIMAL</td><td>{@code 12.50}, rounded to the column's scale half away from zero; never an exponent</td></tr>
 * <tr><td>FLOAT, DOUBLE</td><td>as {@link Float#toString(float)} and {@link Double#toString(double)}</td></tr>
 * <tr><td>BOOLEAN</td><td>{@code true}, {@code false}</td></tr>
 * <tr><td>TEXT</td><td>the text</td></tr>
 * <tr><td>CHAR</td><td>the text without trailing blanks</td></tr>
 * <tr><td>DATE, TIME, TIMESTAMP</td><td>ISO 8601 without a zone, fractions without trailing zeros</td></tr>
 * <tr><td>TIMESTAMP_WITH_ZONE</td><td>ISO 8601 in UTC, with {@code Z}</td></tr>
 * <tr><td>BYTES</td><td>lower-case hexadecimal digits</td></tr>
 * <tr><td>UUID</td><td>lower case with hyphens</td></tr>
 * <tr><td>OTHER</td><td>the database's own text form</td></tr>
 * </table>
 *
 * @param kind what values of the column are
 * @param name the database's name of the type, for people
 * @param scale digits after the point of a DECIMAL or of the seconds; -1 where the type does not limit them
 */
public record ColumnType(Kind kind, String name, int scale) {

    /** Families of types that share a canonical text. */
    public enum Kind {
        INTEGER,
        DECIMAL,
        FLOAT,
        DOUBLE,
        BOOLEAN,
        TEXT,
        CHAR,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMP_WITH_ZONE,
        BYTES,
        UUID,
        OTHER
    }

    /** More digits than any database keeps in a number: a text such as {@code 1e999999999} would fill memory. */
    private static final int MOST_DIGITS = 200_000;

    private static final long MICROSECOND = 1_000;

    /** The type of a column of which nothing is known. */
    public static final ColumnType UNKNOWN = new ColumnType(Kind.OTHER, "unknown", -1);

    public ColumnType {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /**
     * The text that a column of this type holds after being set to a value, if that can be told without the database.
     *
     * @return canonical text; null where it cannot be told, or where the value is SQL NULL (ask the value)
     */
    public @Nullable String canonical(Value value) {
        Object content = value.content();
        if (content == null || !value.isKnown()) {
            return null;
        }
        try {
            return switch (kind) {
                case INTEGER -> integer(content);
                case DECIMAL -> decimal(content);
                case FLOAT -> number(content, Float.class);
                case DOUBLE -> number(content, Double.class);
                case BOOLEAN -> bool(content);
                case TEXT -> value.type() == ValueType.STRING ? (String) content : null;
                case CHAR -> value.type() == ValueType.STRING ? withoutTrailingBlanks((String) content) : null;
                case DATE -> date(content);
                case TIME -> time(content);
                case TIMESTAMP -> timestamp(content);
                case TIMESTAMP_WITH_ZONE -> instant(content);
                case BYTES -> value.type() == ValueType.BYTES ? value.text() : null;
                case UUID -> uuid(content);
                case OTHER -> null;
            };
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException notOfThisType) {
            // The database may accept a text that we do not (a date in its own style): then only it can tell.
            return null;
        }
    }

    /**
     * The text that identifies a key value: canonical where that can be told. A type of which the audit knows no
     * canonical form takes the value's own plain text, so that a table with an unusual key type still has stable keys.
     * A number, date or the like that cannot be told has no such text: it could name a row that does not exist.
     *
     * @return the text, or null if the value is NULL, not known, or not one that the type is known to hold
     */
    public @Nullable String keyText(Value value) {
        if (!value.isKnown()) {
            return null;
        }
        String canonical = canonical(value);
        boolean ownText = kind == Kind.OTHER || kind == Kind.TEXT || kind == Kind.CHAR;
        return canonical == null && ownText ? value.text() : canonical;
    }

    private static String withoutTrailingBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static @Nullable String integer(Object content) {
        if (content instanceof Long number) {
            return number.toString();
        }
        BigDecimal exact = exact(content);
        return exact == null ? null : exact.setScale(0, RoundingMode.HALF_UP).toPlainString();
    }

    private @Nullable String decimal(Object content) {
        BigDecimal exact = exact(content);
        if (exact == null) {
            return null;
        }
        return (scale < 0 ? exact : exact.setScale(scale, RoundingMode.HALF_UP)).toPlainString();
    }

    /** An exact number of a size that a database may hold; null if the content is none. */
    private static @Nullable BigDecimal exact(Object content) {
        if (content instanceof Long || content instanceof String || content instanceof BigDecimal) {
            BigDecimal number = content instanceof BigDecimal decimal
                    ? decimal
                    : new BigDecimal(content.toString().strip());
            return Math.abs((long) number.scale()) > MOST_DIGITS ? null : number;
        }
        return null;
    }

    private static @Nullable String number(Object content, Class<?> target) {
        if (!(content instanceof Number) && !(content instanceof String)) {
            return null;
        }
        String text = content.toString().strip();
        if (content instanceof Float number && target == Double.class) {
            // Some drivers send the digits, some the bits: known only where both are the same number.
            return Double.parseDouble(text) == number.doubleValue() ? Double.toString(number.doubleValue()) : null;
        }
        return target == Float.class
                ? Float.toString(Float.parseFloat(text))
                : Double.toString(Double.parseDouble(text));
    }

    private static @Nullable String bool(Object content) {
        return switch (content.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> "true";
            case "false", "f", "0" -> "false";
            default -> null;
        };
    }

    private static @Nullable String date(Object content) {
        if (content instanceof LocalDateTime dateTime) {
            return dateTime.toLocalDate().toString();
        }
        return content instanceof LocalDate || content instanceof String
                ? LocalDate.parse(content.toString()).toString()
                : null;
    }

    private @Nullable String time(Object content) {
        return content instanceof LocalTime || content instanceof String
                ? text(certain(LocalTime.parse(content.toString())))
                : null;
    }

    private @Nullable String timestamp(Object content) {
        if (content instanceof OffsetDateTime zoned) {
            return text(certain(zoned.toLocalDateTime()));
        }
        if (content instanceof LocalDateTime local) {
            return text(certain(local));
        }
        return content instanceof String string ? text(certain(LocalDateTime.parse(string.replace(' ', 'T')))) : null;
    }

    private @Nullable String instant(Object content) {
        if (content instanceof String string) {
            return text(certain(OffsetDateTime.parse(string.replace(' ', 'T'))));
        }
        // A local date and time depends on the session's time zone, which only the database knows.
        return content instanceof OffsetDateTime zoned ? text(certain(zoned)) : null;
    }

    private static @Nullable String uuid(Object content) {
        if (content instanceof UUID) {
            return content.toString();
        }
        return content instanceof String string && string.length() == 36
                ? UUID.fromString(string).toString()
                : null;
    }

    /** Canonical text of a time of day, rounded to the column's precision. */
    public String text(LocalTime time) {
        LocalTime rounded = LocalTime.ofNanoOfDay(Math.min(round(time.toNanoOfDay()), LocalTime.MAX.toNanoOfDay()));
        return withoutTrailingZeros(rounded.toString(), rounded.getSecond() == 0 && rounded.getNano() == 0);
    }

    /** Canonical text of a date and time, rounded to the column's precision. */
    public String text(LocalDateTime dateTime) {
        LocalDateTime midnight = dateTime.truncatedTo(ChronoUnit.DAYS);
        LocalDateTime rounded = midnight.plusNanos(round(dateTime.toLocalTime().toNanoOfDay()));
        return withoutTrailingZeros(rounded.toString(), rounded.getSecond() == 0 && rounded.getNano() == 0);
    }

    /** Canonical text of a moment, rounded to the column's precision, in UTC. */
    public String text(OffsetDateTime moment) {
        return text(moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "Z";
    }

    private long round(long nanos) {
        return nearest(nanos, unit());
    }

    /**
     * A time that is bound, where it is certain what becomes of it. pgjdbc rounds to microseconds before the database
     * rounds to the column's precision, and PostgreSQL rounds a half away from the year 2000: what is a half by then, may
     * become either.
     *
     * @throws ArithmeticException where it is not certain
     */
    private <T extends Temporal> T certain(T time) {
        long unit = unit();
        if (unit > MICROSECOND && nearest(time.get(ChronoField.NANO_OF_SECOND), MICROSECOND) % unit == unit / 2) {
            throw new ArithmeticException("Half of a unit");
        }
        return time;
    }

    /** The column's precision in nanoseconds. */
    private long unit() {
        long unit = 1;
        for (int digits = scale < 0 ? 9 : scale; digits < 9; digits++) {
            unit *= 10;
        }
        return unit;
    }

    private static long nearest(long nanos, long unit) {
        return (nanos + unit / 2) / unit * unit;
    }

    /** Java leaves out zero seconds and pads fractions to groups of three: one form of each value is wanted. */
    private static String withoutTrailingZeros(String iso, boolean secondsLeftOut) {
        if (secondsLeftOut) {
            return iso + ":00";
        }
        int end = iso.length();
        if (iso.indexOf('.') >= 0) {
            while (iso.charAt(end - 1) == '0') {
                end--;
            }
        }
        return iso.substring(0, end);
    }
}
