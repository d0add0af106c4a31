package dev.afterimage.jdbc.sql;

import dev.afterimage.jdbc.sql.KeyPredicate.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads the WHERE clause of a write for the conjuncts that fix columns. A parenthesised group is looked into as long as
 * only AND connects it to the rest; one OR makes its whole level useless. What is not plainly {@code column = value},
 * {@code column IN (values)} or the same with row values is only passed over.
 */
final class WhereRecognizer {
    /** Groups nested deeper are passed over. */
    private static final int MAX_GROUPS = 16;

    static final KeywordSet ENDS = KeywordSet.of(
            Keyword.RETURNING,
            Keyword.RETURN,
            Keyword.ORDER,
            Keyword.LIMIT,
            Keyword.OFFSET,
            Keyword.FETCH,
            Keyword.GROUP,
            Keyword.HAVING,
            Keyword.OPTION,
            Keyword.WINDOW,
            Keyword.UNION,
            Keyword.INTERSECT,
            Keyword.EXCEPT,
            Keyword.ON,
            Keyword.WHEN,
            Keyword.DELETE);

    private static final KeywordSet CONNECTIVES = ENDS.and(Keyword.AND, Keyword.OR, Keyword.XOR);

    private static final KeywordSet CONNECTIVES_OR_BETWEEN = CONNECTIVES.and(Keyword.BETWEEN);

    private final Analysis analysis;
    private final Lexer lexer;
    private final Target target;
    private final boolean otherTables;
    private final List<KeyConjunct> conjuncts = new ArrayList<>(4);
    private boolean other;
    private int groups;

    private WhereRecognizer(Analysis analysis, Target target, boolean otherTables) {
        this.analysis = analysis;
        this.lexer = analysis.lexer;
        this.target = target;
        this.otherTables = otherTables;
    }

    /** Reads the clause if the current token is WHERE. */
    static KeyPredicate recognize(Analysis analysis, Target target, boolean otherTables) {
        Lexer lexer = analysis.lexer;
        if (!lexer.accept(Keyword.WHERE)) {
            return KeyPredicate.ABSENT;
        }
        if (lexer.is(Keyword.CURRENT) && lexer.peekKeyword() == Keyword.OF) {
            lexer.next();
            lexer.next();
            lexer.next();
            return KeyPredicate.CURSOR;
        }
        return new WhereRecognizer(analysis, target, otherTables).predicate();
    }

    private KeyPredicate predicate() {
        level();
        if (conjuncts.isEmpty()) {
            return KeyPredicate.UNUSABLE;
        }
        List<KeyConjunct> found = conjuncts.size() == 1 ? List.of(conjuncts.get(0)) : List.copyOf(conjuncts);
        return new KeyPredicate(other ? Shape.MIXED : Shape.EQUALITIES, found);
    }

    /** Reads conjuncts up to the end of the clause or to the parenthesis that closes the group. */
    private void level() {
        int before = conjuncts.size();
        while (true) {
            conjunct();
            if (lexer.is(Keyword.AND) || lexer.type == Token.AND_SIGN) {
                lexer.next();
            } else if (isOr()) {
                discard(before);
                Skip.scan(analysis, ENDS);
                return;
            } else {
                return;
            }
        }
    }

    private boolean isOr() {
        return lexer.is(Keyword.OR)
                || lexer.is(Keyword.XOR)
                || (lexer.type == Token.DOUBLE_BAR && lexer.dialect == SqlDialect.MYSQL);
    }

    private void discard(int size) {
        conjuncts.subList(size, conjuncts.size()).clear();
        other = true;
    }

    private void conjunct() {
        long mark = lexer.mark();
        int before = conjuncts.size();
        if (comparison() && atEnd()) {
            return;
        }
        discardUnread(before);
        lexer.reset(mark);
        if (lexer.type == '(' && isGroup()) {
            group(before);
        } else {
            passOver();
        }
    }

    private void discardUnread(int size) {
        while (conjuncts.size() > size) {
            conjuncts.remove(conjuncts.size() - 1);
        }
    }

    /** Whether the parenthesis opens a condition, not a query; what else it may open turns out later. */
    private boolean isGroup() {
        if (groups >= MAX_GROUPS) {
            return false;
        }
        Keyword next = lexer.peekKeyword();
        return next != Keyword.SELECT && next != Keyword.WITH && next != Keyword.VALUES;
    }

    private void group(int before) {
        boolean otherBefore = other;
        lexer.next();
        groups++;
        level();
        groups--;
        if (lexer.type != ')') {
            discard(before);
            passOver();
            return;
        }
        lexer.next();
        if (!atEnd()) {
            discard(before);
            passOver();
        } else if (conjuncts.size() == before && !otherBefore) {
            other = true;
        }
    }

    private boolean atEnd() {
        return switch (lexer.type) {
            case ')', ';', Token.END, Token.AND_SIGN -> true;
            case Token.DOUBLE_BAR -> lexer.dialect == SqlDialect.MYSQL;
            case Token.WORD -> CONNECTIVES.contains(lexer.keyword) || Skip.startsStatement(lexer, Keyword.NONE);
            default -> false;
        };
    }

    /** Passes over one conjunct that fixes nothing; the AND of a BETWEEN is part of it. */
    private void passOver() {
        other = true;
        while (true) {
            boolean between = skipToConnective();
            if (!between || !lexer.is(Keyword.AND)) {
                return;
            }
            lexer.next();
        }
    }

    /** Moves to the next connective or end; true when a BETWEEN stands on the way, whose AND is no connective. */
    private boolean skipToConnective() {
        Skip.scanCondition(analysis, CONNECTIVES_OR_BETWEEN);
        if (!lexer.accept(Keyword.BETWEEN)) {
            return false;
        }
        Skip.scanCondition(analysis, CONNECTIVES);
        return true;
    }

    /** Reads one comparison that fixes columns; false, at any token, when there is none. */
    private boolean comparison() {
        if (lexer.type == '(' && lexer.peekType() != Token.NUMBER) {
            return rowComparison();
        }
        return isColumnStart() ? columnFirst() : valueFirst();
    }

    private boolean isColumnStart() {
        if (lexer.type == Token.QUOTED) {
            return true;
        }
        return switch (lexer.keyword) {
            case NOT, EXISTS, CASE, NULL, TRUE, FALSE, CAST, SELECT -> false;
            default -> lexer.type == Token.WORD;
        };
    }

    /** {@code column = value} and {@code column IN (value, …)}. */
    private boolean columnFirst() {
        ColumnName column = ColumnName.read(lexer);
        if (column == null) {
            return false;
        }
        if (lexer.accept('=')) {
            long value = Values.operand(lexer);
            return value != Cell.NONE && add(column, false, value);
        }
        return lexer.accept(Keyword.IN) && inList(column);
    }

    /** {@code value = column}. */
    private boolean valueFirst() {
        long value = Values.operand(lexer);
        if (value == Cell.NONE || !lexer.accept('=')) {
            return false;
        }
        ColumnName column = isColumnStart() ? ColumnName.read(lexer) : null;
        return column != null && add(column, false, value);
    }

    private boolean inList(ColumnName column) {
        CellList values = new CellList();
        if (!lexer.accept('(') || !values(values)) {
            return false;
        }
        return add(column, true, values.toArray());
    }

    /** Reads values up to and with the closing parenthesis; false when one of them is an expression. */
    private boolean values(CellList values) {
        do {
            long value = Values.operand(lexer);
            if (value == Cell.NONE) {
                return false;
            }
            values.add(value);
        } while (lexer.accept(','));
        return lexer.accept(')');
    }

    /** {@code (a, b) = (1, 2)} and {@code (a, b) IN ((1, 2), (3, 4))}; a single column may be wrapped, too. */
    private boolean rowComparison() {
        lexer.next();
        ColumnName first = isColumnStart() ? ColumnName.read(lexer) : null;
        if (first == null) {
            return false;
        }
        if (lexer.accept(')')) {
            return wrappedColumn(first);
        }
        List<ColumnName> columns = new ArrayList<>(4);
        columns.add(first);
        while (lexer.accept(',')) {
            ColumnName column = isColumnStart() ? ColumnName.read(lexer) : null;
            if (column == null) {
                return false;
            }
            columns.add(column);
        }
        if (columns.size() < 2 || !lexer.accept(')')) {
            return false;
        }
        if (lexer.accept('=')) {
            return rowEquality(columns);
        }
        return lexer.accept(Keyword.IN) && lexer.accept('(') && rowList(columns);
    }

    private boolean wrappedColumn(ColumnName column) {
        if (lexer.accept('=')) {
            long value = Values.operand(lexer);
            return value != Cell.NONE && add(column, false, value);
        }
        return lexer.accept(Keyword.IN) && inList(column);
    }

    private boolean rowEquality(List<ColumnName> columns) {
        CellList values = new CellList();
        lexer.accept(Keyword.ROW);
        if (!lexer.accept('(') || !values(values) || values.count != columns.size()) {
            return false;
        }
        long[] cells = values.toArray();
        for (int i = 0; i < cells.length; i++) {
            add(columns.get(i), false, cells[i]);
        }
        return true;
    }

    private boolean rowList(List<ColumnName> columns) {
        CellList values = new CellList();
        do {
            int before = values.count;
            lexer.accept(Keyword.ROW);
            if (!lexer.accept('(') || !values(values) || values.count - before != columns.size()) {
                return false;
            }
        } while (lexer.accept(','));
        return lexer.accept(')') && addRows(columns, values.toArray());
    }

    private boolean addRows(List<ColumnName> columns, long[] values) {
        ColumnName first = columns.get(0);
        String[] names = new String[columns.size()];
        for (int i = 0; i < names.length; i++) {
            ColumnName column = columns.get(i);
            if (!Objects.equals(column.qualifier(), first.qualifier())) {
                return false;
            }
            names[i] = column.column();
        }
        KeyConjunct.Owner owner = target.owns(first.schema(), first.qualifier(), otherTables, lexer.dialect);
        conjuncts.add(new KeyConjunct(List.of(names), first.schema(), first.qualifier(), owner, true, lexer, values));
        return true;
    }

    private boolean add(ColumnName column, boolean list, long... values) {
        KeyConjunct.Owner owner = target.owns(column.schema(), column.qualifier(), otherTables, lexer.dialect);
        conjuncts.add(new KeyConjunct(
                List.of(column.column()), column.schema(), column.qualifier(), owner, list, lexer, values));
        return true;
    }
}
