package dev.afterimage.core.resolve;

/** How an image was obtained. */
public enum Resolution {
    /** Exact: the statement itself, or what it returned, says all of it. */
    CAPTURED,
    /** Exact: read on the replica while the row was as this change had left it. */
    REPLICA,
    /** Put together from the image before and the assigned values. */
    RECONSTRUCTED,
    /** The row had moved on before it was read; no after-image is given. */
    COALESCED,
    /** Not obtained: the change names no row, or its position is not known. */
    UNRESOLVED
}
