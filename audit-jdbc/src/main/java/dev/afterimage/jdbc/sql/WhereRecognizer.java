package dev.afterimage.jdbc.sql;

import dev.afterimage.jdbc.sql.KeyPredicate.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the WHERE clause of a write for the conjuncts that fix columns. A parenthesised group is looked into as long as
 * only AND connects it to the rest; one OR makes its whole level useless. What is not plainly {@code column = value},
 * {@code column IN (values)} or the same with row values is only passed over.
 */
final class WhereRecognizer {
    /** Groups nested deeper are passed over. */
    private static final int MAX_GROUPS = 16;

    /** Parentheses around one column that are looked through. */
    private static final int MAX_WRAPPING = 4;

    static final KeywordSet ENDS = KeywordSet.of(
            Keyword.RETURNING,
            Keyword.RETURN,
            Keyword.ORDER,
            Keyword.LIMIT,
            Keyword.OFFSET,
            Keyword.FETCH,
            Keyword.OPTION,
            Keyword.LOG,
            Keyword.ON,
            Keyword.WHEN,
            Keyword.SELECT,
            Keyword.DELETE);

    private static final KeywordSet CONNECTIVES = ENDS.and(Keyword.AND, Keyword.OR, Keyword.XOR);

    private static final KeywordSet CONNECTIVES_OR_BETWEEN = CONNECTIVES.and(Keyword.BETWEEN);

    private final Analysis analysis;
    private final Lexer lexer;
    private final CellList values = new CellList();
    private final List<ColumnName> columns = new ArrayList<>(4);
    private KeyConjunct[] conjuncts = new KeyConjunct[4];
    private int count;
    private Target target = Target.UNKNOWN;
    private boolean otherTables;
    private boolean other;
    private int groups;

    WhereRecognizer(Analysis analysis) {
        this.analysis = analysis;
        this.lexer = analysis.lexer;
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
        return analysis.level().where.predicate(target, otherTables);
    }

    private KeyPredicate predicate(Target written, boolean tablesBesides) {
        target = written;
        otherTables = tablesBesides;
        other = false;
        groups = 0;
        count = 0;
        level();
        if (count == 0) {
            return KeyPredicate.UNUSABLE;
        }
        List<KeyConjunct> found = FixedList.copyOf(conjuncts, count);
        truncate(0);
        return new KeyPredicate(other ? Shape.MIXED : Shape.EQUALITIES, found);
    }

    /** Reads conjuncts up to the end of the clause or to the parenthesis that closes the group. */
    private void level() {
        int before = count;
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
        truncate(size);
        other = true;
    }

    private void conjunct() {
        long mark = lexer.mark();
        int before = count;
        if (comparison() && atEnd()) {
            return;
        }
        truncate(before);
        lexer.reset(mark);
        if (lexer.type == '(' && isGroup()) {
            group(before);
        } else {
            passOver();
        }
    }

    private void truncate(int size) {
        Arrays.fill(conjuncts, size, count, null);
        count = size;
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
        } else if (count == before && !otherBefore) {
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
        long mark = lexer.mark();
        ColumnName column = column();
        if (column != null && columnFirst(column)) {
            return true;
        }
        lexer.reset(mark);
        if (lexer.is(Keyword.ROW) && lexer.peekType() == '(') {
            lexer.next();
        }
        if (lexer.type == '(' && rowComparison()) {
            return true;
        }
        lexer.reset(mark);
        return valueFirst();
    }

    private boolean isColumnStart() {
        if (lexer.type == Token.QUOTED) {
            return true;
        }
        return switch (lexer.keyword) {
            case NOT, EXISTS, CASE, NULL, TRUE, FALSE, CAST, SELECT, DEFAULT -> false;
            default -> lexer.type == Token.WORD;
        };
    }

    /** {@code column = value} and {@code column IN (value, …)}. */
    private boolean columnFirst(ColumnName column) {
        if (lexer.accept('=')) {
            long value = Values.operand(lexer);
            return value != Cell.NONE && add(column, false, value);
        }
        return lexer.accept(Keyword.IN) && inList(column);
    }

    /** Reads a column, perhaps in parentheses; null, at any token, when none stands here. */
    private @Nullable ColumnName column() {
        int open = 0;
        while (lexer.type == '(' && open < MAX_WRAPPING) {
            open++;
            lexer.next();
        }
        ColumnName column = isColumnStart() ? ColumnName.read(lexer) : null;
        while (column != null && open > 0) {
            column = lexer.accept(')') ? column : null;
            open--;
        }
        return column;
    }

    /** {@code value = column}. */
    private boolean valueFirst() {
        long value = Values.operand(lexer);
        if (value == Cell.NONE || !lexer.accept('=')) {
            return false;
        }
        ColumnName column = column();
        return column != null && add(column, false, value);
    }

    private boolean inList(ColumnName column) {
        values.clear();
        if (!lexer.accept('(') || !values()) {
            return false;
        }
        return add(column, true, values.toArray());
    }

    /** Reads values up to and with the closing parenthesis; false when one of them is an expression. */
    private boolean values() {
        do {
            long value = Values.operand(lexer);
            if (value == Cell.NONE) {
                return false;
            }
            values.add(value);
        } while (lexer.accept(','));
        return lexer.accept(')');
    }

    /** {@code (a, b) = (1, 2)} and {@code (a, b) IN ((1, 2), (3, 4))}. */
    private boolean rowComparison() {
        lexer.next();
        columns.clear();
        do {
            ColumnName column = column();
            if (column == null) {
                return false;
            }
            columns.add(column);
        } while (lexer.accept(','));
        if (columns.size() < 2 || !lexer.accept(')')) {
            return false;
        }
        if (lexer.accept('=')) {
            return rowEquality();
        }
        return lexer.accept(Keyword.IN) && lexer.accept('(') && rowList();
    }

    private boolean rowEquality() {
        values.clear();
        lexer.accept(Keyword.ROW);
        // Oracle wants the row in parentheses of its own.
        boolean wrapped = lexer.type == '(' && lexer.peekType() == '(' && lexer.dialect == SqlDialect.ORACLE;
        if (wrapped) {
            lexer.next();
        }
        if (!lexer.accept('(') || !values() || values.count != columns.size()) {
            return false;
        }
        if (wrapped && !lexer.accept(')')) {
            return false;
        }
        for (int i = 0; i < values.count; i++) {
            add(columns.get(i), false, values.get(i));
        }
        return true;
    }

    private boolean rowList() {
        values.clear();
        do {
            int before = values.count;
            lexer.accept(Keyword.ROW);
            if (!lexer.accept('(') || !values() || values.count - before != columns.size()) {
                return false;
            }
        } while (lexer.accept(','));
        return lexer.accept(')') && addRows();
    }

    /** Adds one conjunct for the rows. Where their columns are qualified differently, other tables' are left out. */
    private boolean addRows() {
        ColumnName first = columns.get(0);
        List<String> names = new ArrayList<>(columns.size());
        for (ColumnName column : columns) {
            if (!Objects.equals(column.qualifier(), first.qualifier())) {
                return addOwnColumns();
            }
            names.add(column.column());
        }
        add(names, first, true, values.toArray());
        return true;
    }

    private boolean addOwnColumns() {
        int width = columns.size();
        List<String> names = new ArrayList<>(width);
        BitSet own = new BitSet(width);
        ColumnName named = columns.get(0);
        for (int i = 0; i < width; i++) {
            ColumnName column = columns.get(i);
            KeyConjunct.Owner owner = owner(column);
            if (owner != KeyConjunct.Owner.OTHER) {
                // One column that may be another table's makes the whole conjunct uncertain.
                named = names.isEmpty() || owner == KeyConjunct.Owner.UNCERTAIN ? column : named;
                names.add(column.column());
                own.set(i);
            }
        }
        CellList kept = new CellList();
        for (int i = 0; i < values.count; i++) {
            if (own.get(i % width)) {
                kept.add(values.get(i));
            }
        }
        other |= names.size() < width;
        return !names.isEmpty() && add(names, named, true, kept.toArray());
    }

    private boolean add(ColumnName column, boolean list, long... cells) {
        return add(List.of(column.column()), column, list, cells);
    }

    private boolean add(List<String> names, ColumnName named, boolean list, long... cells) {
        if (count == conjuncts.length) {
            conjuncts = Arrays.copyOf(conjuncts, count * 2);
        }
        conjuncts[count++] = new KeyConjunct(
                List.copyOf(names), named.schema(), named.qualifier(), owner(named), list, lexer, cells);
        return true;
    }

    private KeyConjunct.Owner owner(ColumnName column) {
        return target.owns(column.schema(), column.qualifier(), otherTables, lexer.dialect);
    }
}
