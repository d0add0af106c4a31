package dev.afterimage.jdbc.sql;

/** Reads statements that change many rows at once: TRUNCATE, COPY, LOAD DATA, BULK INSERT, REFRESH MATERIALIZED VIEW. */
final class BulkRecognizer {
    private BulkRecognizer() {}

    static StatementKind recognize(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        Keyword first = lexer.keyword;
        lexer.next();
        return switch (first) {
            case TRUNCATE -> truncate(analysis);
            case COPY -> copy(analysis);
            case LOAD -> load(analysis);
            case BULK -> bulkInsert(analysis);
            default -> refresh(analysis);
        };
    }

    private static StatementKind truncate(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        if (lexer.is(Keyword.TABLE) && lexer.peekType() != Token.END && lexer.peekType() != ';') {
            lexer.next();
        }
        if (lexer.isWord("CLUSTER") && lexer.dialect == SqlDialect.ORACLE) {
            analysis.add(analysis.write(WriteOperation.TRUNCATE));
            return StatementKind.TRUNCATE;
        }
        do {
            if (TableRefs.isOnly(lexer)) {
                lexer.next();
            }
            if (lexer.is(Keyword.IF) && lexer.peekKeyword() == Keyword.EXISTS) {
                lexer.next();
                lexer.next();
            }
            boolean wrapped = lexer.accept('(');
            add(analysis, WriteOperation.TRUNCATE);
            if (wrapped) {
                lexer.accept(')');
            }
            lexer.accept('*');
        } while (lexer.accept(','));
        return StatementKind.TRUNCATE;
    }

    private static WriteBuilder add(Analysis analysis, WriteOperation operation) {
        WriteBuilder write = analysis.write(operation);
        write.target = new Target(Names.table(analysis), null);
        if (operation == WriteOperation.COPY && analysis.lexer.type == '(') {
            columns(analysis, write);
        }
        analysis.add(write);
        return write;
    }

    private static void columns(Analysis analysis, WriteBuilder write) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        while (lexer.isName()) {
            write.columns.add(Names.current(lexer));
            lexer.next();
            lexer.accept(',');
        }
        Skip.scanAll(analysis);
        lexer.accept(')');
    }

    private static StatementKind copy(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        if (lexer.type == '(') {
            lexer.next();
            WriteContext outer = analysis.context;
            analysis.context = WriteContext.COPY;
            StatementRecognizer.kind(analysis);
            analysis.context = outer;
            return StatementKind.COPY_OUT;
        }
        if (lexer.is(Keyword.BINARY) && lexer.peekType() != '(' && isTableAhead(lexer)) {
            lexer.next();
        }
        if (!copiesIn(analysis)) {
            return StatementKind.COPY_OUT;
        }
        add(analysis, WriteOperation.COPY);
        return StatementKind.COPY_IN;
    }

    private static boolean isTableAhead(Lexer lexer) {
        int next = lexer.peekType();
        Keyword keyword = lexer.peekKeyword();
        return next == Token.QUOTED || (next == Token.WORD && keyword != Keyword.FROM && keyword != Keyword.TO);
    }

    /** Looks past the table and its columns for FROM. */
    private static boolean copiesIn(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        long mark = lexer.mark();
        Names.skipTable(lexer);
        if (lexer.type == '(') {
            Skip.parentheses(lexer);
        }
        boolean in = lexer.is(Keyword.FROM);
        lexer.reset(mark);
        return in;
    }

    /** MySQL's LOAD DATA and LOAD XML; PostgreSQL's LOAD loads a library. */
    private static StatementKind load(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        if (!lexer.is(Keyword.DATA) && !lexer.is(Keyword.XML)) {
            return StatementKind.OTHER;
        }
        while (!(lexer.is(Keyword.INTO) && lexer.peekKeyword() == Keyword.TABLE)) {
            if (lexer.type == Token.END || lexer.type == ';') {
                return StatementKind.UNKNOWN;
            }
            lexer.next();
        }
        lexer.next();
        lexer.next();
        WriteBuilder write = analysis.write(WriteOperation.LOAD);
        write.target = new Target(Names.table(analysis), null);
        loadedColumns(analysis, write);
        analysis.add(write);
        return StatementKind.LOAD;
    }

    /** The column list behind the format clauses, then the SET list; user variables in the list are no columns. */
    private static void loadedColumns(Analysis analysis, WriteBuilder write) {
        Lexer lexer = analysis.lexer;
        if (lexer.is(Keyword.PARTITION)) {
            lexer.next();
            Skip.parentheses(lexer);
        }
        while (lexer.type != '(' && !lexer.is(Keyword.SET)) {
            if (lexer.type == Token.END || lexer.type == ';') {
                return;
            }
            boolean characterSet = lexer.isWord("character");
            lexer.next();
            if (characterSet) {
                lexer.accept(Keyword.SET);
            }
        }
        if (lexer.accept('(')) {
            do {
                if (lexer.isName()) {
                    write.columns.add(Names.current(lexer));
                }
                lexer.next();
            } while (lexer.accept(','));
            lexer.accept(')');
        }
        if (lexer.accept(Keyword.SET)) {
            write.columns.addAllOnce(Assignments.columns(analysis, write.target));
        }
    }

    /** T-SQL's BULK INSERT. */
    private static StatementKind bulkInsert(Analysis analysis) {
        if (!analysis.lexer.accept(Keyword.INSERT)) {
            return StatementKind.UNKNOWN;
        }
        add(analysis, WriteOperation.LOAD);
        return StatementKind.LOAD;
    }

    private static StatementKind refresh(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        if (!lexer.accept(Keyword.MATERIALIZED) || !lexer.accept(Keyword.VIEW)) {
            return StatementKind.OTHER;
        }
        lexer.accept(Keyword.CONCURRENTLY);
        add(analysis, WriteOperation.REFRESH);
        return StatementKind.REFRESH;
    }
}
