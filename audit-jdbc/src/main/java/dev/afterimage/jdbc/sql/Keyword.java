package dev.afterimage.jdbc.sql;

/**
 * The words that steer a recogniser. A word that is not here is {@link #NONE}; whether a keyword may also be a name is
 * for the recogniser to judge, since every dialect reserves different ones.
 */
enum Keyword {
    NONE,
    ABORT,
    ALL,
    ALTER,
    ANALYZE,
    AND,
    ANY,
    AS,
    ATOMIC,
    BEGIN,
    BETWEEN,
    BINARY,
    BULK,
    BY,
    CALL,
    CASE,
    CAST,
    COLLATE,
    COMMENT,
    COMMIT,
    CONCURRENTLY,
    CONFLICT,
    CONSTRAINT,
    CONVERT,
    COPY,
    CREATE,
    CROSS,
    CURRENT,
    DATA,
    DATE,
    DECLARE,
    DEFAULT,
    DELAYED,
    DELETE,
    DESC,
    DESCRIBE,
    DETACH,
    DISTINCT,
    DO,
    DROP,
    DUMPFILE,
    DUPLICATE,
    ELSE,
    END,
    EVENT,
    EXCEPT,
    EXEC,
    EXECUTE,
    EXISTS,
    EXPLAIN,
    FALSE,
    FETCH,
    FIRST,
    FLUSH,
    FN,
    FOR,
    FORCE,
    FORMAT,
    FROM,
    FULL,
    FUNCTION,
    GLOBAL,
    GO,
    GRANT,
    GROUP,
    HAVING,
    HIGH_PRIORITY,
    IF,
    IGNORE,
    IMMEDIATE,
    IN,
    INDEX,
    INNER,
    INSERT,
    INTERSECT,
    INTERVAL,
    INTO,
    IS,
    JOIN,
    KEY,
    LATERAL,
    LEFT,
    LIMIT,
    LOAD,
    LOCAL,
    LOCK,
    LOG,
    LOW_PRIORITY,
    MATCHED,
    MATERIALIZED,
    MERGE,
    MINUS,
    NATURAL,
    NOT,
    NOTHING,
    NOWAIT,
    NULL,
    OF,
    OFFSET,
    ON,
    ONLY,
    OPTIMIZE,
    OPTION,
    OR,
    ORDER,
    OUTER,
    OUTFILE,
    OUTPUT,
    OVERRIDING,
    PACKAGE,
    PARTITION,
    PASSWORD,
    PIPELINE,
    PLAN,
    PREPARE,
    PREPARED,
    PRIMARY,
    PRINT,
    PROC,
    PROCEDURE,
    QUALIFY,
    QUICK,
    REFRESH,
    REINDEX,
    RELEASE,
    RENAME,
    REPAIR,
    REPLACE,
    RETURN,
    RETURNING,
    REVOKE,
    RIGHT,
    ROLLBACK,
    ROUTINE,
    ROW,
    SAVE,
    SAVEPOINT,
    SCHEMA,
    SECURITY,
    SELECT,
    SESSION,
    SET,
    SHOW,
    START,
    STRAIGHT_JOIN,
    TABLE,
    TABLES,
    TEMP,
    TEMPORARY,
    THEN,
    TIME,
    TIMESTAMP,
    TO,
    TOP,
    TRAN,
    TRANSACTION,
    TRIGGER,
    TRUE,
    TRUNCATE,
    TYPE,
    UNION,
    UNLOGGED,
    UPDATE,
    USE,
    USING,
    VALUE,
    VALUES,
    VIEW,
    WHEN,
    WHERE,
    WHILE,
    WINDOW,
    WITH,
    WITHOUT,
    WORK,
    XA,
    XML,
    XOR;

    /** Longest keyword; a longer word needs no look-up. */
    static final int LONGEST = 13;

    /** One more than the highest {@link #letter}; to the power of the longest keyword it still fits a long. */
    private static final int RADIX = 28;

    private static final byte[] LETTERS = letters();
    private static final int SLOT_COUNT = 1024;
    private static final Keyword[] SLOTS = new Keyword[SLOT_COUNT];
    private static final long[] SPELLINGS = new long[SLOT_COUNT];

    static {
        for (Keyword keyword : values()) {
            if (keyword != NONE) {
                put(keyword);
            }
        }
    }

    /** The number of a letter, in any case, or of the underscore; 0 for what stands in no keyword. */
    static int letter(char c) {
        return c < LETTERS.length ? LETTERS[c] : 0;
    }

    /** The spelling of a word that goes on with a {@link #letter}; exact for as long as the longest keyword. */
    static long spelling(long before, int letter) {
        return before * RADIX + letter;
    }

    /** The keyword of a {@link #spelling}; NONE when there is none. */
    static Keyword of(long spelling) {
        for (int slot = slot(spelling); ; slot = (slot + 1) & (SLOT_COUNT - 1)) {
            Keyword candidate = SLOTS[slot];
            if (candidate == null) {
                return NONE;
            }
            if (SPELLINGS[slot] == spelling) {
                return candidate;
            }
        }
    }

    private static int slot(long spelling) {
        return (int) ((spelling * 0x9E3779B97F4A7C15L) >>> 54);
    }

    private static void put(Keyword keyword) {
        long spelling = 0;
        for (int i = 0; i < keyword.name().length(); i++) {
            spelling = spelling(spelling, letter(keyword.name().charAt(i)));
        }
        int slot = slot(spelling);
        while (SLOTS[slot] != null) {
            slot = (slot + 1) & (SLOT_COUNT - 1);
        }
        SLOTS[slot] = keyword;
        SPELLINGS[slot] = spelling;
    }

    private static byte[] letters() {
        byte[] letters = new byte[128];
        for (int i = 0; i < 26; i++) {
            letters['A' + i] = (byte) (i + 1);
            letters['a' + i] = (byte) (i + 1);
        }
        letters['_'] = RADIX - 1;
        return letters;
    }
}
