package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/** Reads transaction control, also its two-phase forms, and PREPARE of a statement, which shares their first words. */
final class TransactionRecognizer {
    private TransactionRecognizer() {}

    static StatementKind recognize(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        Keyword first = lexer.keyword;
        lexer.next();
        return switch (first) {
            case BEGIN -> begin(analysis);
            case START -> start(lexer);
            case COMMIT -> commit(analysis);
            case END -> StatementKind.COMMIT;
            case ROLLBACK, ABORT -> rollback(analysis);
            case SAVEPOINT -> named(analysis, StatementKind.SAVEPOINT);
            case RELEASE -> {
                lexer.accept(Keyword.SAVEPOINT);
                yield named(analysis, StatementKind.RELEASE_SAVEPOINT);
            }
            case SAVE -> {
                skipTransaction(lexer);
                yield named(analysis, StatementKind.SAVEPOINT);
            }
            case XA -> xa(analysis);
            default -> prepare(analysis);
        };
    }

    private static boolean skipTransaction(Lexer lexer) {
        return lexer.accept(Keyword.TRANSACTION) || lexer.accept(Keyword.TRAN) || lexer.accept(Keyword.WORK);
    }

    private static StatementKind named(Analysis analysis, StatementKind kind) {
        Lexer lexer = analysis.lexer;
        if (lexer.isName()) {
            analysis.name = Names.current(lexer);
            lexer.next();
        } else if (lexer.type == Token.STRING) {
            analysis.name =
                    Literals.value(lexer.sql.substring(lexer.start, lexer.end), LiteralKind.STRING, lexer.dialect);
            lexer.next();
        }
        return kind;
    }

    /** BEGIN opens a transaction, unless it opens a block of statements. */
    private static StatementKind begin(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        if (lexer.is(Keyword.TRANSACTION) || lexer.is(Keyword.TRAN) || lexer.is(Keyword.WORK)) {
            return StatementKind.BEGIN;
        }
        boolean block = lexer.dialect == SqlDialect.ORACLE
                || lexer.dialect == SqlDialect.TSQL
                || (lexer.dialect == SqlDialect.MYSQL && lexer.is(Keyword.NOT));
        boolean ends = lexer.type == Token.END || lexer.type == ';';
        if (block && (!ends || lexer.dialect == SqlDialect.ORACLE)) {
            Blocks.skipAll(lexer);
            return StatementKind.DO;
        }
        return StatementKind.BEGIN;
    }

    private static StatementKind start(Lexer lexer) {
        return lexer.is(Keyword.TRANSACTION) ? StatementKind.BEGIN : StatementKind.OTHER;
    }

    private static StatementKind commit(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        if (lexer.accept(Keyword.PREPARED)) {
            return named(analysis, StatementKind.COMMIT_PREPARED);
        }
        if (lexer.dialect == SqlDialect.H2 && lexer.accept(Keyword.TRANSACTION)) {
            return named(analysis, StatementKind.COMMIT_PREPARED);
        }
        return StatementKind.COMMIT;
    }

    private static StatementKind rollback(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        if (lexer.accept(Keyword.PREPARED)) {
            return named(analysis, StatementKind.ROLLBACK_PREPARED);
        }
        if (lexer.dialect == SqlDialect.H2 && lexer.accept(Keyword.TRANSACTION)) {
            return named(analysis, StatementKind.ROLLBACK_PREPARED);
        }
        boolean transaction = skipTransaction(lexer);
        if (lexer.accept(Keyword.TO)) {
            lexer.accept(Keyword.SAVEPOINT);
            return named(analysis, StatementKind.ROLLBACK_TO_SAVEPOINT);
        }
        if (transaction && lexer.dialect == SqlDialect.TSQL && (lexer.isName() || lexer.type == Token.VARIABLE)) {
            return rollbackNamed(analysis);
        }
        return StatementKind.ROLLBACK;
    }

    /** T-SQL names a savepoint or the transaction itself the same way; only the server can tell them apart. */
    private static StatementKind rollbackNamed(Analysis analysis) {
        return named(analysis, StatementKind.ROLLBACK_TO_SAVEPOINT);
    }

    private static StatementKind xa(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        Keyword verb = lexer.keyword;
        lexer.next();
        StatementKind kind = switch (verb) {
            case START, BEGIN -> StatementKind.BEGIN;
            case PREPARE -> StatementKind.PREPARE_TRANSACTION;
            case COMMIT -> StatementKind.COMMIT_PREPARED;
            case ROLLBACK -> StatementKind.ROLLBACK_PREPARED;
            default -> StatementKind.OTHER;
        };
        analysis.name = xid(lexer);
        while (lexer.type != Token.END && lexer.type != ';') {
            if (kind == StatementKind.COMMIT_PREPARED && lexer.isWord("ONE")) {
                kind = StatementKind.COMMIT;
            }
            lexer.next();
        }
        return kind;
    }

    /** The parts of a transaction id, {@code 'gtrid', 'bqual', format}, the last two filled up where they are left out. */
    private static @Nullable String xid(Lexer lexer) {
        String[] parts = {null, "", "1"};
        for (int i = 0; i < parts.length && (lexer.type == Token.STRING || lexer.type == Token.NUMBER); i++) {
            parts[i] = lexer.sql.substring(lexer.start, lexer.end);
            if (lexer.type == Token.STRING) {
                parts[i] = Literals.value(parts[i], LiteralKind.STRING, lexer.dialect);
            }
            lexer.next();
            lexer.accept(',');
        }
        return parts[0] == null ? null : String.join(",", parts);
    }

    private static StatementKind prepare(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        boolean standard = lexer.is(Keyword.TRANSACTION) && lexer.peekType() == Token.STRING;
        if (standard || (lexer.is(Keyword.COMMIT) && lexer.dialect == SqlDialect.H2)) {
            lexer.next();
            return named(analysis, StatementKind.PREPARE_TRANSACTION);
        }
        Skip.statement(lexer);
        return StatementKind.PREPARE;
    }
}
