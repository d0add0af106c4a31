package dev.afterimage.jdbc.sql;

/**
 * Passes over what need not be understood, token by token and without recursion. The {@code scan} methods notice
 * statements nested in parentheses on their way and hand them to {@link Nested}.
 */
final class Skip {
    private static final KeywordSet STATEMENT_STARTS = KeywordSet.of(
            Keyword.INSERT,
            Keyword.UPDATE,
            Keyword.DELETE,
            Keyword.MERGE,
            Keyword.TRUNCATE,
            Keyword.EXEC,
            Keyword.EXECUTE,
            Keyword.DECLARE,
            Keyword.CREATE,
            Keyword.ALTER,
            Keyword.DROP,
            Keyword.GRANT,
            Keyword.REVOKE,
            Keyword.PRINT,
            Keyword.IF,
            Keyword.WHILE,
            Keyword.RETURN,
            Keyword.BEGIN,
            Keyword.COMMIT,
            Keyword.ROLLBACK,
            Keyword.SAVE,
            Keyword.SET,
            Keyword.USE,
            Keyword.GO);

    /** What else than keywords ends a scan. */
    private enum Mode {
        CLAUSE,
        /** A comma. */
        ITEM,
        /** {@code &&} and {@code ||}. */
        CONDITION
    }

    private static final KeywordSet NOTHING = KeywordSet.of();
    private static final KeywordSet QUERY = KeywordSet.of(Keyword.SELECT);

    private Skip() {}

    /** From an opening parenthesis to behind its partner; nested statements are not looked for. */
    static void parentheses(Lexer lexer) {
        int depth = 0;
        do {
            if (lexer.type == '(') {
                depth++;
            } else if (lexer.type == ')') {
                depth--;
            }
            lexer.next();
        } while (depth > 0 && lexer.type != Token.END);
    }

    /** From an opening square bracket to behind its partner. */
    static void brackets(Lexer lexer) {
        int depth = 0;
        do {
            if (lexer.type == '[') {
                depth++;
            } else if (lexer.type == ']') {
                depth--;
            }
            lexer.next();
        } while (depth > 0 && lexer.type != Token.END);
    }

    /** To the semicolon that ends the statement, or the end of the text. */
    static void statement(Lexer lexer) {
        int depth = 0;
        while (lexer.type != Token.END && (lexer.type != ';' || depth > 0)) {
            if (lexer.type == '(') {
                depth++;
            } else if (lexer.type == ')' && depth > 0) {
                depth--;
            }
            lexer.next();
        }
    }

    /** To one of {@code stops} outside parentheses, or to where the clause must end. */
    static void scan(Analysis analysis, KeywordSet stops) {
        scan(analysis, stops, Mode.CLAUSE);
    }

    /** The same in a condition, where MySQL's {@code &&} and {@code ||} are connectives like AND and OR. */
    static void scanCondition(Analysis analysis, KeywordSet stops) {
        scan(analysis, stops, analysis.lexer.dialect == SqlDialect.MYSQL ? Mode.CONDITION : Mode.CLAUSE);
    }

    /** To the end of a statement that contains no query outside parentheses; so T-SQL's next one may be a query. */
    static void scanSimple(Analysis analysis) {
        scan(analysis, analysis.lexer.dialect.optionalSemicolons() ? QUERY : NOTHING, Mode.CLAUSE);
    }

    /** To the end of the statement or of the parentheses it stands in. */
    static void scanAll(Analysis analysis) {
        scan(analysis, NOTHING, Mode.CLAUSE);
    }

    /** To a comma or one of {@code stops} outside parentheses, or to where the clause must end. */
    static void scanItem(Analysis analysis, KeywordSet stops) {
        scan(analysis, stops, Mode.ITEM);
    }

    private static void scan(Analysis analysis, KeywordSet stops, Mode mode) {
        Lexer lexer = analysis.lexer;
        int depth = 0;
        int cases = 0;
        Keyword previous = Keyword.NONE;
        while (true) {
            Keyword keyword = lexer.keyword;
            switch (lexer.type) {
                case Token.END -> {
                    return;
                }
                case ';' -> {
                    if (depth == 0) {
                        return;
                    }
                }
                case ',' -> {
                    if (depth == 0 && mode == Mode.ITEM) {
                        return;
                    }
                }
                case Token.AND_SIGN, Token.DOUBLE_BAR -> {
                    if (depth == 0 && cases == 0 && mode == Mode.CONDITION) {
                        return;
                    }
                }
                case '(' -> {
                    depth++;
                    lexer.next();
                    Nested.ifStatement(analysis, previous);
                    previous = Keyword.NONE;
                    continue;
                }
                case '[' -> depth++;
                case ']' -> depth = Math.max(0, depth - 1);
                case ')' -> {
                    if (depth == 0) {
                        return;
                    }
                    depth--;
                }
                case Token.WORD -> {
                    // Behind AS stands a label, which may be any word.
                    if (keyword == Keyword.CASE && previous != Keyword.AS) {
                        cases++;
                    } else if (keyword == Keyword.END && cases > 0) {
                        cases--;
                    } else if (depth == 0 && cases == 0 && ends(lexer, stops, keyword, previous)) {
                        return;
                    }
                }
                default -> {}
            }
            previous = keyword;
            lexer.next();
        }
    }

    /** Whether a query follows with no semicolon before it. */
    static boolean startsQuery(Lexer lexer) {
        return lexer.dialect.optionalSemicolons() && lexer.is(Keyword.SELECT);
    }

    private static boolean ends(Lexer lexer, KeywordSet stops, Keyword keyword, Keyword previous) {
        if (keyword == Keyword.NONE || previous == Keyword.AS) {
            return false;
        }
        return (stops.contains(keyword) && isClause(lexer, keyword, previous)) || startsStatement(lexer, previous);
    }

    /** Whether a keyword that ends clauses does so here; some are also operators or ordinary names. */
    static boolean isClause(Lexer lexer, Keyword keyword, Keyword previous) {
        return switch (keyword) {
            case FROM -> previous != Keyword.DISTINCT;
            case ON -> startsConflict(lexer);
            case OUTPUT -> lexer.dialect == SqlDialect.TSQL;
            case OPTION -> lexer.dialect == SqlDialect.TSQL && lexer.peekType() == '(';
            case RETURN -> lexer.dialect == SqlDialect.ORACLE;
            case RETURNING -> lexer.dialect != SqlDialect.TSQL;
            case ORDER -> lexer.peekKeyword() == Keyword.BY;
            case DELETE -> startsDelete(lexer);
            case LOG -> startsErrorLog(lexer);
            case LIMIT -> lexer.dialect != SqlDialect.ORACLE && lexer.dialect != SqlDialect.TSQL;
            case OFFSET -> lexer.dialect == SqlDialect.POSTGRESQL || lexer.dialect == SqlDialect.H2;
            case WHEN -> {
                Keyword next = lexer.peekKeyword();
                yield next == Keyword.MATCHED || next == Keyword.NOT;
            }
            default -> true;
        };
    }

    /** A DELETE behind common table expressions, or the DELETE WHERE of a MERGE; else a column of that name. */
    private static boolean startsDelete(Lexer lexer) {
        if (lexer.dialect == SqlDialect.POSTGRESQL) {
            return lexer.peekKeyword() == Keyword.FROM;
        }
        int next = lexer.peekType();
        return next == Token.WORD || next == Token.QUOTED || next == '(';
    }

    /** Oracle's {@code LOG ERRORS}. */
    private static boolean startsErrorLog(Lexer lexer) {
        if (lexer.dialect != SqlDialect.ORACLE) {
            return false;
        }
        long here = lexer.mark();
        lexer.next();
        boolean starts = lexer.isWord("ERRORS");
        lexer.reset(here);
        return starts;
    }

    private static boolean startsConflict(Lexer lexer) {
        long here = lexer.mark();
        lexer.next();
        boolean conflict = lexer.is(Keyword.CONFLICT);
        boolean duplicate = lexer.is(Keyword.DUPLICATE);
        lexer.next();
        boolean starts = (conflict && (lexer.type == '(' || lexer.is(Keyword.DO) || lexer.is(Keyword.ON)))
                || (duplicate && lexer.is(Keyword.KEY));
        lexer.reset(here);
        return starts;
    }

    /** Whether a new statement starts here, in a dialect that needs no semicolon between statements. */
    static boolean startsStatement(Lexer lexer, Keyword previous) {
        if (!lexer.dialect.optionalSemicolons() || !STATEMENT_STARTS.contains(lexer.keyword)) {
            return false;
        }
        return switch (lexer.keyword) {
            case UPDATE -> previous != Keyword.FOR && lexer.peekType() != '(';
            case MERGE -> lexer.peekKeyword() != Keyword.JOIN && previous != Keyword.OPTION;
            default -> true;
        };
    }
}
