package dev.afterimage.core.spool;

import java.io.IOException;
import java.nio.file.Files;

/** Walks over the records of a segment, and over what is damaged between them. */
final class SegmentReader {

    private static final int WINDOW = 256 << 10;

    private final Segment segment;
    private final Frame frame;

    /** Bytes {@code from} to {@code to} of the window are those of the segment from {@code position} on. */
    private byte[] window = new byte[0];

    private int from;
    private int to;
    private long position;

    SegmentReader(Segment segment) {
        this.segment = segment;
        this.frame = new Frame(segment.salt());
        this.position = segment.isReadable() ? Segment.HEADER_BYTES : segment.length();
    }

    /**
     * Moves on to the next record that is whole.
     *
     * @return false if there is none; there may be one later if the segment grows
     * @throws IOException if the disk fails; nothing has moved then
     */
    boolean next() throws IOException {
        while (has(Frame.HEAD_BYTES)) {
            if (frame.mayBeginAt(window, from) && isWhole()) {
                return true;
            }
            skip(1);
        }
        return false;
    }

    private boolean isWhole() throws IOException {
        int length = Frame.lengthAt(window, from);
        return length >= 0
                && length <= segment.length() - position - Frame.HEAD_BYTES
                && has(Frame.HEAD_BYTES + length)
                && frame.isWhole(window, from);
    }

    /** Whether so many bytes follow; brings them into the window. */
    private boolean has(int bytes) throws IOException {
        if (to - from >= bytes) {
            return true;
        }
        if (segment.length() - position < bytes || (segment.length() > 0 && Files.notExists(segment.file()))) {
            return false;
        }
        byte[] next = bytes <= window.length ? window : new byte[Math.max(bytes, WINDOW)];
        System.arraycopy(window, from, next, 0, to - from);
        to -= from;
        from = 0;
        window = next;
        to += segment.read(position + to, window, to);
        return to >= bytes;
    }

    private void skip(int bytes) {
        from += bytes;
        position += bytes;
    }

    /** The record's place in the segment. */
    int index() {
        return Frame.indexAt(window, from);
    }

    /** The bytes that the record lies in; not to be written to. */
    byte[] bytes() {
        return window;
    }

    int eventAt() {
        return from + Frame.HEAD_BYTES;
    }

    int eventLength() {
        return Frame.lengthAt(window, from);
    }

    /** Steps over the record. */
    void skip() {
        skip(Frame.HEAD_BYTES + eventLength());
    }

    /** Where in the file it stands. */
    long position() {
        return position;
    }
}
