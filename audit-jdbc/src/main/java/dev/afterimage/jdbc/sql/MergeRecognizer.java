package dev.afterimage.jdbc.sql;

/** Reads MERGE, the standard's and H2's with KEY. */
final class MergeRecognizer {
    private static final KeywordSet WHEN = KeywordSet.of(Keyword.WHEN, Keyword.RETURNING, Keyword.OUTPUT);
    private static final KeywordSet THEN = KeywordSet.of(Keyword.THEN);
    private static final KeywordSet NO_STOPS = KeywordSet.of();

    private final Analysis analysis;
    private final Lexer lexer;
    private final WriteBuilder write;

    MergeRecognizer(Analysis analysis) {
        this.analysis = analysis;
        this.lexer = analysis.lexer;
        this.write = new WriteBuilder(lexer);
    }

    static void recognize(Analysis analysis) {
        analysis.level().merge.read();
    }

    private void read() {
        write.begin(WriteOperation.MERGE, analysis);
        lexer.next();
        if (lexer.is(Keyword.TOP) && lexer.dialect == SqlDialect.TSQL) {
            Top.skip(lexer);
        }
        lexer.accept(Keyword.INTO);
        write.target = TableRefs.target(analysis);
        if (lexer.is(Keyword.USING)) {
            write.otherTables = true;
            lexer.next();
            actions();
        } else {
            keyed();
        }
        analysis.add(write);
    }

    private void actions() {
        while (true) {
            Skip.scan(analysis, WHEN);
            switch (lexer.keyword) {
                case WHEN -> {
                    lexer.next();
                    Skip.scan(analysis, THEN);
                    lexer.accept(Keyword.THEN);
                    action();
                }
                case RETURNING -> {
                    write.returning = true;
                    lexer.next();
                }
                case OUTPUT -> {
                    Output.read(analysis, write, NO_STOPS);
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void action() {
        switch (lexer.keyword) {
            case UPDATE -> {
                lexer.next();
                if (lexer.accept(Keyword.SET)) {
                    write.columns.addAllOnce(Assignments.columns(analysis, write.target));
                }
            }
            case INSERT -> {
                lexer.next();
                if (lexer.type == '(') {
                    columnList();
                }
            }
            default -> {}
        }
        if (lexer.is(Keyword.DELETE)) {
            lexer.next();
        }
    }

    private void columnList() {
        lexer.next();
        while (lexer.isName()) {
            String column = Names.current(lexer);
            lexer.next();
            while (lexer.type == '.' && isQualifier(column)) {
                lexer.next();
                if (lexer.isName()) {
                    column = Names.current(lexer);
                    lexer.next();
                }
            }
            Names.skipIndirection(lexer);
            write.columns.addOnce(column);
            lexer.accept(',');
        }
        Skip.scanAll(analysis);
        lexer.accept(')');
    }

    /** On PostgreSQL what follows a dot is a field of the column, unless the target's name stands in front of it. */
    private boolean isQualifier(String name) {
        return lexer.dialect != SqlDialect.POSTGRESQL || write.target.isNamed(null, name, lexer.dialect);
    }

    /** H2: {@code MERGE INTO t [(columns)] [KEY (columns)] VALUES … | query}. */
    private void keyed() {
        if (lexer.type == '(') {
            columnList();
        }
        if (lexer.accept(Keyword.KEY) && lexer.type == '(') {
            Skip.parentheses(lexer);
        }
        InsertRecognizer.source(analysis, write);
    }
}
