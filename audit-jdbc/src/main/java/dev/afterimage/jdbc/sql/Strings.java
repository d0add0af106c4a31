package dev.afterimage.jdbc.sql;

/** Where string forms and quoted names end. Each method answers the index behind the closing delimiter. */
final class Strings {
    private Strings() {}

    /** A string whose opening quote is at {@code quote}; the quote is doubled, or escaped, inside. */
    static int quoted(Lexer lexer, int quote, boolean backslashEscapes) {
        String sql = lexer.sql;
        int length = sql.length();
        char delimiter = sql.charAt(quote);
        int i = quote + 1;
        while (i < length) {
            char c = sql.charAt(i);
            if (c == '\\' && backslashEscapes) {
                i += 2;
            } else if (c != delimiter) {
                i++;
            } else if (i + 1 < length && sql.charAt(i + 1) == delimiter) {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return unterminated(lexer);
    }

    /** A quoted name that opens at {@code open} and ends with {@code close}, which is doubled inside. */
    static int delimited(Lexer lexer, int open, char close) {
        String sql = lexer.sql;
        int i = sql.indexOf(close, open + 1);
        while (i >= 0) {
            if (i + 1 >= sql.length() || sql.charAt(i + 1) != close) {
                return i + 1;
            }
            i = sql.indexOf(close, i + 2);
        }
        return unterminated(lexer);
    }

    /** Oracle's {@code q'[...]'}, its quote at {@code quote}. */
    static int alternative(Lexer lexer, int quote) {
        String sql = lexer.sql;
        if (quote + 1 >= sql.length()) {
            return unterminated(lexer);
        }
        char close = closing(sql.charAt(quote + 1));
        int i = sql.indexOf(close, quote + 2);
        while (i >= 0) {
            if (i + 1 < sql.length() && sql.charAt(i + 1) == '\'') {
                return i + 2;
            }
            i = sql.indexOf(close, i + 1);
        }
        return unterminated(lexer);
    }

    static char closing(char open) {
        return switch (open) {
            case '[' -> ']';
            case '{' -> '}';
            case '(' -> ')';
            case '<' -> '>';
            default -> open;
        };
    }

    /** A {@code $tag$} string; {@code dollar} itself when none opens there. */
    static int dollarQuoted(Lexer lexer, int dollar) {
        String sql = lexer.sql;
        int i = dollar + 1;
        while (i < sql.length() && sql.charAt(i) != '$') {
            char c = sql.charAt(i);
            boolean part = Characters.isNameStart(c) || (i > dollar + 1 && Characters.isDigit(c));
            if (!part) {
                return dollar;
            }
            i++;
        }
        if (i >= sql.length()) {
            return dollar;
        }
        int tagLength = i + 1 - dollar;
        int close = sql.indexOf('$', i + 1);
        while (close >= 0) {
            if (sql.regionMatches(close, sql, dollar, tagLength)) {
                return close + tagLength;
            }
            close = sql.indexOf('$', close + 1);
        }
        return unterminated(lexer);
    }

    private static int unterminated(Lexer lexer) {
        lexer.broken = true;
        return lexer.sql.length();
    }
}
