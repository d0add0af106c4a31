package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/** The names that were read last: the same tables and columns come again and again, and need no new string. */
final class RecentNames {
    /** A power of two. */
    private static final int PLACES = 512;

    /** Longer names are rare; in characters. */
    private static final int LONGEST = 64;

    private final @Nullable String[] written = new String[PLACES];
    private final @Nullable String[] names = new String[PLACES];
    private final @Nullable SqlDialect[] dialects = new SqlDialect[PLACES];

    /** The name that a token stands for. */
    String of(Lexer lexer) {
        int length = lexer.end - lexer.start;
        if (length > LONGEST || !lexer.isName()) {
            return Names.make(lexer.sql.substring(lexer.start, lexer.end), lexer.type, lexer.dialect);
        }
        int place = place(lexer);
        String known = written[place];
        String name = names[place];
        if (known != null
                && name != null
                && dialects[place] == lexer.dialect
                && known.length() == length
                && lexer.sql.startsWith(known, lexer.start)) {
            return name;
        }
        known = lexer.sql.substring(lexer.start, lexer.end);
        name = Names.make(known, lexer.type, lexer.dialect);
        written[place] = known;
        names[place] = name;
        dialects[place] = lexer.dialect;
        return name;
    }

    private static int place(Lexer lexer) {
        if (lexer.type == Token.WORD) {
            return (int) (lexer.spelling >>> 55);
        }
        int hash = 0;
        for (int i = lexer.start; i < lexer.end; i++) {
            hash = hash * 31 + lexer.sql.charAt(i);
        }
        return (hash * 0x9E3779B9) >>> 23;
    }
}
