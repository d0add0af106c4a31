package dev.afterimage.jdbc.sql;

/** Reads EXPLAIN: with ANALYZE it executes its statement, else it only plans it. */
final class ExplainRecognizer {
    private ExplainRecognizer() {}

    static StatementKind recognize(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        boolean executes = false;
        if (lexer.type == '(' && !isQuery(lexer.peekKeyword())) {
            executes = options(lexer);
        }
        while (lexer.is(Keyword.ANALYZE) || lexer.isWord("ANALYSE") || lexer.isWord("VERBOSE")) {
            executes |= !lexer.isWord("VERBOSE");
            lexer.next();
        }
        if (lexer.accept(Keyword.FORMAT)) {
            lexer.accept('=');
            lexer.next();
        }
        return statement(analysis, executes);
    }

    private static boolean isQuery(Keyword keyword) {
        return keyword == Keyword.SELECT || keyword == Keyword.WITH || keyword == Keyword.VALUES;
    }

    /** PostgreSQL's option list; the last ANALYZE in it counts. */
    private static boolean options(Lexer lexer) {
        boolean executes = false;
        lexer.next();
        while (lexer.type != ')' && lexer.type != Token.END) {
            boolean analyze = isOption(lexer, "analyze") || isOption(lexer, "analyse");
            lexer.next();
            executes = analyze ? !isFalse(lexer) : executes;
        }
        lexer.accept(')');
        return executes;
    }

    private static boolean isFalse(Lexer lexer) {
        return isOption(lexer, "false")
                || isOption(lexer, "off")
                || (lexer.type == Token.NUMBER && lexer.sql.charAt(lexer.start) == '0');
    }

    /** Whether the current token says {@code word}, as a word or in quotes of either kind. */
    private static boolean isOption(Lexer lexer, String word) {
        if (lexer.type != Token.QUOTED && lexer.type != Token.STRING) {
            return lexer.isWord(word);
        }
        return lexer.end - lexer.start == word.length() + 2
                && lexer.sql.regionMatches(true, lexer.start + 1, word, 0, word.length());
    }

    /** MariaDB's ANALYZE of a statement executes it; ANALYZE of tables gathers statistics. */
    static StatementKind analyze(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        if (lexer.dialect == SqlDialect.MYSQL) {
            if (lexer.accept(Keyword.FORMAT)) {
                lexer.accept('=');
                lexer.next();
            }
            switch (lexer.keyword) {
                case SELECT, INSERT, UPDATE, DELETE, REPLACE, WITH -> {
                    return statement(analysis, true);
                }
                default -> {}
            }
        }
        Skip.statement(lexer);
        return StatementKind.OTHER;
    }

    private static StatementKind statement(Analysis analysis, boolean executes) {
        if (!executes) {
            Skip.statement(analysis.lexer);
            return StatementKind.EXPLAIN;
        }
        if (analysis.nesting >= Analysis.MAX_NESTING) {
            analysis.unreadable = true;
            return StatementKind.EXPLAIN;
        }
        WriteContext outer = analysis.context;
        analysis.context = WriteContext.EXPLAIN;
        analysis.nesting++;
        StatementKind executed = StatementRecognizer.kind(analysis);
        analysis.nesting--;
        analysis.context = outer;
        analysis.unreadable |= executed == StatementKind.UNKNOWN || executed == StatementKind.EXECUTE;
        return StatementKind.EXPLAIN;
    }
}
