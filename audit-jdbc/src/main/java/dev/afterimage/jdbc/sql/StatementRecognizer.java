package dev.afterimage.jdbc.sql;

import java.util.List;

/** Reads one statement: finds its family by its first words and hands it to that family's recogniser. */
final class StatementRecognizer {
    private StatementRecognizer() {}

    /** Reads from the current token to the end of its statement. */
    static SingleStatement recognize(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        int start = lexer.start;
        analysis.context = WriteContext.TOP;
        analysis.unreadable = false;
        analysis.name = null;
        boolean temporary = DefinitionRecognizer.createsTemporary(lexer);
        StatementKind kind = kind(analysis);
        finish(analysis, start);
        List<TableWrite> writes = analysis.takeWrites();
        boolean readable = kind != StatementKind.UNKNOWN && !analysis.unreadable;
        boolean commits = !temporary && ImplicitCommit.of(kind, lexer, start);
        return new SingleStatement(kind, analysis.name, writes, commits, readable, start, lexer.previousEnd);
    }

    /** Passes over what the recogniser left, and always over at least one token. */
    private static void finish(Analysis analysis, int start) {
        Lexer lexer = analysis.lexer;
        do {
            if (Skip.startsQuery(lexer) && lexer.start != start) {
                return;
            }
            Skip.scanAll(analysis);
            if (lexer.type == ')') {
                lexer.next();
            } else if (lexer.start == start) {
                lexer.next();
            } else {
                return;
            }
        } while (lexer.type != Token.END);
    }

    /** Reads a statement that starts at the current token; also the one that EXPLAIN or COPY executes. */
    static StatementKind kind(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        return switch (lexer.keyword) {
            case INSERT, UPDATE, DELETE, MERGE -> Dml.recognize(analysis);
            case REPLACE -> replace(analysis);
            case SELECT -> QueryRecognizer.select(analysis);
            case WITH -> QueryRecognizer.with(analysis);
            case VALUES, TABLE -> QueryRecognizer.plain(analysis);
            case CREATE, ALTER, DROP, GRANT, REVOKE, COMMENT, RENAME, REINDEX, SECURITY ->
                DefinitionRecognizer.recognize(analysis);
            case BEGIN, START, COMMIT, ROLLBACK, END, ABORT, SAVEPOINT, RELEASE, SAVE, XA, PREPARE ->
                TransactionRecognizer.recognize(analysis);
            case TRUNCATE, COPY, LOAD, BULK, REFRESH -> BulkRecognizer.recognize(analysis);
            case NONE -> other(analysis);
            default -> UtilityRecognizer.recognize(analysis);
        };
    }

    private static StatementKind replace(Analysis analysis) {
        return analysis.lexer.peekType() == '(' ? StatementKind.UNKNOWN : Dml.recognize(analysis);
    }

    private static StatementKind other(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        return switch (lexer.type) {
            case '(' -> QueryRecognizer.parenthesised(analysis);
            case '{' -> UtilityRecognizer.jdbcCall(analysis);
            default -> UtilityRecognizer.recognize(analysis);
        };
    }
}
