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
    private static final int LONGEST = 13;

    private static final int SLOT_COUNT = 1024;
    private static final Keyword[] SLOTS = slots();

    /** The hash of a word, one lower-case character at a time. */
    static int hash(int hash, int lowerCaseChar) {
        return hash * 31 + lowerCaseChar;
    }

    /** The keyword that stands at {@code sql[start, end)}, in any case; {@code hash} was made by {@link #hash}. */
    static Keyword at(String sql, int start, int end, int hash) {
        if (end - start > LONGEST) {
            return NONE;
        }
        for (int slot = slot(hash); ; slot = (slot + 1) & (SLOT_COUNT - 1)) {
            Keyword candidate = SLOTS[slot];
            if (candidate == null) {
                return NONE;
            }
            if (candidate.isAt(sql, start, end)) {
                return candidate;
            }
        }
    }

    /** No other name character becomes a lower-case letter, or what becomes of an underscore, by setting this bit. */
    private boolean isAt(String sql, int start, int end) {
        String name = name();
        if (name.length() != end - start) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if ((sql.charAt(start + i) | 0x20) != (name.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int slot(int hash) {
        return (hash * 0x9E3779B9) >>> 22;
    }

    private static Keyword[] slots() {
        Keyword[] slots = new Keyword[SLOT_COUNT];
        for (Keyword keyword : values()) {
            if (keyword == NONE) {
                continue;
            }
            int hash = 0;
            for (int i = 0; i < keyword.name().length(); i++) {
                hash = hash(hash, keyword.name().charAt(i) | 0x20);
            }
            int slot = slot(hash);
            while (slots[slot] != null) {
                slot = (slot + 1) & (SLOT_COUNT - 1);
            }
            slots[slot] = keyword;
        }
        return slots;
    }
}
