package dev.afterimage.jdbc.sql;

/** The form of a literal. */
public enum LiteralKind {
    NONE(0),
    STRING(1),
    NUMBER(2),
    BOOLEAN(3),
    NULL(4),
    /** A literal with a type: a cast, {@code DATE '…'}, {@code X'…'}, a JDBC escape. */
    TYPED(5);

    /** Its place in a {@link Cell}: the index among the constants. */
    final int code;

    LiteralKind(int code) {
        this.code = code;
    }
}
