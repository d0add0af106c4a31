package dev.afterimage.jdbc.sql;

import dev.afterimage.jdbc.sql.ValueSource.Kind;
import java.util.List;

/**
 * A value source packed in a long, so that a statement of many values costs eight bytes for each.
 *
 * <pre>
 *  63      61 60      58 57                   29 28                    0
 * +----------+----------+-----------------------+-----------------------+
 * |   kind   | literal  | start, or parameter   | length                |
 * +----------+----------+-----------------------+-----------------------+
 * </pre>
 */
final class Cell {
    /** Texts longer than this are not analysed: an index would not fit. */
    static final int MAX_TEXT = (1 << 29) - 1;

    private static final long FIELD = MAX_TEXT;
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<LiteralKind> LITERAL_KINDS = List.of(LiteralKind.values());

    /** No value could be read. Distinct from every packed value, whose kind is never 7. */
    static final long NONE = -1L;

    static final long DEFAULT = pack(Kind.DEFAULT, LiteralKind.NONE, 0, 0);

    private Cell() {}

    static long pack(Kind kind, LiteralKind literalKind, int start, int length) {
        return (long) kind.code << 61 | (long) literalKind.code << 58 | (long) start << 29 | length;
    }

    static long parameter(int ordinal) {
        return pack(Kind.PARAMETER, LiteralKind.NONE, ordinal, 0);
    }

    static long literal(LiteralKind literalKind, int start, int end) {
        return pack(Kind.LITERAL, literalKind, start, end - start);
    }

    static long expression(int start, int end) {
        return pack(Kind.EXPRESSION, LiteralKind.NONE, start, Math.max(0, end - start));
    }

    static Kind kind(long cell) {
        return KINDS.get((int) (cell >>> 61));
    }

    static LiteralKind literalKind(long cell) {
        return LITERAL_KINDS.get((int) (cell >>> 58) & 7);
    }

    /** Where the literal or expression starts in the text. */
    static int start(long cell) {
        return (int) (cell >>> 29 & FIELD);
    }

    /** The parameter's ordinal, 0 when the cell is none. */
    static int parameterOrdinal(long cell) {
        return kind(cell) == Kind.PARAMETER ? start(cell) : 0;
    }

    static ValueSource unpack(long cell, String sql, SqlDialect dialect) {
        Kind kind = kind(cell);
        LiteralKind literalKind = literalKind(cell);
        return switch (kind) {
            case PARAMETER -> new ValueSource(kind, parameterOrdinal(cell), literalKind, "", null);
            case DEFAULT -> new ValueSource(kind, 0, literalKind, "", null);
            case LITERAL -> {
                String text = text(cell, sql);
                yield new ValueSource(kind, 0, literalKind, text, Literals.value(text, literalKind, dialect));
            }
            case EXPRESSION -> new ValueSource(kind, 0, literalKind, text(cell, sql), null);
        };
    }

    private static String text(long cell, String sql) {
        int start = start(cell);
        return sql.substring(start, start + (int) (cell & FIELD));
    }
}
