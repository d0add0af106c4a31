package dev.afterimage.jdbc.capture;

/**
 * How far the capture of a table may go beyond watching.
 *
 * @param asksForKeys whether statements that do not tell their rows are asked for the keys
 * @param images which whole rows statements are asked for
 */
record CaptureMode(boolean asksForKeys, Images images) {

    /** Which images the database is asked for. */
    enum Images {
        NONE,
        AFTER,
        FULL
    }

    boolean asks() {
        return asksForKeys || images != Images.NONE;
    }
}
