package dev.afterimage.jdbc.sql;

/** Data-modifying statements inside other statements. */
final class Nested {
    private Nested() {}

    /** Reads the data-modifying statement that opens behind a parenthesis, if one does; {@code before} stands before it. */
    static void ifStatement(Analysis analysis, Keyword before) {
        Lexer lexer = analysis.lexer;
        switch (lexer.keyword) {
            case WITH -> enter(analysis, true);
            case INSERT, UPDATE, DELETE, MERGE -> {
                int next = lexer.peekType();
                if ((next == Token.WORD || next == Token.QUOTED)
                        && mayContainStatement(analysis.lexer.dialect, before)) {
                    enter(analysis, false);
                }
            }
            default -> {}
        }
    }

    /** Where the dialect has no statement in parentheses, the words that start one are names. */
    private static boolean mayContainStatement(SqlDialect dialect, Keyword before) {
        return switch (dialect) {
            case POSTGRESQL -> before == Keyword.AS || before == Keyword.MATERIALIZED;
            case H2 -> before == Keyword.TABLE;
            case MYSQL, ORACLE -> false;
            case TSQL, ANSI -> true;
        };
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
