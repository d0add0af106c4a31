package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What an application has written to a binary large object, one piece behind the other. Not thread-safe. */
public final class WrittenBlob {

    private final Capture capture;
    private final BinaryCopy copy;
    private boolean known;
    private long writes;

    /**
     * Begins with an object.
     *
     * @param empty whether it was just created; else its content is not known
     */
    public WrittenBlob(Capture capture, boolean empty) {
        this.capture = capture;
        this.copy = new BinaryCopy(capture.maxValueBytes(), new Room(Long.MAX_VALUE));
        this.known = empty;
    }

    /**
     * Bytes were written.
     *
     * @param position of the first one, counted from 0
     */
    public void wrote(long position, byte[] bytes, int from, int count) {
        try {
            writes++;
            known &= position == copy.length();
            if (known && count > 0) {
                copy.add(bytes, from, count);
            }
        } catch (Throwable t) {
            known = false;
            capture.failed(Doing.COPYING_LOB, t);
        }
    }

    /** It was cut to a length. */
    public void truncated(long length) {
        writes++;
        if (length == 0) {
            copy.clear();
            known = true;
        } else {
            known &= copy.truncate(length);
        }
    }

    /**
     * A stream that copies what is written through it; the same stream where the content is not known anyway.
     *
     * @param position of the first byte, counted from 0
     */
    public OutputStream teed(OutputStream out, long position) {
        return known ? new Teed(out, position) : out;
    }

    private final class Teed extends FilterOutputStream {
        private long at;

        Teed(OutputStream out, long position) {
            super(out);
            this.at = position;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            wrote(at++, new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            wrote(at, bytes, 0, bytes.length);
            at += bytes.length;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            wrote(at, bytes, from, count);
            at += count;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** The content as a bound value. Drivers differ in whether what is written after that counts: then it is not known. */
    public LateValue bound() {
        long before = writes;
        return to -> putTo(to, before);
    }

    private void putTo(ByteWriter to, long writesBefore) {
        if (known && writes == writesBefore) {
            copy.putTo(to);
        } else {
            ValueEncoder.putUnread(to, -1);
        }
    }
}
