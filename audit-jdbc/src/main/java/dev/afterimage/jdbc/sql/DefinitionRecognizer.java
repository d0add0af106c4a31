package dev.afterimage.jdbc.sql;

/** Reads DDL, and the CREATE statements that also fill what they create. */
final class DefinitionRecognizer {
    private DefinitionRecognizer() {}

    /** Whether the statement ahead creates or drops a temporary table, which commits nothing. */
    static boolean createsTemporary(Lexer lexer) {
        if (!lexer.is(Keyword.CREATE) && !lexer.is(Keyword.DROP)) {
            return false;
        }
        Keyword next = lexer.peekKeyword();
        return next == Keyword.TEMPORARY || next == Keyword.TEMP;
    }

    static StatementKind recognize(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        boolean create = lexer.is(Keyword.CREATE);
        boolean alter = lexer.is(Keyword.ALTER);
        lexer.next();
        if (!create) {
            if (alter && isRoutine(lexer)) {
                routine(lexer);
            }
            Skip.statement(lexer);
            return StatementKind.DDL;
        }
        boolean materialized = false;
        while (lexer.type != Token.END && lexer.type != ';' && lexer.type != '(') {
            switch (lexer.keyword) {
                case TABLE -> {
                    return table(analysis, false);
                }
                case VIEW -> {
                    if (materialized) {
                        return table(analysis, true);
                    }
                    Skip.statement(lexer);
                    return StatementKind.DDL;
                }
                case MATERIALIZED -> materialized = true;
                case PROCEDURE, PROC, FUNCTION, TRIGGER, EVENT, PACKAGE, TYPE -> {
                    routine(lexer);
                    return StatementKind.DDL;
                }
                case INDEX, SCHEMA, ON -> {
                    Skip.statement(lexer);
                    return StatementKind.DDL;
                }
                default -> {}
            }
            lexer.next();
        }
        Skip.statement(lexer);
        return StatementKind.DDL;
    }

    private static boolean isRoutine(Lexer lexer) {
        return switch (lexer.keyword) {
            case PROCEDURE, PROC, FUNCTION, TRIGGER, EVENT -> true;
            default -> false;
        };
    }

    /**
     * Passes over a routine. Where bodies are not strings, semicolons stand inside them: the body reaches to the end of
     * the text, on PostgreSQL and H2 only from BEGIN ATOMIC to its END.
     */
    private static void routine(Lexer lexer) {
        switch (lexer.dialect) {
            case MYSQL, ORACLE, TSQL -> {
                while (lexer.type != Token.END) {
                    lexer.next();
                }
            }
            default -> {
                while (lexer.type != Token.END && lexer.type != ';') {
                    if (lexer.type == '(') {
                        Skip.parentheses(lexer);
                    } else if (lexer.is(Keyword.BEGIN) && lexer.peekKeyword() == Keyword.ATOMIC) {
                        Blocks.skip(lexer);
                    } else {
                        lexer.next();
                    }
                }
            }
        }
    }

    private static StatementKind table(Analysis analysis, boolean view) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        if (lexer.is(Keyword.IF) && lexer.peekKeyword() == Keyword.NOT) {
            lexer.next();
            lexer.accept(Keyword.NOT);
            lexer.accept(Keyword.EXISTS);
        }
        TableName name = Names.table(analysis);
        if (!fills(lexer, view)) {
            Skip.statement(lexer);
            return StatementKind.DDL;
        }
        WriteBuilder write = analysis.write(WriteOperation.CREATE_TABLE_AS);
        write.target = new Target(name, null);
        write.rowSource = RowSource.SELECT;
        analysis.add(write);
        Skip.scanAll(analysis);
        return StatementKind.CREATE_TABLE_AS;
    }

    /** Moves to the query that fills the table; false when there is none. */
    private static boolean fills(Lexer lexer, boolean view) {
        while (lexer.type != Token.END && lexer.type != ';') {
            if (lexer.type == '(') {
                if (lexer.peekKeyword() == Keyword.SELECT && lexer.dialect == SqlDialect.MYSQL) {
                    return true;
                }
                Skip.parentheses(lexer);
                continue;
            }
            if (lexer.is(Keyword.AS)) {
                lexer.next();
                if (view || lexer.type == '(' || isQuery(lexer)) {
                    return true;
                }
                continue;
            }
            if (lexer.is(Keyword.SELECT) || (lexer.is(Keyword.WITH) && lexer.dialect == SqlDialect.MYSQL)) {
                return true;
            }
            lexer.next();
        }
        return false;
    }

    private static boolean isQuery(Lexer lexer) {
        return switch (lexer.keyword) {
            case SELECT, WITH, VALUES, TABLE, EXECUTE -> true;
            default -> false;
        };
    }
}
