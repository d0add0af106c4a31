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

    /** Found by trying: with it no two keywords share a place; a new keyword may need another. */
    private static final long FACTOR = 0xACC0C2DAF3D5758FL;

    private static final int PLACE_BITS = 11;
    private static final Keyword[] KEYWORDS = values();
    /** At each {@link #place} the number of a keyword, 0 for none. */
    private static final byte[] PLACES = new byte[1 << PLACE_BITS];
    /** The codes of each keyword's first eight characters. */
    private static final long[] HEADS = new long[KEYWORDS.length];
    /** The codes of its next eight. */
    private static final long[] TAILS = new long[KEYWORDS.length];

    static {
        CharacterCodes codes = new CharacterCodes();
        for (int number = 1; number < KEYWORDS.length; number++) {
            String word = KEYWORDS[number].name();
            codes.read(word, SqlDialect.ANSI);
            HEADS[number] = codes.eight(0) & CharacterCodes.ANY_CASE;
            TAILS[number] = word.length() > Long.BYTES ? codes.eight(Long.BYTES) & CharacterCodes.ANY_CASE : 0;
            int place = place(HEADS[number], TAILS[number]);
            if (PLACES[place] != 0) {
                throw new IllegalStateException("factor=" + FACTOR + " keyword=" + word);
            }
            PLACES[place] = (byte) number;
        }
    }

    /** A number for a word, given by the codes of its first eight characters and of the next eight. */
    static long mix(long head, long tail) {
        return (head ^ Long.rotateLeft(tail, 29)) * FACTOR;
    }

    /** The keyword of a word, in any case; NONE when there is none. Without a branch: no two words are alike. */
    static Keyword of(long head, long tail) {
        long anyHead = head & CharacterCodes.ANY_CASE;
        long anyTail = tail & CharacterCodes.ANY_CASE;
        int candidate = PLACES[place(anyHead, anyTail)] & 0xFF;
        long difference = (HEADS[candidate] ^ anyHead) | (TAILS[candidate] ^ anyTail);
        return KEYWORDS[difference == 0 ? candidate : 0];
    }

    private static int place(long head, long tail) {
        return (int) (mix(head, tail) >>> (Long.SIZE - PLACE_BITS));
    }
}
