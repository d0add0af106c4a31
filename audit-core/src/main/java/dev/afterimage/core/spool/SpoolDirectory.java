package dev.afterimage.core.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The directory of a spool, locked while this is open, and the mark that says how far it is filled and settled. */
final class SpoolDirectory implements Closeable {

    private static final String LOCK = "spool.lock";
    private static final Sealed MARK = new Sealed("AFSL", 1, 2 * Long.BYTES);

    private final Path path;
    private final RandomAccessFile lock;

    /**
     * How far a spool is.
     *
     * @param settled ordinal before which everything is settled
     * @param end ordinal after the last event
     */
    record Mark(long settled, long end) {}

    private SpoolDirectory(Path path, RandomAccessFile lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the directory if need be, and locks it.
     *
     * @throws IOException if it cannot be made or written to, or another process has it
     */
    static SpoolDirectory open(Path path) throws IOException {
        PrivateFiles.createDirectory(path);
        RandomAccessFile lock = PrivateFiles.open(path.resolve(LOCK));
        if (!isLocked(lock)) {
            lock.close();
            throw new DirectoryInUseException();
        }
        return new SpoolDirectory(path, lock);
    }

    private static boolean isLocked(RandomAccessFile lock) throws IOException {
        try {
            return lock.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    static boolean hasSegments(Path path) throws IOException {
        return !PrivateFiles.list(path, Segment::isSegment).isEmpty();
    }

    Path path() {
        return path;
    }

    /**
     * The segments that earlier processes have left, oldest first.
     *
     * @throws IOException if one is of a format that this release does not know, or the disk fails
     */
    List<Segment> segments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Path file : PrivateFiles.list(path, Segment::isSegment)) {
            segments.add(Segment.find(file));
        }
        return segments;
    }

    /** The ordinals that were written down last. */
    Mark mark() throws IOException {
        byte[] bytes = new byte[MARK.bytes()];
        int read = PrivateFiles.read(lock, 0, bytes, 0, bytes.length);
        boolean known = MARK.isWhole(bytes, read) && MARK.versionOf(bytes) == MARK.version();
        return known ? new Mark(MARK.content(bytes, 0), MARK.content(bytes, 1)) : new Mark(0, 0);
    }

    void mark(Mark mark) throws IOException {
        PrivateFiles.write(lock, 0, MARK.seal(mark.settled(), mark.end()), MARK.bytes());
    }

    /** Returns when the mark outlives the machine's power. */
    void force() throws IOException {
        lock.getFD().sync();
    }

    /** Gives the directory to others. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
