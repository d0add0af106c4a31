package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;

/** Reads DELETE. */
final class DeleteRecognizer {
    private static final KeywordSet CLAUSES = KeywordSet.of(
            Keyword.FROM,
            Keyword.USING,
            Keyword.WHERE,
            Keyword.RETURNING,
            Keyword.RETURN,
            Keyword.OUTPUT,
            Keyword.SELECT);
    private static final KeywordSet BEHIND_TABLES =
            KeywordSet.of(Keyword.WHERE, Keyword.ORDER, Keyword.LIMIT, Keyword.RETURNING);

    private final Analysis analysis;
    private final Lexer lexer;
    private final WriteBuilder write;

    DeleteRecognizer(Analysis analysis) {
        this.analysis = analysis;
        this.lexer = analysis.lexer;
        this.write = new WriteBuilder(lexer);
    }

    static void recognize(Analysis analysis) {
        analysis.level().delete.read();
    }

    private void read() {
        write.begin(WriteOperation.DELETE, analysis);
        lexer.next();
        modifiers();
        boolean from = lexer.accept(Keyword.FROM);
        if (lexer.dialect.multiTableWrites() && isMultiTable(from)) {
            multiTable();
            return;
        }
        write.target = TableRefs.target(analysis);
        clauses();
        analysis.add(write);
    }

    private void modifiers() {
        while (lexer.dialect == SqlDialect.MYSQL
                && (lexer.is(Keyword.LOW_PRIORITY) || lexer.is(Keyword.IGNORE) || lexer.is(Keyword.QUICK))) {
            lexer.next();
        }
        if (lexer.is(Keyword.TOP) && lexer.dialect == SqlDialect.TSQL) {
            Top.skip(lexer);
        }
    }

    private void clauses() {
        while (true) {
            Skip.scan(analysis, CLAUSES);
            switch (lexer.keyword) {
                case FROM, USING -> {
                    lexer.next();
                    List<Target> tables = TableRefs.read(analysis);
                    write.otherTables = true;
                    if (lexer.dialect == SqlDialect.TSQL) {
                        write.target = Targets.resolve(write.target, tables, lexer.dialect);
                    }
                }
                case WHERE -> write.key = WhereRecognizer.recognize(analysis, write.target, write.otherTables);
                case OUTPUT -> {
                    Output.read(analysis, write, CLAUSES);
                }
                case RETURNING, RETURN -> {
                    write.returning = true;
                    lexer.next();
                    Skip.scanAll(analysis);
                    return;
                }
                default -> {
                    return;
                }
            }
        }
    }

    /** MySQL: {@code DELETE t1, t2 FROM …} and {@code DELETE FROM t1, t2 USING …}, a target may end in {@code .*}. */
    private boolean isMultiTable(boolean from) {
        if (!from) {
            return true;
        }
        long mark = lexer.mark();
        Names.skipTable(lexer);
        boolean multi = lexer.type == ',' || lexer.is(Keyword.USING);
        lexer.reset(mark);
        return multi;
    }

    private void multiTable() {
        List<Target> named = new ArrayList<>(2);
        do {
            TableName name = Names.table(analysis);
            if (lexer.isName() && !lexer.is(Keyword.FROM) && !lexer.is(Keyword.USING)) {
                lexer.next();
            }
            named.add(new Target(name, null));
        } while (lexer.accept(','));
        List<Target> tables = List.of();
        if (lexer.is(Keyword.FROM) || lexer.is(Keyword.USING)) {
            lexer.next();
            tables = TableRefs.read(analysis);
        }
        Skip.scan(analysis, BEHIND_TABLES);
        KeyPredicate key = WhereRecognizer.recognize(analysis, Target.UNKNOWN, true);
        Skip.scanAll(analysis);
        Targets.addDeletes(analysis, named, tables, key);
    }
}
