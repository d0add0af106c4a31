package dev.afterimage.jdbc.sql;

/** Passes over procedural blocks. */
final class Blocks {
    private Blocks() {}

    /** From BEGIN to behind its END; CASE and nested blocks have an END of their own. */
    static void skip(Lexer lexer) {
        int depth = 0;
        while (lexer.type != Token.END) {
            if (lexer.is(Keyword.BEGIN) || lexer.is(Keyword.CASE)) {
                depth++;
            } else if (lexer.is(Keyword.END) && --depth <= 0) {
                lexer.next();
                return;
            }
            lexer.next();
        }
    }

    /** To the end of the text. */
    static void skipAll(Lexer lexer) {
        while (lexer.type != Token.END) {
            lexer.next();
        }
    }
}
