package dev.afterimage.jdbc.sql;

/**
 * Where comments end. Hints are comments here. MySQL's executable comments are not: their text is read as part of the
 * statement, because the server executes it.
 */
final class Comments {
    /** A version no server reaches: such a comment is meant to be skipped by all. */
    private static final String NEVER = "99999";

    private Comments() {}

    /** The index behind the comment that starts at {@code i} with {@code c}; {@code i} when none starts there. */
    static int skip(Lexer lexer, char c, int i) {
        return switch (c) {
            case '-' -> dashes(lexer, i);
            case '/' -> slash(lexer, i);
            case '#' -> lexer.dialect == SqlDialect.MYSQL ? lineEnd(lexer.sql, i) : i;
            case '*' -> lexer.dialect == SqlDialect.MYSQL && lexer.sql.startsWith("*/", i) ? i + 2 : i;
            default -> i;
        };
    }

    private static int dashes(Lexer lexer, int i) {
        String sql = lexer.sql;
        if (!sql.startsWith("--", i)) {
            return i;
        }
        boolean comment = lexer.dialect != SqlDialect.MYSQL || i + 2 >= sql.length() || sql.charAt(i + 2) <= ' ';
        return comment ? lineEnd(sql, i) : i;
    }

    private static int slash(Lexer lexer, int i) {
        String sql = lexer.sql;
        if (i + 1 >= sql.length()) {
            return i;
        }
        char next = sql.charAt(i + 1);
        if (next == '/' && lexer.dialect == SqlDialect.H2) {
            return lineEnd(sql, i);
        }
        if (next != '*') {
            return i;
        }
        if (lexer.dialect == SqlDialect.MYSQL) {
            int body = executableBody(sql, i);
            if (body > i) {
                return body;
            }
        }
        return blockEnd(lexer, i + 2);
    }

    /** Where the text of an executable comment starts; {@code i} when the comment is an ordinary one. */
    private static int executableBody(String sql, int i) {
        int body;
        if (sql.startsWith("!", i + 2)) {
            body = i + 3;
        } else if (sql.startsWith("M!", i + 2)) {
            body = i + 4;
        } else {
            return i;
        }
        if (sql.startsWith(NEVER, body)) {
            return i;
        }
        int digits = 0;
        while (digits < 6 && body + digits < sql.length() && Characters.isDigit(sql.charAt(body + digits))) {
            digits++;
        }
        return digits >= 5 ? body + digits : body;
    }

    private static int blockEnd(Lexer lexer, int from) {
        String sql = lexer.sql;
        boolean nests = lexer.dialect.nestsComments();
        int depth = 1;
        int i = from;
        while (i + 1 < sql.length()) {
            char c = sql.charAt(i);
            if (c == '*' && sql.charAt(i + 1) == '/') {
                i += 2;
                if (--depth == 0) {
                    return i;
                }
            } else if (nests && c == '/' && sql.charAt(i + 1) == '*') {
                depth++;
                i += 2;
            } else {
                i++;
            }
        }
        lexer.broken = true;
        return sql.length();
    }

    private static int lineEnd(String sql, int from) {
        int i = from;
        while (i < sql.length() && sql.charAt(i) != '\n' && sql.charAt(i) != '\r') {
            i++;
        }
        return i;
    }
}
