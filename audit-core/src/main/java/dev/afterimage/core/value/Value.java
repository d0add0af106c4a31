package dev.afterimage.core.value;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One captured value with its type. Immutable, provided that nobody writes to a {@code byte[]} content.
 *
 * @param type what the value is
 * @param content the value as the Java type that {@link ValueType} names; null for the types without content
 */
public record Value(ValueType type, @Nullable Object content) {

    /** A number with more digits than any database keeps is written with an exponent: its digits would fill memory. */
    private static final int MOST_DIGITS = 200_000;

    public static final Value NULL = new Value(ValueType.NULL, null);
    public static final Value MASKED = new Value(ValueType.MASKED, null);
    public static final Value DEFAULT = new Value(ValueType.DEFAULT, null);

    public Value {
        Objects.requireNonNull(type, "type");
        if ((content == null) != isWithoutContent(type)) {
            throw new IllegalArgumentException("type=" + type + " content=" + (content == null ? "null" : "present"));
        }
    }

    private static boolean isWithoutContent(ValueType type) {
        return type == ValueType.NULL || type == ValueType.MASKED || type == ValueType.DEFAULT;
    }

    /** A whole number. */
    public static Value of(long number) {
        return new Value(ValueType.INTEGER, number);
    }

    /** A text. */
    public static Value of(String text) {
        return new Value(ValueType.STRING, text);
    }

    /** A decimal number, its scale kept. */
    public static Value of(BigDecimal number) {
        return new Value(ValueType.DECIMAL, number);
    }

    /** Whether the value that the database was given is known in full: not masked, computed, defaulted or cut. */
    public boolean isKnown() {
        return switch (type) {
            case MASKED, DEFAULT, EXPRESSION, DIGEST -> false;
            default -> true;
        };
    }

    /** The value as plain text, binary as hexadecimal digits; null for NULL and for the types without content. */
    public @Nullable String text() {
        Object known = content;
        if (known == null) {
            return null;
        }
        return switch (type) {
            case DECIMAL -> plain((BigDecimal) known);
            case BYTES -> HexFormat.of().formatHex((byte[]) known);
            default -> known.toString();
        };
    }

    private static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) > MOST_DIGITS ? number.toString() : number.toPlainString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Value that && type == that.type && Objects.deepEquals(content, that.content);
    }

    @Override
    public int hashCode() {
        int hash = content instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(content);
        return 31 * type.hashCode() + hash;
    }

    /** The type only: a value may be a secret and must not reach a log by accident. */
    @Override
    public String toString() {
        return "Value[" + type + "]";
    }
}
