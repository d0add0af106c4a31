package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** An application's reader on its way to the driver: what the driver reads is copied, and nothing is read besides. */
final class TeedReader extends FilterReader {

    private final Reading reading;
    private final char[] one = new char[1];

    TeedReader(Reader in, Capture capture, long length, Room room) {
        super(in);
        reading = new Reading(capture, length, room);
    }

    StreamReading reading() {
        return reading;
    }

    private static final class Reading extends StreamReading {
        private final TextCopy copy;
        private char[] buffer = {};

        Reading(Capture capture, long length, Room room) {
            super(capture, length);
            copy = new TextCopy(capture.maxValueBytes(), room);
        }

        void read(char[] chars, int from, int count) {
            buffer = chars;
            read(from, count);
            buffer = new char[0];
        }

        @Override
        void copy(int from, int count) {
            copy.add(buffer, from, count);
        }

        @Override
        void clear() {
            copy.clear();
        }

        @Override
        void putCopy(ByteWriter to) {
            copy.putTo(to);
        }
    }

    @Override
    public int read() throws IOException {
        int got = in.read();
        one[0] = (char) got;
        reading.read(one, 0, got < 0 ? -1 : 1);
        return got;
    }

    @Override
    public int read(char[] to) throws IOException {
        int count = in.read(to);
        reading.read(to, 0, count);
        return count;
    }

    @Override
    public int read(char[] to, int from, int most) throws IOException {
        int count = in.read(to, from, most);
        reading.read(to, from, count);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(count);
        reading.skipped(skipped);
        return skipped;
    }

    @Override
    public void mark(int readLimit) throws IOException {
        in.mark(readLimit);
        reading.mark();
    }

    @Override
    public void reset() throws IOException {
        in.reset();
        reading.reset();
    }

    /** The original's: a driver may show what is bound. */
    @Override
    public String toString() {
        return in.toString();
    }
}
