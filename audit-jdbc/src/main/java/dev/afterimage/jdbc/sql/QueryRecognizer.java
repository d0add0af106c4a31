package dev.afterimage.jdbc.sql;

/** Reads SELECT, VALUES, TABLE and WITH, for the writes that may hide in them. */
final class QueryRecognizer {
    private static final KeywordSet INTO = KeywordSet.of(Keyword.INTO);
    /** What may follow the table of SELECT INTO. */
    private static final KeywordSet INTO_ENDS = KeywordSet.of(
            Keyword.FROM,
            Keyword.WHERE,
            Keyword.GROUP,
            Keyword.HAVING,
            Keyword.WINDOW,
            Keyword.UNION,
            Keyword.INTERSECT,
            Keyword.EXCEPT,
            Keyword.ORDER,
            Keyword.LIMIT,
            Keyword.OFFSET,
            Keyword.FETCH,
            Keyword.FOR);

    private static final KeywordSet MAIN = KeywordSet.of(
            Keyword.SELECT,
            Keyword.INSERT,
            Keyword.UPDATE,
            Keyword.DELETE,
            Keyword.MERGE,
            Keyword.REPLACE,
            Keyword.VALUES,
            Keyword.TABLE);

    private QueryRecognizer() {}

    static StatementKind select(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        Skip.scan(analysis, INTO);
        if (!lexer.is(Keyword.INTO) || !createsTable(analysis)) {
            Skip.scanAll(analysis);
            return StatementKind.SELECT;
        }
        lexer.next();
        while (isTableModifier(lexer)) {
            lexer.next();
        }
        WriteBuilder write = analysis.write(WriteOperation.SELECT_INTO);
        write.target = new Target(Names.table(analysis), null);
        write.rowSource = RowSource.SELECT;
        analysis.add(write);
        Skip.scanAll(analysis);
        return StatementKind.SELECT_INTO;
    }

    /** Whether the current word qualifies the table to be made; the same words are names of tables, too. */
    private static boolean isTableModifier(Lexer lexer) {
        return switch (lexer.keyword) {
            case TEMP, TEMPORARY, UNLOGGED, LOCAL, GLOBAL, TABLE -> {
                int next = lexer.peekType();
                Keyword word = lexer.peekKeyword();
                yield next == Token.QUOTED || (next == Token.WORD && !INTO_ENDS.contains(word));
            }
            default -> false;
        };
    }

    /** Elsewhere INTO fills variables or files; PostgreSQL refuses it inside COPY. */
    private static boolean createsTable(Analysis analysis) {
        return switch (analysis.lexer.dialect) {
            case POSTGRESQL, TSQL, ANSI -> analysis.context != WriteContext.COPY;
            case MYSQL, H2, ORACLE -> false;
        };
    }

    static StatementKind plain(Analysis analysis) {
        analysis.lexer.next();
        Skip.scanAll(analysis);
        return StatementKind.SELECT;
    }

    /** A query in parentheses, perhaps with set operations behind it. */
    static StatementKind parenthesised(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        long mark = lexer.mark();
        while (lexer.accept('(')) {
            // The first word inside tells what it is.
        }
        Keyword first = lexer.keyword;
        lexer.reset(mark);
        Skip.scanAll(analysis);
        boolean query =
                first == Keyword.SELECT || first == Keyword.WITH || first == Keyword.VALUES || first == Keyword.TABLE;
        return query ? StatementKind.SELECT : StatementKind.UNKNOWN;
    }

    /** Common table expressions, then the statement they serve. */
    static StatementKind with(Analysis analysis) {
        tableExpressions(analysis);
        return switch (analysis.lexer.keyword) {
            case SELECT, INSERT, UPDATE, DELETE, MERGE, REPLACE, VALUES, TABLE -> StatementRecognizer.kind(analysis);
            default -> StatementKind.SELECT;
        };
    }

    /** Reads from WITH to the first word of the statement that the expressions serve. */
    static void tableExpressions(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        if (lexer.isWord("RECURSIVE")) {
            lexer.next();
        }
        do {
            if (lexer.isName()) {
                if (lexer.dialect == SqlDialect.TSQL) {
                    analysis.addExpression(Names.current(lexer));
                }
                lexer.next();
            }
            if (lexer.type == '(') {
                Skip.parentheses(lexer);
            }
            Skip.scanItem(analysis, MAIN);
        } while (lexer.accept(','));
    }
}
