package dev.afterimage.core.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One file of the spool; the package page draws it. Made by this process it grows by {@link #append}; found on disk it
 * is only read.
 */
final class Segment {

    private static final Sealed HEADER = new Sealed("AFSP", 1, 2 * Long.BYTES);
    private static final String SUFFIX = ".spool";
    private static final int NAME_DIGITS = 20;

    /** Bytes before the first record. */
    static final int HEADER_BYTES = 32;

    private final Path file;
    private final long first;
    private final long salt;
    private final boolean readable;
    private long length;
    private int count;
    private boolean openEnded;
    private @Nullable RandomAccessFile open;

    private Segment(Path file, long first, long salt, boolean readable, long length) {
        this.file = file;
        this.first = first;
        this.salt = salt;
        this.readable = readable;
        this.length = length;
    }

    // ---- making and finding

    /** A segment without a file, which the first {@link #append} makes. */
    static Segment create(Path directory, long first, long salt) {
        String name = String.format(Locale.ROOT, "%0" + NAME_DIGITS + "d", first) + SUFFIX;
        return new Segment(directory.resolve(name), first, salt, true, 0);
    }

    static boolean isSegment(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.matches("0\\d{" + (NAME_DIGITS - 1) + "}\\" + SUFFIX);
    }

    /**
     * A segment that an earlier process has left. One whose header is damaged cannot be read, which is no error.
     *
     * @throws IOException if it is of a format that this release does not know, or the disk fails
     */
    static Segment find(Path file) throws IOException {
        long first = Long.parseLong(String.valueOf(file.getFileName()).substring(0, NAME_DIGITS));
        byte[] header = new byte[HEADER.bytes()];
        try (RandomAccessFile found = new RandomAccessFile(file.toFile(), "r")) {
            boolean whole = HEADER.isWhole(header, PrivateFiles.read(found, 0, header, 0, header.length));
            if (whole && HEADER.versionOf(header) != HEADER.version()) {
                throw new IOException("its segment " + file.getFileName() + " has format " + HEADER.versionOf(header)
                        + ", this release reads format " + HEADER.version());
            }
            boolean readable = whole && HEADER.content(header, 0) == first;
            return new Segment(file, first, HEADER.content(header, 1), readable, found.length());
        }
    }

    /** Says how many events an earlier process has put in, and whether a crash may have cut off more than that. */
    void found(int events, boolean cutOff) {
        count = events;
        openEnded = cutOff;
    }

    // ---- what it is

    Path file() {
        return file;
    }

    /** Ordinal of its first event. */
    long first() {
        return first;
    }

    /** Ordinal after its last event. */
    long end() {
        return first + count;
    }

    /** Random: what is mixed into every checksum. */
    long salt() {
        return salt;
    }

    /** Whether its header could be read: without the salt no record can be told from other bytes. */
    boolean isReadable() {
        return readable;
    }

    /** Bytes that are whole. */
    long length() {
        return length;
    }

    /** Events in it, the damaged ones included. */
    int count() {
        return count;
    }

    boolean isOpenEnded() {
        return openEnded;
    }

    // ---- bytes

    /** Adds records, all or none: after a failure the segment is as it was, to anybody who knows its length. */
    void append(byte[] records, int bytes, int events) throws IOException {
        RandomAccessFile to = open();
        long from = Math.max(length, HEADER_BYTES);
        try {
            if (length == 0) {
                PrivateFiles.write(to, 0, HEADER.seal(first, salt), HEADER.bytes());
            }
            PrivateFiles.write(to, from, records, bytes);
        } catch (IOException e) {
            cutOff(to);
            throw e;
        }
        length = from + bytes;
        count += events;
    }

    /** If that fails too: this process does not read beyond the length, others not beyond the next segment's name. */
    private void cutOff(RandomAccessFile broken) {
        try {
            broken.setLength(length);
        } catch (IOException worse) {
            // The first failure is the one to tell.
        }
    }

    /** Returns when what was appended outlives the machine's power. */
    void force() throws IOException {
        open().getFD().sync();
    }

    /** Reads the bytes from a position on, as many as fit and are there. */
    int read(long position, byte[] to, int from) throws IOException {
        return PrivateFiles.read(open(), position, to, from, (int) Math.min(to.length - from, length - position));
    }

    private RandomAccessFile open() throws IOException {
        RandomAccessFile file = open;
        if (file == null) {
            file = length == 0 ? PrivateFiles.open(this.file) : new RandomAccessFile(this.file.toFile(), "r");
            open = file;
        }
        return file;
    }

    /** Frees the file descriptor; reading takes another one. No more is appended. */
    void close() {
        RandomAccessFile file = open;
        open = null;
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // Nothing is buffered here, so nothing is lost.
        }
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }
}
