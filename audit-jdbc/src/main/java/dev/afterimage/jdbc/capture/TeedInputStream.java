package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An application's stream on its way to the driver: what the driver reads is copied, and nothing is read besides. */
final class TeedInputStream extends FilterInputStream {

    private final Reading reading;
    private final byte[] one = new byte[1];

    private TeedInputStream(InputStream in, Reading reading) {
        super(in);
        this.reading = reading;
    }

    /** A stream whose bytes are the value. */
    static TeedInputStream ofBytes(InputStream in, Capture capture, long length, Room room) {
        return new TeedInputStream(in, new BinaryReading(capture, length, room));
    }

    /** A stream whose bytes are the characters of a text: known where all are ASCII, else drivers disagree. */
    static TeedInputStream ofAscii(InputStream in, Capture capture, long length, Room room) {
        return new TeedInputStream(in, new AsciiReading(capture, length, room));
    }

    StreamReading reading() {
        return reading;
    }

    private abstract static class Reading extends StreamReading {
        byte[] buffer = {};

        Reading(Capture capture, long length) {
            super(capture, length);
        }

        final void read(byte[] bytes, int from, int count) {
            buffer = bytes;
            read(from, count);
            buffer = new byte[0];
        }
    }

    private static final class BinaryReading extends Reading {
        private final BinaryCopy copy;

        BinaryReading(Capture capture, long length, Room room) {
            super(capture, length);
            copy = new BinaryCopy(capture.maxValueBytes(), room);
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

    private static final class AsciiReading extends Reading {
        private final TextCopy copy;
        private boolean beyondAscii;

        AsciiReading(Capture capture, long length, Room room) {
            super(capture, length);
            copy = new TextCopy(capture.maxValueBytes(), room);
        }

        @Override
        void copy(int from, int count) {
            char[] chars = new char[count];
            for (int i = 0; i < count; i++) {
                byte each = buffer[from + i];
                beyondAscii |= each < 0;
                chars[i] = (char) each;
            }
            copy.add(chars, 0, count);
        }

        @Override
        void clear() {
            copy.clear();
            beyondAscii = false;
        }

        @Override
        boolean isDoubtful() {
            return beyondAscii;
        }

        @Override
        void putCopy(ByteWriter to) {
            copy.putTo(to);
        }
    }

    @Override
    public int read() throws IOException {
        int got = in.read();
        one[0] = (byte) got;
        reading.read(one, 0, got < 0 ? -1 : 1);
        return got;
    }

    @Override
    public int read(byte[] to) throws IOException {
        int count = in.read(to);
        reading.read(to, 0, count);
        return count;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
        int count = in.read(to, from, most);
        reading.read(to, from, count);
        return count;
    }

    @Override
    public byte[] readAllBytes() throws IOException {
        byte[] all = in.readAllBytes();
        reading.read(all, 0, all.length);
        reading.read(all, 0, -1);
        return all;
    }

    @Override
    public byte[] readNBytes(int most) throws IOException {
        byte[] some = in.readNBytes(most);
        reading.read(some, 0, some.length);
        if (some.length < most) {
            reading.read(some, 0, -1);
        }
        return some;
    }

    @Override
    public int readNBytes(byte[] to, int from, int most) throws IOException {
        int count = in.readNBytes(to, from, most);
        reading.read(to, from, count);
        if (count < most) {
            reading.read(to, from, -1);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(count);
        reading.skipped(skipped);
        return skipped;
    }

    @Override
    @SuppressWarnings({"UnsynchronizedOverridesSynchronized", "sync-override"}) // one thread reads, as one executes
    public void mark(int readLimit) {
        in.mark(readLimit);
        reading.mark();
    }

    @Override
    @SuppressWarnings({"UnsynchronizedOverridesSynchronized", "sync-override"})
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
