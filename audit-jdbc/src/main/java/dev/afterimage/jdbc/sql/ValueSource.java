package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/**
 * Where one value of a statement comes from. Immutable; made on demand from the plan, so keep it when it is needed often.
 *
 * @param kind the source
 * @param parameter the ordinal of the JDBC parameter over the whole text, from 1; 0 unless {@code kind} is PARAMETER
 * @param literalKind the form of the literal; NONE unless {@code kind} is LITERAL
 * @param text the literal or expression as written; empty for a parameter or DEFAULT
 * @param literal the literal's value with quotes and escapes undone, for a TYPED one that of the string or number within;
 *     null for NULL, and whenever {@code kind} is not LITERAL
 */
public record ValueSource(
        Kind kind,
        int parameter,
        LiteralKind literalKind,
        String text,
        @Nullable String literal) {

    /** The kinds of source. */
    public enum Kind {
        PARAMETER(0),
        LITERAL(1),
        DEFAULT(2),
        EXPRESSION(3);

        /** Its place in a {@link Cell}: the index among the constants. */
        final int code;

        Kind(int code) {
            this.code = code;
        }
    }
}
