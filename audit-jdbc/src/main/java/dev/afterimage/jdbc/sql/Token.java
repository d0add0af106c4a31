package dev.afterimage.jdbc.sql;

/**
 * Token types of the {@link Lexer}. Punctuation and one-character operators are their own character code; everything
 * else is below 32, where no character of a statement's punctuation lies.
 */
final class Token {
    static final int END = 0;
    /** An unquoted name or keyword. */
    static final int WORD = 1;
    /** A quoted name, quotes included in its span. */
    static final int QUOTED = 2;
    /** A string in any form, prefix and quotes included in its span. */
    static final int STRING = 3;

    static final int NUMBER = 4;
    /** A JDBC parameter. */
    static final int PARAMETER = 5;
    /** A host or user variable: {@code @x}, {@code :x}, {@code $1}. */
    static final int VARIABLE = 6;
    /** An operator of several characters, or one that no recogniser asks for. */
    static final int OPERATOR = 7;
    /** PostgreSQL's {@code ::}. */
    static final int CAST = 8;
    /** MySQL's {@code &&}. */
    static final int AND_SIGN = 9;
    /** {@code ||}: a concatenation, or MySQL's OR. */
    static final int DOUBLE_BAR = 10;

    private Token() {}
}
