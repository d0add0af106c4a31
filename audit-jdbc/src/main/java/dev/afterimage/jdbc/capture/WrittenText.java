package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** What an application has written to a large object of characters or of XML, one piece behind the other. Not thread-safe. */
public final class WrittenText {

    private final Capture capture;
    private final TextCopy copy;
    private boolean known;
    private long writes;

    /**
     * Begins with an object.
     *
     * @param empty whether it was just created; else its content is not known
     */
    public WrittenText(Capture capture, boolean empty) {
        this.capture = capture;
        this.copy = new TextCopy(capture.maxValueBytes(), new Room(Long.MAX_VALUE));
        this.known = empty;
    }

    /**
     * Characters were written.
     *
     * @param position of the first one, counted from 0
     */
    public void wrote(long position, String text, int from, int count) {
        try {
            wrote(position, text.substring(from, from + count).toCharArray(), 0, count);
        } catch (Throwable t) {
            known = false;
            capture.failed(Doing.COPYING_LOB, t);
        }
    }

    private void wrote(long position, char[] chars, int from, int count) {
        try {
            writes++;
            known &= position == copy.length();
            if (known && count > 0) {
                copy.add(chars, from, count);
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

    /** Something was written that is not seen. */
    public void lost() {
        known = false;
    }

    /**
     * A writer that copies what is written through it; the same writer where the content is not known anyway.
     *
     * @param position of the first character, counted from 0
     */
    public Writer teed(Writer out, long position) {
        return known ? new Teed(out, position) : out;
    }

    private final class Teed extends FilterWriter {
        private long at;

        Teed(Writer out, long position) {
            super(out);
            this.at = position;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            wrote(at++, new char[] {(char) value}, 0, 1);
        }

        @Override
        public void write(char[] chars, int from, int count) throws IOException {
            out.write(chars, from, count);
            wrote(at, chars, from, count);
            at += count;
        }

        @Override
        public void write(String text, int from, int count) throws IOException {
            out.write(text, from, count);
            wrote(at, text, from, count);
            at += count;
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
