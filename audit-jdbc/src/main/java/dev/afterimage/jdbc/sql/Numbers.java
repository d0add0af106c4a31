package dev.afterimage.jdbc.sql;

/** Where a numeric literal ends. */
final class Numbers {
    private Numbers() {}

    static int end(String sql, int start) {
        int i = start;
        if (sql.charAt(i) == '0' && i + 1 < sql.length()) {
            char radix = (char) (sql.charAt(i + 1) | 0x20);
            if (radix == 'x' || radix == 'b' || radix == 'o') {
                int digits = hexDigits(sql, i + 2);
                return digits > i + 2 ? digits : i + 1;
            }
        }
        i = digits(sql, i);
        if (i < sql.length() && sql.charAt(i) == '.' && !sql.startsWith("..", i)) {
            i = digits(sql, i + 1);
        }
        return exponent(sql, i);
    }

    private static int exponent(String sql, int from) {
        if (from >= sql.length() || (sql.charAt(from) | 0x20) != 'e') {
            return from;
        }
        int i = from + 1;
        if (i < sql.length() && (sql.charAt(i) == '+' || sql.charAt(i) == '-')) {
            i++;
        }
        int behind = digits(sql, i);
        return behind > i ? behind : from;
    }

    private static int digits(String sql, int from) {
        int i = from;
        while (i < sql.length() && (Characters.isDigit(sql.charAt(i)) || (sql.charAt(i) == '_' && i > from))) {
            i++;
        }
        return i;
    }

    private static int hexDigits(String sql, int from) {
        int i = from;
        while (i < sql.length() && (Character.digit(sql.charAt(i), 16) >= 0 || sql.charAt(i) == '_')) {
            i++;
        }
        return i;
    }
}
