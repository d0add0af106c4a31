package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a SET list: {@code a = 1, t.b = ?, (c, d) = (1, 2)}. */
final class Assignments {
    private static final KeywordSet ENDS = WhereRecognizer.ENDS.and(Keyword.WHERE, Keyword.FROM, Keyword.OUTPUT);

    private final Analysis analysis;
    private final Lexer lexer;
    private NameList columns;
    private CellList cells;
    private Target target = Target.UNKNOWN;
    /** The qualifier of each column as written, null entries for none; only filled for multi-table updates. */
    private @Nullable List<@Nullable String> qualifiers;

    Assignments(Analysis analysis, NameList columns, CellList cells) {
        this.analysis = analysis;
        this.lexer = analysis.lexer;
        this.columns = columns;
        this.cells = cells;
    }

    static void read(Analysis analysis, Target target, NameList columns, CellList cells) {
        analysis.level().assignments.readAll(target, columns, cells, null);
    }

    /** The same into the names and cells of the level, which last until more is read; answers the names. */
    static NameList columns(Analysis analysis, Target target) {
        Level level = analysis.level();
        level.names.clear();
        level.cells.clear();
        read(analysis, target, level.names, level.cells);
        return level.names;
    }

    /** The same, keeping each column's qualifier. */
    static List<@Nullable String> readQualified(Analysis analysis, NameList columns, CellList cells) {
        List<@Nullable String> qualifiers = new ArrayList<>(4);
        analysis.level().assignments.readAll(Target.UNKNOWN, columns, cells, qualifiers);
        return qualifiers;
    }

    private void readAll(
            Target written, NameList into, CellList values, @Nullable List<@Nullable String> keptQualifiers) {
        target = written;
        columns = into;
        cells = values;
        qualifiers = keptQualifiers;
        readAll();
    }

    private void readAll() {
        do {
            if (lexer.type == '(') {
                several();
            } else {
                one();
            }
        } while (lexer.accept(','));
    }

    private void one() {
        if (lexer.type == Token.VARIABLE) {
            variable();
            return;
        }
        if (!lexer.isName()) {
            Skip.scanItem(analysis, ENDS);
            return;
        }
        column();
        boolean plain = lexer.accept('=') || isAssign();
        if (plain) {
            cells.add(Values.item(analysis, ENDS));
        } else {
            int start = lexer.start;
            Skip.scanItem(analysis, ENDS);
            cells.add(Cell.expression(start, lexer.previousEnd));
        }
    }

    private boolean isAssignment() {
        return lexer.type == '=' || (lexer.type == Token.OPERATOR && lexer.sql.charAt(lexer.end - 1) == '=');
    }

    /** MySQL's {@code :=}. */
    private boolean isAssign() {
        if (lexer.type != Token.OPERATOR || lexer.sql.charAt(lexer.start) != ':') {
            return false;
        }
        lexer.next();
        return true;
    }

    /** T-SQL's {@code @v = expression} assigns no column, its {@code @v = column = expression} and {@code +=} do. */
    private void variable() {
        lexer.next();
        lexer.accept('=');
        if (lexer.isName()) {
            long mark = lexer.mark();
            boolean column = ColumnName.read(lexer) != null && isAssignment();
            lexer.reset(mark);
            if (column) {
                one();
                return;
            }
        }
        Skip.scanItem(analysis, ENDS);
    }

    /** {@code (a, b) = (1, 2)}, {@code = ROW(1, 2)}, {@code = (SELECT …)}. */
    private void several() {
        lexer.next();
        int first = columns.size();
        do {
            if (lexer.isName()) {
                column();
            } else {
                Skip.scanItem(analysis, ENDS);
            }
        } while (lexer.accept(','));
        lexer.accept(')');
        lexer.accept('=');
        int count = columns.size() - first;
        if (!row(count)) {
            long value = Values.item(analysis, ENDS);
            for (int i = 0; i < count; i++) {
                cells.add(value);
            }
        }
    }

    /** Reads a row of values; false, and nothing read, when none stands here. */
    private boolean row(int count) {
        long mark = lexer.mark();
        int start = lexer.start;
        int before = cells.count;
        lexer.accept(Keyword.ROW);
        Keyword next = lexer.type == '(' ? lexer.peekKeyword() : Keyword.SELECT;
        if (next == Keyword.SELECT || next == Keyword.WITH) {
            lexer.reset(mark);
            return false;
        }
        lexer.next();
        do {
            cells.add(Values.item(analysis, ENDS));
        } while (lexer.accept(','));
        if (!lexer.accept(')') || cells.count - before != count) {
            cells.count = before;
            for (int i = 0; i < count; i++) {
                cells.add(Cell.expression(start, lexer.previousEnd));
            }
        }
        return true;
    }

    /**
     * Reads the assigned column. What stands before a dot is the table where it names it; on PostgreSQL it is otherwise
     * the column, and what follows a field of it.
     */
    private void column() {
        String schema = null;
        String qualifier = null;
        String column = Names.current(lexer);
        lexer.next();
        while (lexer.type == '.') {
            if (isField(schema, qualifier, column)) {
                break;
            }
            lexer.next();
            if (!lexer.isName()) {
                break;
            }
            if (isMethod()) {
                lexer.next();
                Skip.parentheses(lexer);
                break;
            }
            schema = qualifier;
            qualifier = column;
            column = Names.current(lexer);
            lexer.next();
        }
        Names.skipIndirection(lexer);
        columns.add(column);
        if (qualifiers != null) {
            qualifiers.add(schema == null ? qualifier : schema + '.' + qualifier);
        }
    }

    /** Whether what follows the dot is a field of the column just read, not the column of a table just read. */
    private boolean isField(@Nullable String schema, @Nullable String qualifier, String name) {
        if (lexer.dialect != SqlDialect.POSTGRESQL) {
            return false;
        }
        TableName table = target.name();
        String written = table == null || schema != null ? null : table.schema();
        if (qualifier != null) {
            return table == null || !qualifier.equals(written) || !name.equals(table.table());
        }
        if (table != null && name.equals(written) && isTableAhead(table.table())) {
            return false;
        }
        return !target.isNamed(null, name, lexer.dialect) || hasSubscript();
    }

    /** Whether {@code .table.} is ahead. */
    private boolean isTableAhead(String table) {
        long mark = lexer.mark();
        lexer.next();
        boolean ahead = lexer.isName() && Names.current(lexer).equals(table);
        lexer.next();
        ahead &= lexer.type == '.';
        lexer.reset(mark);
        return ahead;
    }

    /** Whether {@code x.y} ahead is followed by more: then x is the column, whatever the alias says. */
    private boolean hasSubscript() {
        long mark = lexer.mark();
        lexer.next();
        lexer.next();
        boolean more = lexer.type == '[' || lexer.type == '.';
        lexer.reset(mark);
        return more;
    }

    /** T-SQL's {@code column.WRITE(…)} and other methods that change a column. */
    private boolean isMethod() {
        return lexer.dialect == SqlDialect.TSQL && lexer.peekType() == '(';
    }
}
