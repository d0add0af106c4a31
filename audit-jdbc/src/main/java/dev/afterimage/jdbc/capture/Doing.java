package dev.afterimage.jdbc.capture;

import java.util.Objects;

/**
 * What the audit was doing when it failed. An enum, since whoever handles a lack of memory must not need any, and the first
 * use of a text in a method does.
 */
enum Doing {
    ANALYSING("analysing a statement"),
    ASKING_WHO("asking who acts"),
    CAPTURING("capturing a statement"),
    CAPTURING_ROW("capturing a row"),
    COPYING_BATCH("copying a row of a batch"),
    COPYING_LOB("copying a large object"),
    COPYING_STREAM("copying a stream"),
    COPYING_VALUE("copying a bound value"),
    FOLLOWING_BRANCH("following a distributed transaction"),
    READING_KEYS("reading returned keys"),
    TELLING_HOLE("telling of a hole");

    private final String text;

    Doing(String text) {
        this.text = text;
    }

    /** Loads the class while there is memory for that. */
    static void load() {
        Objects.requireNonNull(CAPTURING);
    }

    @Override
    public String toString() {
        return text;
    }
}
