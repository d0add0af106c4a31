package dev.afterimage.jdbc.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads UPDATE. */
final class UpdateRecognizer {
    private static final KeywordSet SET = KeywordSet.of(Keyword.SET);
    private static final KeywordSet CLAUSES = KeywordSet.of(
            Keyword.FROM,
            Keyword.WHERE,
            Keyword.RETURNING,
            Keyword.RETURN,
            Keyword.OUTPUT,
            Keyword.WHEN,
            Keyword.SELECT);

    private final Analysis analysis;
    private final Lexer lexer;
    private final WriteBuilder write;

    UpdateRecognizer(Analysis analysis) {
        this.analysis = analysis;
        this.lexer = analysis.lexer;
        this.write = new WriteBuilder(lexer);
    }

    static StatementKind recognize(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        if (lexer.dialect == SqlDialect.TSQL && lexer.isWord("STATISTICS")) {
            Skip.scanAll(analysis);
            return StatementKind.OTHER;
        }
        analysis.level().update.read();
        return StatementKind.UPDATE;
    }

    private void read() {
        write.begin(WriteOperation.UPDATE, analysis);
        modifiers();
        if (lexer.dialect.multiTableWrites() && isMultiTable()) {
            multiTable();
            return;
        }
        write.target = TableRefs.target(analysis);
        if (!lexer.is(Keyword.SET)) {
            Skip.scan(analysis, SET);
        }
        if (!lexer.accept(Keyword.SET)) {
            analysis.unreadable = true;
        }
        Assignments.read(analysis, write.target, write.columns, write.cells);
        write.rowSource = RowSource.SET;
        write.rowCount = write.cells.count == 0 ? 0 : 1;
        clauses();
        analysis.add(write);
    }

    private void modifiers() {
        while (lexer.dialect == SqlDialect.MYSQL && (lexer.is(Keyword.LOW_PRIORITY) || lexer.is(Keyword.IGNORE))) {
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
                case FROM -> from();
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

    private void from() {
        lexer.next();
        List<Target> tables = TableRefs.read(analysis);
        write.otherTables = true;
        if (lexer.dialect == SqlDialect.TSQL) {
            write.target = Targets.resolve(write.target, tables, lexer.dialect);
        }
    }

    private boolean isMultiTable() {
        long mark = lexer.mark();
        boolean multi = lexer.type == '(';
        if (!multi) {
            Names.skipTable(lexer);
            TableRefs.alias(lexer);
            multi = lexer.type != Token.END && !lexer.is(Keyword.SET);
        }
        lexer.reset(mark);
        return multi;
    }

    /** MySQL's {@code UPDATE t1 JOIN t2 … SET t1.a = …, t2.b = …}: one write per table that has an assigned column. */
    private void multiTable() {
        List<Target> tables = TableRefs.read(analysis);
        if (!lexer.accept(Keyword.SET)) {
            analysis.unreadable = true;
        }
        List<@Nullable String> qualifiers = Assignments.readQualified(analysis, write.columns, write.cells);
        Skip.scan(analysis, CLAUSES);
        KeyPredicate key = WhereRecognizer.recognize(analysis, Target.UNKNOWN, true);
        Skip.scanAll(analysis);
        Targets.addUpdates(analysis, write, tables, qualifiers, key);
    }
}
