package dev.afterimage.core.journal;

import dev.afterimage.core.codec.RecordHead;
import dev.afterimage.core.ring.RingScan;
import dev.afterimage.core.spool.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The ring of a process that is gone: the records of which it had not made events. They lie in memory, as many as a ring
 * holds. Not thread-safe.
 */
public final class LeftRing {

    private final Path file;
    private final long instance;
    private final int turn;
    private final long baseNanos;
    private final long baseMicros;
    private final Mark mark;
    private final List<String> sources;
    private final SortedMap<Long, byte[]> records = new TreeMap<>();
    private long damaged;
    private final long unfinished;
    private final long toldTo;

    private LeftRing(Path file, ByteBuffer bytes) throws IOException {
        this.file = file;
        this.instance = bytes.getLong(RingFile.INSTANCE_AT);
        this.turn = bytes.getInt(RingFile.TURN_AT);
        this.baseNanos = bytes.getLong(RingFile.NANOS_AT);
        this.baseMicros = bytes.getLong(RingFile.MICROS_AT);
        long told = bytes.getLong(RingFile.TOLD_AT);
        this.toldTo = told == ~bytes.getLong(RingFile.TOLD_AT + Long.BYTES) ? told : -1;
        this.mark = lastMark(bytes);
        this.sources = RingFile.sources(bytes);
        CRC32C checksum = new CRC32C();
        RingScan scan = new RingScan(
                bytes.slice(RingFile.RING_AT, bytes.capacity() - RingFile.RING_AT),
                record -> RecordHead.isWhole(record, checksum));
        records.putAll(Parked.read(parked(file)));
        records.keySet().removeIf(position -> !mark.isOpen(position));
        scan.run((position, record) -> {
            if (position >= mark.position() || mark.isOpen(position)) {
                records.put(position, record);
            }
        });
        for (long position : mark.open()) {
            damaged += records.containsKey(position) ? 0 : 1;
        }
        damaged += scan.damaged();
        unfinished = scan.unfinished();
    }

    /**
     * Reads what a process has left.
     *
     * @throws IOException if the file is no ring, or one of a format that this release does not know, or cannot be read
     */
    static LeftRing read(Path file) throws IOException {
        try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r")) {
            long length = from.length();
            if (length <= RingFile.RING_AT || length > Integer.MAX_VALUE) {
                throw new IOException(file + " is cut off");
            }
            ByteBuffer bytes = from.getChannel()
                    .map(FileChannel.MapMode.READ_ONLY, 0, length)
                    .order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.getInt(0) != RingFile.MAGIC
                    || bytes.getInt(RingFile.HEAD_CHECKSUM_AT) != RingFile.headChecksum(bytes)) {
                throw new IOException(file + " is damaged at its beginning");
            }
            if (bytes.getInt(4) != RingFile.VERSION) {
                throw new IOException(
                        file + " has format " + bytes.getInt(4) + ", this release reads format " + RingFile.VERSION);
            }
            return new LeftRing(file, bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is cut off", e);
        }
    }

    private static Mark lastMark(ByteBuffer bytes) {
        long first = Mark.turn(bytes, RingFile.MARKS_AT);
        long second = Mark.turn(bytes, RingFile.MARKS_AT + RingFile.MARK_STRIDE);
        if (first < 0 && second < 0) {
            return Mark.NONE;
        }
        return Mark.read(bytes, RingFile.MARKS_AT + (second > first ? RingFile.MARK_STRIDE : 0));
    }

    static Path parked(Path ring) {
        String name = String.valueOf(ring.getFileName());
        return ring.resolveSibling(name.substring(0, name.length() - RING_SUFFIX.length()) + ".parked");
    }

    static final String RING_SUFFIX = ".ring";

    /**
     * Writes down that all of it has become events which lie in the spool before an ordinal. If that is so is for the next
     * mark to say, of whatever ring: should the process end before, it is done again.
     */
    public void told(long ordinal) throws IOException {
        try (RandomAccessFile to = new RandomAccessFile(file.toFile(), "rw")) {
            ByteBuffer words = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            words.putLong(ordinal).putLong(~ordinal);
            PrivateFiles.write(to, RingFile.TOLD_AT, words.array(), words.capacity());
        }
    }

    /** Whether {@link #told} was called, and a mark that was written later shows that it was so. */
    boolean isTold(long markedTo) {
        return toldTo >= 0 && toldTo <= markedTo;
    }

    /** The number of the process start whose ring it was. */
    public long instance() {
        return instance;
    }

    /** How far it had come. */
    public Mark mark() {
        return mark;
    }

    /** Which of the rings in its place it was: of two that are left there, the later one has the greater. */
    int turn() {
        return turn;
    }

    /** A value of its {@link System#nanoTime()}. */
    public long baseNanos() {
        return baseNanos;
    }

    /** The same moment in microseconds since 1970. */
    public long baseMicros() {
        return baseMicros;
    }

    /** The names of its data sources, by number. */
    public List<String> sources() {
        return sources;
    }

    /** The records that are not yet events, by where they began in the ring. */
    public SortedMap<Long, byte[]> records() {
        return records;
    }

    /** Places where something lay that cannot be read. */
    public long damaged() {
        return damaged;
    }

    /** Records whose thread had not finished them: of transactions whose commit it had not asked for, or not yet told. */
    public long unfinished() {
        return unfinished;
    }

    /** Where it lies. */
    public Path file() {
        return file;
    }

    /** What it held is in good hands: deletes it. */
    public void done() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(parked(file));
    }
}
