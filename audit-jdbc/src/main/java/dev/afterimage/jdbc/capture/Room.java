package dev.afterimage.jdbc.capture;

/** Memory that copies of streams may take together, in bytes. Not thread-safe. */
final class Room {

    private final long most;
    private long left;

    Room(long most) {
        this.most = most;
        this.left = most;
    }

    /** Takes some of it; false where so much is not left. */
    boolean take(long bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    /** The copies are gone. */
    void refill() {
        left = most;
    }
}
