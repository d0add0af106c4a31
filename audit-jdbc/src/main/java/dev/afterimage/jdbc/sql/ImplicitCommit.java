package dev.afterimage.jdbc.sql;

/** Which statements end the open transaction although they are no COMMIT. */
final class ImplicitCommit {
    private static final String[] MYSQL_UTILITIES = {
        "LOCK",
        "FLUSH",
        "ANALYZE",
        "OPTIMIZE",
        "REPAIR",
        "CHECK",
        "CACHE",
        "RESET",
        "CHANGE",
        "START",
        "STOP",
        "INSTALL",
        "UNINSTALL",
        "UNLOCK"
    };

    private ImplicitCommit() {}

    static boolean of(StatementKind kind, Lexer lexer, int start) {
        return switch (lexer.dialect) {
            case MYSQL ->
                switch (kind) {
                    case DDL, TRUNCATE, CREATE_TABLE_AS, AUTOCOMMIT_ON -> true;
                    // XA START is refused while a transaction is open.
                    case BEGIN -> !lexer.sql.regionMatches(true, start, "XA", 0, 2);
                    case OTHER -> isUtility(lexer.sql, start);
                    default -> false;
                };
            case H2, ORACLE ->
                kind == StatementKind.DDL
                        || kind == StatementKind.TRUNCATE
                        || kind == StatementKind.CREATE_TABLE_AS
                        || kind == StatementKind.AUTOCOMMIT_ON;
            default -> kind == StatementKind.AUTOCOMMIT_ON;
        };
    }

    private static boolean isUtility(String sql, int start) {
        for (String word : MYSQL_UTILITIES) {
            if (sql.regionMatches(true, start, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
