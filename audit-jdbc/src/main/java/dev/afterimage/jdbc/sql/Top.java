package dev.afterimage.jdbc.sql;

/** T-SQL's TOP clause. */
final class Top {
    private Top() {}

    /** Passes over {@code TOP (n) [PERCENT]}, the current token being TOP. */
    static void skip(Lexer lexer) {
        lexer.next();
        if (lexer.type == '(') {
            Skip.parentheses(lexer);
        } else if (lexer.type == Token.NUMBER) {
            lexer.next();
        }
        if (lexer.isWord("percent")) {
            lexer.next();
        }
    }
}
