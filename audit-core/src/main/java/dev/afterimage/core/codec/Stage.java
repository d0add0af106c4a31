package dev.afterimage.core.codec;

/** What a record says of its transaction's outcome. The order is part of the format. */
public enum Stage {
    /** It has committed. */
    COMMITTED,

    /** Its commit was asked for and not answered. */
    IN_DOUBT,

    /** Its commit is about to be asked for; a later record of the same number tells the outcome. */
    ANNOUNCED,

    /** It was rolled back; of use only where it was announced. */
    ROLLED_BACK
}
