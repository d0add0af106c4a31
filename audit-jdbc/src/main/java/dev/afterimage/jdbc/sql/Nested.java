package dev.afterimage.jdbc.sql;

/** Data-modifying statements inside other statements. */
final class Nested {
    private Nested() {}

    /** Reads the data-modifying statement that opens behind a parenthesis, if one does. */
    static void ifStatement(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        switch (lexer.keyword) {
            case WITH -> enter(analysis, true);
            case INSERT, UPDATE, DELETE, MERGE -> {
                int next = lexer.peekType();
                if (next == Token.WORD || next == Token.QUOTED) {
                    enter(analysis, false);
                }
            }
            default -> {}
        }
    }

    private static void enter(Analysis analysis, boolean with) {
        if (analysis.nesting >= Analysis.MAX_NESTING) {
            analysis.unreadable = true;
            return;
        }
        WriteContext outer = analysis.context;
        if (outer == WriteContext.TOP) {
            analysis.context = WriteContext.NESTED;
        }
        analysis.nesting++;
        if (with) {
            QueryRecognizer.tableExpressions(analysis);
        }
        if (isDml(analysis.lexer.keyword)) {
            Dml.recognize(analysis);
        }
        analysis.nesting--;
        analysis.context = outer;
    }

    private static boolean isDml(Keyword keyword) {
        return switch (keyword) {
            case INSERT, UPDATE, DELETE, MERGE -> true;
            default -> false;
        };
    }
}
