package dev.afterimage.jdbc.sql;

/** T-SQL's OUTPUT clause. */
final class Output {
    private Output() {}

    /**
     * Passes over {@code OUTPUT …} up to one of {@code stops}. The table of {@code OUTPUT … INTO} is written, too,
     * unless it is a table variable.
     */
    static void read(Analysis analysis, WriteBuilder main, KeywordSet stops) {
        Lexer lexer = analysis.lexer;
        main.returning = true;
        lexer.next();
        Skip.scan(analysis, stops.and(Keyword.INTO));
        if (!lexer.accept(Keyword.INTO)) {
            return;
        }
        boolean variable = lexer.type == Token.VARIABLE;
        WriteBuilder write = new WriteBuilder(lexer).begin(WriteOperation.INSERT, analysis);
        write.target = new Target(Names.table(analysis), null);
        write.rowSource = RowSource.SELECT;
        if (lexer.accept('(')) {
            while (lexer.isName()) {
                write.columns.add(Names.current(lexer));
                lexer.next();
                lexer.accept(',');
            }
            Skip.scanAll(analysis);
            lexer.accept(')');
        }
        if (!variable) {
            main.addOutput(write);
        }
        if (lexer.is(Keyword.OUTPUT)) {
            read(analysis, main, stops);
        }
    }
}
