package dev.afterimage.jdbc.sql;

/** Reads calls, blocks, EXECUTE, EXPLAIN, SET, and everything that changes no table. */
final class UtilityRecognizer {
    /** First words of statements that change no table and have no keyword of their own. */
    private static final String[] HARMLESS = {
        "VACUUM",
        "DISCARD",
        "LISTEN",
        "NOTIFY",
        "UNLISTEN",
        "CHECKPOINT",
        "RESET",
        "CLOSE",
        "MOVE",
        "UNLOCK",
        "KILL",
        "CHECK",
        "CHECKSUM",
        "HELP",
        "HANDLER",
        "CACHE",
        "CHANGE",
        "PURGE",
        "STOP",
        "SHUTDOWN",
        "RESTART",
        "INSTALL",
        "UNINSTALL",
        "SIGNAL",
        "RESIGNAL",
        "BINLOG",
        "SCRIPT",
        "BACKUP",
        "OPEN",
        "WAITFOR",
        "RAISERROR",
        "THROW",
        "DBCC",
        "SETUSER"
    };

    /** A declared cursor reads on to its query; any other query behind a declaration is the next statement. */
    private static final KeywordSet CURSOR = KeywordSet.of(Keyword.FOR, Keyword.SELECT);

    private UtilityRecognizer() {}

    static StatementKind recognize(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        return switch (lexer.keyword) {
            case CALL -> rest(analysis, StatementKind.CALL);
            case EXEC -> call(analysis);
            case EXECUTE -> lexer.dialect == SqlDialect.TSQL ? call(analysis) : rest(analysis, StatementKind.EXECUTE);
            case DO -> block(analysis);
            case DECLARE -> declare(analysis);
            case IF, WHILE -> {
                Blocks.skipAll(lexer);
                yield StatementKind.DO;
            }
            case EXPLAIN, DESCRIBE, DESC -> ExplainRecognizer.recognize(analysis);
            case ANALYZE -> ExplainRecognizer.analyze(analysis);
            case SET -> set(analysis);
            case SHOW, USE, LOCK, FLUSH, OPTIMIZE, REPAIR, FETCH, PRINT, GO, RETURN ->
                rest(analysis, StatementKind.OTHER);
            default -> named(analysis);
        };
    }

    private static StatementKind named(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        if (lexer.isWord("DEALLOCATE")) {
            return rest(analysis, StatementKind.DEALLOCATE);
        }
        if (lexer.isWord("CLUSTER") || lexer.isWord("REASSIGN") || lexer.isWord("IMPORT")) {
            return rest(analysis, StatementKind.DDL);
        }
        if (lexer.type != Token.WORD) {
            return rest(analysis, StatementKind.UNKNOWN);
        }
        for (String word : HARMLESS) {
            if (lexer.isWord(word)) {
                return rest(analysis, StatementKind.OTHER);
            }
        }
        return rest(analysis, StatementKind.UNKNOWN);
    }

    private static StatementKind rest(Analysis analysis, StatementKind kind) {
        analysis.lexer.next();
        if (analysis.lexer.dialect.optionalSemicolons()) {
            Skip.scanSimple(analysis);
        } else {
            Skip.statement(analysis.lexer);
        }
        return kind;
    }

    private static StatementKind call(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        Skip.scanSimple(analysis);
        return StatementKind.CALL;
    }

    /** The JDBC escapes <code>{call p}</code> and <code>{? = call f}</code>. */
    static StatementKind jdbcCall(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        if (lexer.accept(Token.PARAMETER)) {
            lexer.accept('=');
        }
        StatementKind kind = lexer.is(Keyword.CALL) ? StatementKind.CALL : StatementKind.UNKNOWN;
        Skip.statement(lexer);
        return kind;
    }

    /** PostgreSQL's DO runs a block; MySQL's evaluates an expression. */
    private static StatementKind block(Analysis analysis) {
        boolean expression = analysis.lexer.dialect == SqlDialect.MYSQL;
        return rest(analysis, expression ? StatementKind.OTHER : StatementKind.DO);
    }

    /** PostgreSQL declares a cursor; elsewhere a declaration opens a block, or stands before statements of a batch. */
    private static StatementKind declare(Analysis analysis) {
        if (analysis.lexer.dialect == SqlDialect.POSTGRESQL) {
            return rest(analysis, StatementKind.OTHER);
        }
        if (analysis.lexer.dialect == SqlDialect.TSQL) {
            analysis.lexer.next();
            Skip.scan(analysis, CURSOR);
            if (analysis.lexer.is(Keyword.FOR)) {
                Skip.scanAll(analysis);
            }
            return StatementKind.OTHER;
        }
        Blocks.skipAll(analysis.lexer);
        return StatementKind.DO;
    }

    private static StatementKind set(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        StatementKind kind = StatementKind.SET;
        if (lexer.dialect == SqlDialect.TSQL) {
            Skip.scanSimple(analysis);
            return kind;
        }
        while (lexer.type != Token.END && lexer.type != ';') {
            boolean autocommit = lexer.isWord("AUTOCOMMIT") || isSystemVariable(lexer);
            lexer.next();
            if (autocommit) {
                kind = autocommit(lexer);
            }
        }
        return kind;
    }

    private static boolean isSystemVariable(Lexer lexer) {
        int name = lexer.end - "autocommit".length();
        return lexer.type == Token.VARIABLE
                && name > lexer.start
                && lexer.sql.regionMatches(true, name, "autocommit", 0, "autocommit".length())
                && lexer.sql.charAt(name - 1) == '@';
    }

    private static StatementKind autocommit(Lexer lexer) {
        lexer.accept('=');
        boolean off = lexer.is(Keyword.FALSE)
                || lexer.isWord("OFF")
                || (lexer.type == Token.NUMBER && lexer.sql.charAt(lexer.start) == '0');
        return off ? StatementKind.AUTOCOMMIT_OFF : StatementKind.AUTOCOMMIT_ON;
    }
}
