package dev.afterimage.jdbc.sql;

/** Reads over the names of data types. */
final class TypeNames {
    private TypeNames() {}

    /** Passes over a type name with its modifiers. Reads nothing when no name stands here. */
    static void skip(Lexer lexer) {
        if (!lexer.isName()) {
            return;
        }
        boolean time = lexer.is(Keyword.TIME) || lexer.is(Keyword.TIMESTAMP);
        boolean interval = lexer.is(Keyword.INTERVAL);
        skipName(lexer);
        if (lexer.type == '(') {
            Skip.parentheses(lexer);
        }
        if (time && (lexer.is(Keyword.WITH) || lexer.is(Keyword.WITHOUT))) {
            lexer.next();
            lexer.accept(Keyword.TIME);
            if (lexer.isWord("zone")) {
                lexer.next();
            }
        }
        if (interval) {
            skipIntervalField(lexer);
        }
        if (lexer.isWord("array")) {
            lexer.next();
        }
        while (lexer.type == '[') {
            Skip.brackets(lexer);
        }
    }

    /** Passes over a type's name without its modifiers. */
    static void skipName(Lexer lexer) {
        if (lexer.isWord("national")) {
            lexer.next();
        }
        boolean varies = lexer.isWord("character") || lexer.isWord("char") || lexer.isWord("bit");
        boolean precise = lexer.isWord("double");
        lexer.next();
        while (lexer.type == '.') {
            lexer.next();
            if (lexer.isName()) {
                lexer.next();
            }
        }
        if ((varies && lexer.isWord("varying")) || (precise && lexer.isWord("precision"))) {
            lexer.next();
        }
    }

    /** Passes over {@code DAY}, {@code DAY TO SECOND(3)} and their like. */
    static void skipIntervalField(Lexer lexer) {
        if (!isField(lexer)) {
            return;
        }
        lexer.next();
        if (lexer.type == '(') {
            Skip.parentheses(lexer);
        }
        if (lexer.accept(Keyword.TO) && isField(lexer)) {
            lexer.next();
            if (lexer.type == '(') {
                Skip.parentheses(lexer);
            }
        }
    }

    private static boolean isField(Lexer lexer) {
        return lexer.isWord("year")
                || lexer.isWord("month")
                || lexer.isWord("day")
                || lexer.isWord("hour")
                || lexer.isWord("minute")
                || lexer.isWord("second");
    }
}
