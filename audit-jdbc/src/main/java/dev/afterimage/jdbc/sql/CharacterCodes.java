package dev.afterimage.jdbc.sql;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What each character of a text is under the rules of a dialect, one byte for each, so that eight are looked at in one
 * step. Behind the last one stands {@link #END}.
 *
 * <pre>
 *  1 1 u l l l l l   starts a name; u: upper case; the letter: a to z are 1 to 26, the underscore 27, others 0
 *  1 0 0 x x x x x   goes on with a name: a digit is 0 to 9, $ is 10, the dialect's other sign 11
 *  0 x x x x x x x   stands in no name: one of the constants
 * </pre>
 */
@SuppressWarnings("EnumOrdinal") // Never stored: a dialect's table is found by it.
final class CharacterCodes {
    static final int END = 0;
    static final int BLANK = 1;
    /** A token of its own, whatever stands beside it. */
    static final int SINGLE = 2;
    /** The single quote. */
    static final int QUOTE = 3;

    static final int OTHER = 4;
    /** From here on: may stand in an operator. */
    static final int OPERATOR = 5;
    /** May start a comment, too. */
    static final int COMMENT = 6;

    /** From here up to 0: starts a name. */
    static final int NAME = -64;
    /** From {@link #DIGIT} up to here: a digit. */
    static final int LAST_DIGIT = -119;

    static final int DIGIT = -128;

    /** The highest bit of each of eight codes: stands in a name. */
    static final long IN_NAME = 0x8080808080808080L;

    /** Takes the case from each of eight codes. */
    static final long ANY_CASE = 0xDFDFDFDFDFDFDFDFL;

    private static final int UPPER_CASE = 0x20;
    private static final int SIGN_IN_NAME = LAST_DIGIT + 1;
    private static final byte[][] TABLES = new byte[SqlDialect.values().length][];

    static {
        for (SqlDialect dialect : SqlDialect.values()) {
            TABLES[dialect.ordinal()] = table(dialect);
        }
    }

    private boolean ascii;
    private byte[] codes = new byte[256];
    private ByteBuffer words = ByteBuffer.wrap(codes).order(ByteOrder.LITTLE_ENDIAN);

    /** Looks at a text. */
    void read(String sql, SqlDialect dialect) {
        int length = sql.length();
        if (length + Long.BYTES > codes.length) {
            grow(length + Long.BYTES);
        }
        byte[] into = codes;
        byte[] table = TABLES[dialect.ordinal()];
        int all = 0;
        for (int i = 0; i < length; i++) {
            char c = sql.charAt(i);
            all |= c;
            into[i] = c < 256 ? table[c] : wide(c);
        }
        Arrays.fill(into, length, length + Long.BYTES, (byte) END);
        ascii = all < 0x80;
    }

    /** Whether no two characters of names share a code: none lies beyond ASCII. */
    boolean isAscii() {
        return ascii;
    }

    private void grow(int size) {
        codes = new byte[Math.max(size, codes.length * 2)];
        words = ByteBuffer.wrap(codes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Forgets what would keep more memory than so many characters need. */
    void trim(int longest) {
        if (codes.length > longest) {
            codes = new byte[256];
            words = ByteBuffer.wrap(codes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** The code of one character; END at the end of the text. */
    int at(int index) {
        return codes[index];
    }

    /** The codes of eight characters, the first in the lowest byte. */
    long eight(int index) {
        return words.getLong(index);
    }

    private static byte wide(char c) {
        return (byte) (Characters.isBlank(c) ? BLANK : NAME);
    }

    private static byte[] table(SqlDialect dialect) {
        byte[] table = new byte[256];
        for (char c = 0; c < table.length; c++) {
            table[c] = (byte) code(c, dialect);
        }
        return table;
    }

    private static int code(char c, SqlDialect dialect) {
        if (Characters.isBlank(c)) {
            return BLANK;
        }
        if (Characters.isNameStart(c) || (c == '#' && dialect == SqlDialect.TSQL)) {
            return NAME + letter(c);
        }
        if (Characters.isDigit(c)) {
            return DIGIT + c - '0';
        }
        if (Characters.isNamePart(c, dialect)) {
            return SIGN_IN_NAME + (c == '$' ? 0 : 1);
        }
        return switch (c) {
            case '(', ')', ',', ';', ']', '{', '}' -> SINGLE;
            case '\'' -> QUOTE;
            case '-', '/' -> COMMENT;
            case '#', '*' -> dialect == SqlDialect.MYSQL ? COMMENT : OPERATOR;
            default -> Characters.isOperator(c) ? OPERATOR : OTHER;
        };
    }

    private static int letter(char c) {
        if (c == '_') {
            return 27;
        }
        char lower = (char) (c | 0x20);
        int letter = lower >= 'a' && lower <= 'z' ? lower - 'a' + 1 : 0;
        return letter > 0 && c < 'a' ? UPPER_CASE + letter : letter;
    }
}
