package dev.afterimage.jdbc.sql;

/** Undoes backslash escapes, MySQL's and those of PostgreSQL's {@code E''}. */
final class Escapes {
    private Escapes() {}

    static String undo(String body, char quote, SqlDialect dialect) {
        StringBuilder value = new StringBuilder(body.length());
        int i = 0;
        while (i < body.length()) {
            char c = body.charAt(i);
            if (c == quote) {
                value.append(c);
                i += body.startsWith(String.valueOf(quote), i + 1) ? 2 : 1;
            } else if (c != '\\' || i + 1 >= body.length()) {
                value.append(c);
                i++;
            } else {
                i = escape(body, i + 1, value, dialect);
            }
        }
        return value.toString();
    }

    /** Appends what the escape whose letter is at {@code i} means; answers the index behind it. */
    private static int escape(String body, int i, StringBuilder value, SqlDialect dialect) {
        char c = body.charAt(i);
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            default -> {
                return dialect == SqlDialect.MYSQL ? mysql(body, i, value) : postgres(body, i, value);
            }
        }
        return i + 1;
    }

    private static int mysql(String body, int i, StringBuilder value) {
        char c = body.charAt(i);
        switch (c) {
            case '0' -> value.append('\0');
            case 'Z' -> value.append('\u001a');
            case '%', '_' -> value.append('\\').append(c);
            default -> value.append(c);
        }
        return i + 1;
    }

    private static int postgres(String body, int i, StringBuilder value) {
        char c = body.charAt(i);
        if (c == 'f') {
            value.append('\f');
            return i + 1;
        }
        if (c == 'u' || c == 'U') {
            int width = c == 'u' ? 4 : 8;
            int codePoint = number(body, i + 1, width, 16);
            if (Character.isValidCodePoint(codePoint)) {
                value.appendCodePoint(codePoint);
                return i + 1 + width;
            }
        }
        int from = c == 'x' ? i + 1 : i;
        int radix = c == 'x' ? 16 : 8;
        int width = 0;
        while (width < (c == 'x' ? 2 : 3)
                && from + width < body.length()
                && Character.digit(body.charAt(from + width), radix) >= 0) {
            width++;
        }
        if (width > 0) {
            value.append((char) (number(body, from, width, radix) & 0xff));
            return from + width;
        }
        value.append(c);
        return i + 1;
    }

    /** The number of {@code width} digits at {@code from}; -1 when they are not all there. */
    static int number(String body, int from, int width, int radix) {
        if (from + width > body.length()) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < from + width; i++) {
            int digit = Character.digit(body.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }
}
