package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/** Undoes the quotes and escapes of literals and names. Used when a plan is read, not while a text is analysed. */
final class Literals {
    private Literals() {}

    /** The value of a literal; null for NULL, and for a typed literal whose inner value is not one token. */
    static @Nullable String value(String text, LiteralKind kind, SqlDialect dialect) {
        return switch (kind) {
            case NONE, NULL -> null;
            case NUMBER, BOOLEAN -> unwrap(text);
            case STRING, TYPED -> firstValue(text, dialect);
        };
    }

    private static String unwrap(String text) {
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '(' && c != ')' && c > ' ') {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static @Nullable String firstValue(String text, SqlDialect dialect) {
        Lexer lexer = new Lexer(text, dialect);
        StringBuilder value = null;
        boolean negative = false;
        while (lexer.type != Token.END) {
            if (lexer.type == Token.STRING) {
                value = value == null ? new StringBuilder() : value;
                appendString(value, text, lexer.start, lexer.end, dialect);
            } else if (value != null) {
                break;
            } else if (lexer.type == Token.NUMBER) {
                return (negative ? "-" : "") + text.substring(lexer.start, lexer.end);
            } else if (lexer.type == '-') {
                negative = !negative;
            } else if (lexer.keyword == Keyword.TRUE || lexer.keyword == Keyword.FALSE) {
                return text.substring(lexer.start, lexer.end);
            }
            lexer.next();
        }
        return value == null ? null : value.toString();
    }

    private static void appendString(StringBuilder value, String text, int start, int end, SqlDialect dialect) {
        int open = start;
        while (open < end && "'\"$".indexOf(text.charAt(open)) < 0) {
            open++;
        }
        char quote = text.charAt(open);
        if (quote == '$') {
            int tag = text.indexOf('$', open + 1) + 1 - open;
            appendBetween(value, text, open + tag, end - tag);
            return;
        }
        char prefix = open == start ? ' ' : (char) (text.charAt(open - 1) | 0x20);
        if (dialect == SqlDialect.ORACLE && prefix == 'q') {
            appendBetween(value, text, open + 2, end - 2);
            return;
        }
        String body = text.substring(open + 1, Math.max(open + 1, end - 1));
        if (prefix == '&') {
            value.append(unicode(undouble(body, quote)));
            return;
        }
        boolean escapes = dialect.backslashEscapes() || (dialect == SqlDialect.POSTGRESQL && prefix == 'e');
        value.append(escapes ? Escapes.undo(body, quote, dialect) : undouble(body, quote));
    }

    /** A text that ends inside a string may lack what closes it, or all of what opens it. */
    private static void appendBetween(StringBuilder value, String text, int from, int to) {
        if (from < to) {
            value.append(text, from, to);
        }
    }

    static String unquoteName(String quoted, SqlDialect dialect) {
        boolean unicode = quoted.charAt(0) != '"' && (quoted.charAt(0) | 0x20) == 'u';
        int open = unicode ? 2 : 0;
        if (quoted.length() < open + 2) {
            return "";
        }
        char close = quoted.charAt(quoted.length() - 1);
        String name = undouble(quoted.substring(open + 1, quoted.length() - 1), close);
        if (unicode) {
            return unicode(name);
        }
        return dialect == SqlDialect.H2 && close == '`' ? dialect.fold(name) : name;
    }

    private static String undouble(String body, char quote) {
        if (body.indexOf(quote) < 0) {
            return body;
        }
        StringBuilder value = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            value.append(c);
            if (c == quote && i + 1 < body.length() && body.charAt(i + 1) == quote) {
                i++;
            }
        }
        return value.toString();
    }

    /** Undoes {@code \XXXX} and {@code \+XXXXXX} of {@code U&} forms. */
    private static String unicode(String body) {
        StringBuilder value = new StringBuilder(body.length());
        int i = 0;
        while (i < body.length()) {
            char c = body.charAt(i);
            if (c == '\\' && body.startsWith("\\", i + 1)) {
                value.append(c);
                i += 2;
                continue;
            }
            boolean wide = c == '\\' && body.startsWith("+", i + 1);
            int digits = i + (wide ? 2 : 1);
            int width = wide ? 6 : 4;
            int codePoint = c == '\\' ? Escapes.number(body, digits, width, 16) : -1;
            if (Character.isValidCodePoint(codePoint)) {
                value.appendCodePoint(codePoint);
                i = digits + width;
            } else {
                value.append(c);
                i++;
            }
        }
        return value.toString();
    }
}
