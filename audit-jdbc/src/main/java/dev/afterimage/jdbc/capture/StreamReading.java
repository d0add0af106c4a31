package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;

/**
 * How far the driver has read a stream, and with that whether what it has read is the value that the database stores.
 *
 * <p>Drivers read a stream when it is bound, or when the statement is executed. A stream that stays bound is read on from
 * where the execution before has stopped: each execution is a round of its own. Positions count from the beginning of the
 * round; only what lies beyond the furthest position of the round is new, since a driver may mark and go back.
 */
abstract class StreamReading implements LateValue {

    /** Instead of a length: the application gave none. */
    static final long WHOLE = Long.MIN_VALUE;

    private static final long NO_MARK = -1;

    private final Capture capture;
    private final long length;
    private long at;
    private long furthest;
    private long marked = NO_MARK;
    private boolean ended;
    private boolean lost;
    private boolean executed;
    private boolean batched;
    private boolean shared;

    /**
     * Begins before the first byte or character.
     *
     * @param length the application has told the driver to read, or {@link #WHOLE}
     */
    StreamReading(Capture capture, long length) {
        this.capture = capture;
        this.length = length;
    }

    /** What the driver got at some place of its buffer: bytes or characters, as the subclass knows. */
    abstract void copy(int from, int count);

    /** Forgets what was copied. */
    abstract void clear();

    /** Whether drivers disagree on what the value is. */
    boolean isDoubtful() {
        return false;
    }

    /** Appends what was copied. */
    abstract void putCopy(ByteWriter to);

    /** The driver has read; from where in its buffer, and how many: -1 for the end of the stream. */
    final void read(int from, int count) {
        try {
            if (count < 0) {
                ended = true;
                lost |= at != furthest;
                return;
            }
            long end = at + count;
            long wanted = length > 0 ? Math.min(end, length) : end;
            if (wanted > furthest) {
                int known = (int) (Math.max(furthest, at) - at);
                copy(from + known, (int) (wanted - at) - known);
            }
            at = end;
            furthest = Math.max(furthest, end);
        } catch (Throwable t) {
            lost = true;
            capture.failed(Doing.COPYING_STREAM, t);
        }
    }

    final void skipped(long count) {
        at += count;
        lost |= at > furthest;
    }

    final void mark() {
        marked = at;
    }

    /** The driver has gone back; to a place that is not known where the application has set the mark itself. */
    final void reset() {
        lost |= marked == NO_MARK;
        at = marked;
    }

    @Override
    public void begin() {
        if (executed) {
            // What lay beyond the length may be in a buffer of the driver's: nobody sees it being read from there.
            lost |= length > 0 && furthest > length;
            at = 0;
            furthest = 0;
            marked = NO_MARK;
            ended = false;
            clear();
        }
        executed = true;
    }

    @Override
    public void batched() {
        shared |= batched;
        batched = true;
    }

    @Override
    public void unbatched() {
        lost |= shared;
        batched = false;
        shared = false;
    }

    @Override
    public boolean isSettled() {
        // Drivers do not agree on what a length of zero or less means, but on an empty stream.
        boolean whole = ended && (length == WHOLE || length > 0 || furthest == 0);
        return (whole || (length > 0 && furthest >= length)) && !lost && !shared && !isDoubtful();
    }

    @Override
    public void putTo(ByteWriter to) {
        if (isSettled()) {
            putCopy(to);
        } else {
            ValueEncoder.putUnread(to, Math.max(-1, length));
        }
    }
}
