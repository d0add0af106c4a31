package dev.afterimage.core.value;

/** What a captured value is, and thereby the Java type of {@link Value#content()}. */
public enum ValueType {
    /** SQL NULL; the content is null. */
    NULL,
    /** {@link Boolean}. */
    BOOLEAN,
    /** Any whole number up to 64 bits; {@link Long}. */
    INTEGER,
    /** {@link Float}. */
    FLOAT,
    /** {@link Double}. */
    DOUBLE,
    /** {@link java.math.BigDecimal}, scale kept. */
    DECIMAL,
    /** {@link String}. */
    STRING,
    /** {@code byte[]}; never written to after construction. */
    BYTES,
    /** {@link java.time.LocalDate}. */
    DATE,
    /** {@link java.time.LocalTime}. */
    TIME,
    /** {@link java.time.LocalDateTime}. */
    TIMESTAMP,
    /** {@link java.time.OffsetDateTime}. */
    TIMESTAMP_WITH_ZONE,
    /** {@link java.util.UUID}. */
    UUID,
    /** A value over the configured size; {@link Digest}. */
    DIGEST,
    /** Known to be set, but hidden by a masking rule; the content is null. */
    MASKED,
    /** The column's default, which only the database knows; the content is null. */
    DEFAULT,
    /** Computed by the database; the content is the expression's SQL text, a {@link String}. */
    EXPRESSION,
    /** A driver's own object; the content is its SQL text form, a {@link String}. */
    OTHER
}
