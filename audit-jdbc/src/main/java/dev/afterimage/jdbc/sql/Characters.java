package dev.afterimage.jdbc.sql;

/** Character classes of SQL text. */
final class Characters {
    /** PostgreSQL has no longer operators; the bound keeps a run of signs, read one by one, from costing its square. */
    private static final int LONGEST_OPERATOR = 63;

    private Characters() {}

    static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\u3000' || c == '\ufeff';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isNameStart(char c) {
        char lower = (char) (c | 0x20);
        if (c >= 0x80) {
            return !isBlank(c);
        }
        return (lower >= 'a' && lower <= 'z') || c == '_';
    }

    static boolean isNamePart(char c, SqlDialect dialect) {
        if (isNameStart(c) || isDigit(c) || c == '$') {
            return true;
        }
        return switch (dialect) {
            case TSQL -> c == '#' || c == '@';
            case ORACLE, H2 -> c == '#';
            default -> false;
        };
    }

    /** The index behind the name characters that start at {@code from}; {@code from} when there are none. */
    static int nameEnd(String sql, int from, SqlDialect dialect) {
        int i = from;
        while (i < sql.length() && isNamePart(sql.charAt(i), dialect)) {
            i++;
        }
        return i;
    }

    static boolean isOperator(char c) {
        return "+-*/<>=~!@#%^&|`".indexOf(c) >= 0;
    }

    /**
     * The end of the PostgreSQL operator at {@code from}: the longest run of operator characters that no comment
     * interrupts, less trailing signs unless a character stands in it that standard operators do not use.
     */
    static int postgresOperatorEnd(String sql, int from) {
        int i = from;
        boolean special = false;
        int limit = Math.min(sql.length(), from + LONGEST_OPERATOR);
        while (i < limit && isOperator(sql.charAt(i)) && !startsComment(sql, i)) {
            special |= "~!@#%^&|`".indexOf(sql.charAt(i)) >= 0;
            i++;
        }
        while (!special && i > from + 1 && (sql.charAt(i - 1) == '+' || sql.charAt(i - 1) == '-')) {
            i--;
        }
        return Math.max(i, from + 1);
    }

    private static boolean startsComment(String sql, int i) {
        return sql.startsWith("--", i) || sql.startsWith("/*", i);
    }
}
