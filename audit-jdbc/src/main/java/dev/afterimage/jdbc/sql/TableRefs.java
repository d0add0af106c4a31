package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tables of a FROM clause, a USING clause or MySQL's multi-table list. */
final class TableRefs {
    /** What ends a list of tables at its own level. */
    private static final KeywordSet ENDS =
            WhereRecognizer.ENDS.and(Keyword.SET, Keyword.WHERE, Keyword.FROM, Keyword.OUTPUT);

    private static final KeywordSet JOINS = KeywordSet.of(
            Keyword.JOIN,
            Keyword.INNER,
            Keyword.LEFT,
            Keyword.RIGHT,
            Keyword.FULL,
            Keyword.CROSS,
            Keyword.NATURAL,
            Keyword.OUTER,
            Keyword.STRAIGHT_JOIN);

    private static final KeywordSet NO_ALIAS = ENDS.and(
            Keyword.JOIN,
            Keyword.INNER,
            Keyword.LEFT,
            Keyword.RIGHT,
            Keyword.FULL,
            Keyword.CROSS,
            Keyword.NATURAL,
            Keyword.OUTER,
            Keyword.STRAIGHT_JOIN,
            Keyword.USING,
            Keyword.USE,
            Keyword.IGNORE,
            Keyword.FORCE,
            Keyword.PARTITION,
            Keyword.WITH,
            Keyword.FOR,
            Keyword.VALUES,
            Keyword.VALUE,
            Keyword.SELECT,
            Keyword.DEFAULT,
            Keyword.OVERRIDING,
            Keyword.TABLE,
            Keyword.KEY,
            Keyword.INTO,
            Keyword.ELSE,
            Keyword.EXEC,
            Keyword.EXECUTE);

    private final Analysis analysis;
    private final Lexer lexer;
    private final List<Target> found = new ArrayList<>(4);

    TableRefs(Analysis analysis) {
        this.analysis = analysis;
        this.lexer = analysis.lexer;
    }

    /** Reads the list up to SET, WHERE or another keyword that ends it; it lasts until the next is read. */
    static List<Target> read(Analysis analysis) {
        TableRefs refs = analysis.level().tables;
        refs.found.clear();
        refs.readAll();
        return refs.found;
    }

    /** Reads the written table of an UPDATE, DELETE or MERGE, which may be a query in parentheses. */
    static Target target(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        boolean only = isOnly(lexer);
        if (only) {
            lexer.next();
        }
        if (lexer.is(Keyword.TABLE) && lexer.peekType() == '(') {
            lexer.next();
        }
        boolean wrapped = lexer.type == '(' && isName(lexer);
        if (lexer.type == '(' && !wrapped) {
            Skip.parentheses(lexer);
            return new Target(null, alias(lexer));
        }
        if (wrapped) {
            lexer.next();
        }
        TableName name = written(analysis);
        if (wrapped) {
            lexer.accept(')');
        }
        return new Target(name, alias(lexer));
    }

    /** Reads the name of a written table; null when T-SQL writes through a function instead. */
    static @Nullable TableName written(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        boolean remote = lexer.isWord("OPENQUERY") || lexer.isWord("OPENROWSET") || lexer.isWord("OPENDATASOURCE");
        TableName name = Names.table(analysis);
        if (!remote || lexer.type != '(') {
            return name;
        }
        Skip.parentheses(lexer);
        return null;
    }

    /** Whether the current token is the ONLY that stands before a table, not a table of that name. */
    static boolean isOnly(Lexer lexer) {
        if (!lexer.is(Keyword.ONLY)) {
            return false;
        }
        return switch (lexer.dialect) {
            case POSTGRESQL, ANSI -> {
                int next = lexer.peekType();
                yield next == '(' || next == Token.QUOTED || (next == Token.WORD && lexer.peekKeyword() != Keyword.SET);
            }
            case ORACLE -> lexer.peekType() == '(';
            case MYSQL, H2, TSQL -> false;
        };
    }

    /** Whether the parenthesis opens around a name, not around a query. */
    private static boolean isName(Lexer lexer) {
        long mark = lexer.mark();
        lexer.next();
        boolean name = lexer.isName() && !lexer.is(Keyword.SELECT) && !lexer.is(Keyword.WITH);
        lexer.reset(mark);
        return name;
    }

    /** Reads what may stand between a table's name and its alias, then the alias. */
    static @Nullable String alias(Lexer lexer) {
        skipDecoration(lexer);
        boolean as = lexer.accept(Keyword.AS);
        boolean alias = lexer.type == Token.QUOTED
                || (lexer.type == Token.WORD && (as || !NO_ALIAS.contains(lexer.keyword) || isOrdinary(lexer)));
        if (!alias || (!as && Skip.startsStatement(lexer, Keyword.NONE))) {
            return null;
        }
        String name = Names.current(lexer);
        lexer.next();
        skipDecoration(lexer);
        return name;
    }

    /** A keyword of another dialect is an ordinary name. */
    private static boolean isOrdinary(Lexer lexer) {
        return switch (lexer.keyword) {
            case OUTPUT, OPTION, LIMIT, OFFSET, LOG -> !Skip.isClause(lexer, lexer.keyword, Keyword.NONE);
            case VALUE -> lexer.dialect != SqlDialect.MYSQL || lexer.peekType() != '(';
            case KEY -> lexer.dialect != SqlDialect.H2 || lexer.peekType() != '(';
            case FULL -> lexer.dialect == SqlDialect.MYSQL;
            case DELETE, RETURN, PARTITION, FORCE, USE, IGNORE, EXEC, EXECUTE -> lexer.dialect == SqlDialect.POSTGRESQL;
            default -> false;
        };
    }

    private static void skipDecoration(Lexer lexer) {
        while (true) {
            switch (lexer.keyword) {
                case PARTITION -> {
                    if (lexer.dialect == SqlDialect.POSTGRESQL) {
                        return;
                    }
                    lexer.next();
                    lexer.accept(Keyword.FOR);
                }
                case USE, IGNORE, FORCE -> {
                    if (lexer.dialect != SqlDialect.MYSQL) {
                        return;
                    }
                    skipIndexHint(lexer);
                }
                case WITH -> {
                    if (lexer.dialect != SqlDialect.TSQL || lexer.peekType() != '(') {
                        return;
                    }
                    lexer.next();
                }
                default -> {
                    boolean subpartition = lexer.dialect == SqlDialect.ORACLE && lexer.isWord("SUBPARTITION");
                    if (lexer.type != '*' && !subpartition) {
                        return;
                    }
                    lexer.next();
                    if (!subpartition) {
                        continue;
                    }
                    lexer.accept(Keyword.FOR);
                }
            }
            if (lexer.type == '(') {
                Skip.parentheses(lexer);
            } else {
                return;
            }
        }
    }

    private static void skipIndexHint(Lexer lexer) {
        while (lexer.type == Token.WORD && !lexer.is(Keyword.SET) && !lexer.is(Keyword.WHERE)) {
            lexer.next();
        }
    }

    private void readAll() {
        int depth = 0;
        boolean expected = true;
        while (lexer.type != Token.END && lexer.type != ';') {
            if (lexer.type == ')') {
                if (depth == 0) {
                    return;
                }
                depth--;
                lexer.next();
                expected = false;
            } else if (lexer.type == ',') {
                lexer.next();
                expected = true;
            } else if (lexer.type == '(') {
                if (expected && !isQuery()) {
                    depth++;
                    lexer.next();
                } else {
                    derived();
                    expected = false;
                }
            } else if (depth == 0 && isEnd()) {
                return;
            } else if (isJoin()) {
                lexer.next();
                expected = true;
            } else if (expected && isTable()) {
                table();
                expected = false;
            } else {
                lexer.next();
            }
        }
    }

    private boolean isEnd() {
        if (lexer.is(Keyword.ON)) {
            return false;
        }
        return (ENDS.contains(lexer.keyword) && !isOrdinary(lexer)) || Skip.startsStatement(lexer, Keyword.NONE);
    }

    private boolean isJoin() {
        return JOINS.contains(lexer.keyword) && !isOrdinary(lexer) && lexer.peekType() != '(';
    }

    private boolean isQuery() {
        Keyword next = lexer.peekKeyword();
        return next == Keyword.SELECT || next == Keyword.WITH || next == Keyword.VALUES || next == Keyword.TABLE;
    }

    private boolean isTable() {
        return (lexer.isName() || lexer.type == Token.VARIABLE) && !isOnly(lexer) && !lexer.is(Keyword.LATERAL);
    }

    /** A subquery, or the arguments of a function, with its alias. */
    private void derived() {
        lexer.next();
        Nested.ifStatement(analysis, Keyword.FROM);
        Skip.scanAll(analysis);
        lexer.accept(')');
        String alias = alias(lexer);
        if (alias != null) {
            found.add(new Target(null, alias));
        }
    }

    private void table() {
        TableName name = Names.table(analysis);
        if (lexer.type == '(' && lexer.dialect != SqlDialect.TSQL) {
            derived();
            return;
        }
        found.add(new Target(name, alias(lexer)));
    }
}
