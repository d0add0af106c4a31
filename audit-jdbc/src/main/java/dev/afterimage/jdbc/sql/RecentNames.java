package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/** The short names that were read last: the same tables and columns come again and again, and need no new string. */
final class RecentNames {
    private static final int PLACE_BITS = 9;

    private final long[] heads = new long[1 << PLACE_BITS];
    private final long[] tails = new long[1 << PLACE_BITS];
    private final @Nullable String[] names = new String[1 << PLACE_BITS];

    /** The name that a token stands for. */
    @SuppressWarnings("EnumOrdinal") // Never stored: it fills the byte that a short word leaves.
    String of(Lexer lexer) {
        if (!lexer.isShortWord()) {
            return make(lexer);
        }
        long head = lexer.head;
        long tail = lexer.tail | (long) lexer.dialect.ordinal() << 56;
        int place = (int) (Keyword.mix(head, tail) >>> (Long.SIZE - PLACE_BITS));
        String name = names[place];
        if (name == null || heads[place] != head || tails[place] != tail) {
            name = make(lexer);
            heads[place] = head;
            tails[place] = tail;
            names[place] = name;
        }
        return name;
    }

    private static String make(Lexer lexer) {
        return Names.make(lexer.sql.substring(lexer.start, lexer.end), lexer.type, lexer.dialect);
    }
}
