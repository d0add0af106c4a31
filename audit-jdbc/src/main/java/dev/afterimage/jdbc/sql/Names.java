package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/** Reads names. */
final class Names {
    private Names() {}

    /** PostgreSQL cuts longer names, in bytes. */
    private static final int POSTGRESQL_LIMIT = 63;

    /** See {@link Lexer#name}. */
    static String current(Lexer lexer) {
        return lexer.name();
    }

    /** The name that a token of a type stands for. */
    static String make(String written, int type, SqlDialect dialect) {
        String name = switch (type) {
            case Token.WORD -> dialect.fold(written);
            case Token.QUOTED -> Literals.unquoteName(written, dialect);
            default -> written;
        };
        boolean mayBeLong = dialect == SqlDialect.POSTGRESQL && name.length() * 3 > POSTGRESQL_LIMIT;
        return mayBeLong ? cut(name) : name;
    }

    private static String cut(String name) {
        int bytes = 0;
        int i = 0;
        while (i < name.length()) {
            int codePoint = name.codePointAt(i);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > POSTGRESQL_LIMIT) {
                return name.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return name;
    }

    /** Reads {@code [[catalog.]schema.]table}; null, and no token read, when no name stands here. */
    static @Nullable TableName table(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        if (lexer.type == Token.VARIABLE && lexer.dialect == SqlDialect.TSQL) {
            TableName variable = new TableName(null, null, current(lexer), true);
            lexer.next();
            return variable;
        }
        lexer.accept('.');
        if (!lexer.isName()) {
            return null;
        }
        String catalog = null;
        String schema = null;
        boolean quoted = lexer.type == Token.QUOTED;
        String table = current(lexer);
        lexer.next();
        while (lexer.type == '.') {
            lexer.next();
            if (lexer.type == '*') {
                lexer.next();
                break;
            }
            if (!lexer.isName() && lexer.type != '.') {
                analysis.unreadable = true;
                break;
            }
            catalog = schema;
            schema = table;
            quoted = lexer.type == Token.QUOTED;
            table = lexer.type == '.' ? "" : current(lexer);
            if (lexer.isName()) {
                lexer.next();
            }
        }
        if (lexer.type == Token.VARIABLE && lexer.dialect == SqlDialect.ORACLE) {
            catalog = current(lexer);
            lexer.next();
            skipIndirection(lexer);
        }
        if (lexer.isWord("UESCAPE")) {
            analysis.unreadable = true;
        }
        return new TableName(emptyToNull(catalog), emptyToNull(schema), table, quoted);
    }

    /** Passes over a table's name without making strings of it. */
    static void skipTable(Lexer lexer) {
        lexer.accept('.');
        if (lexer.isName()) {
            lexer.next();
        }
        skipIndirection(lexer);
    }

    private static @Nullable String emptyToNull(@Nullable String part) {
        return part == null || part.isEmpty() ? null : part;
    }

    /** Reads one more dotted part or subscript behind a name, as far as it goes. */
    static void skipIndirection(Lexer lexer) {
        while (lexer.type == '.' || lexer.type == '[') {
            if (lexer.type == '[') {
                Skip.brackets(lexer);
            } else {
                lexer.next();
                if (lexer.isName() || lexer.type == '*') {
                    lexer.next();
                }
            }
        }
    }
}
