package dev.afterimage.core.journal;

import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.ring.RingScan;
import dev.afterimage.core.spool.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A ring in a memory-mapped file, and beside it what another process needs to understand it; the package page draws it.
 * What is written here outlives the process at once, and the machine's power after {@link #force}.
 */
final class RingFile {

    static final int VERSION = 1;
    static final int MAGIC = 'A' | 'F' << 8 | 'R' << 16 | 'G' << 24;

    static final int CAPACITY_AT = 8;
    static final int TURN_AT = 12;
    static final int INSTANCE_AT = 16;
    static final int NANOS_AT = 24;
    static final int MICROS_AT = 32;
    static final int HEAD_CHECKSUM_AT = 40;

    static final int TOLD_AT = 64;

    static final int SOURCES_AT = 4096;
    static final int SOURCES_BYTES = 60 << 10;
    static final int MARKS_AT = 64 << 10;
    /** Two places for marks, written in turn: one of them is always whole. */
    static final int MARK_STRIDE = 160 << 10;

    static final int RING_AT = 384 << 10;

    private final Path file;
    private final MappedByteBuffer bytes;
    private final RingBuffer ring;
    private long turn;

    private RingFile(Path file, MappedByteBuffer bytes, int ringBytes) {
        this.file = file;
        this.bytes = bytes;
        this.ring = RingBuffer.over(bytes.slice(RING_AT, ringBytes));
    }

    /**
     * Makes the file of a new ring. Every byte of it is written once, so that a full disk shows now and not as a fault in
     * the middle of a transaction. Whoever writes to a page first has it mapped, in less than a microsecond; to go through
     * all of them here would take milliseconds of the start.
     *
     * @param turn greater than that of every ring that is left in its place
     */
    static RingFile create(Path file, int capacity, int turn) throws IOException {
        int ringBytes = RingBuffer.bufferSize(capacity);
        long length = (long) RING_AT + ringBytes;
        try (RandomAccessFile to = PrivateFiles.open(file)) {
            byte[] zeros = new byte[1 << 20];
            for (long at = 0; at < length; at += zeros.length) {
                to.write(zeros, 0, (int) Math.min(zeros.length, length - at));
            }
            MappedByteBuffer bytes = to.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, length);
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            bytes.putInt(CAPACITY_AT, capacity);
            bytes.putInt(TURN_AT, turn);
            return new RingFile(file, bytes, ringBytes);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Says whose ring it is. Until then the file is none that another process would read. */
    void begin(long instance, long baseNanos, long baseMicros) {
        bytes.putLong(INSTANCE_AT, instance);
        bytes.putLong(NANOS_AT, baseNanos);
        bytes.putLong(MICROS_AT, baseMicros);
        bytes.putInt(4, VERSION);
        bytes.putInt(HEAD_CHECKSUM_AT, headChecksum(bytes));
        VarHandle.storeStoreFence(); // Whoever sees the first word sees the others too.
        bytes.putInt(0, MAGIC);
    }

    /**
     * Whether a process has come as far as {@link #begin}, before which it puts nothing in. One that is killed sooner leaves
     * a file without its first word, of any length.
     */
    static boolean isBegun(Path file) throws IOException {
        byte[] first = new byte[Integer.BYTES];
        byte[] tail = new byte[Long.BYTES];
        try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r")) {
            PrivateFiles.read(from, 0, first, 0, first.length);
            PrivateFiles.read(from, RING_AT + RingScan.TAIL_AT, tail, 0, tail.length);
        }
        return !Arrays.equals(first, new byte[first.length]) || !Arrays.equals(tail, new byte[tail.length]);
    }

    static int headChecksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        ByteBuffer head = bytes.duplicate();
        head.limit(HEAD_CHECKSUM_AT).position(Integer.BYTES);
        checksum.update(head);
        return (int) checksum.getValue();
    }

    RingBuffer ring() {
        return ring;
    }

    /** Writes down the names of the data sources, by number. */
    void sources(List<String> names) {
        int at = SOURCES_AT + 2 * Integer.BYTES;
        int count = 0;
        for (String name : names) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            if (at + Integer.BYTES + text.length > SOURCES_AT + SOURCES_BYTES) {
                break; // Thousands of data sources: those left out are named after none.
            }
            bytes.putInt(at, text.length);
            bytes.put(at + Integer.BYTES, text);
            at += Integer.BYTES + text.length;
            count++;
        }
        bytes.putInt(SOURCES_AT + Integer.BYTES, at);
        bytes.putInt(SOURCES_AT, count);
    }

    static List<String> sources(ByteBuffer bytes) {
        List<String> names = new ArrayList<>();
        int at = SOURCES_AT + 2 * Integer.BYTES;
        for (int i = 0; i < bytes.getInt(SOURCES_AT); i++) {
            int length = bytes.getInt(at);
            if (length < 0 || at + Integer.BYTES + length > SOURCES_AT + SOURCES_BYTES) {
                break;
            }
            byte[] text = new byte[length];
            bytes.get(at + Integer.BYTES, text);
            names.add(new String(text, StandardCharsets.UTF_8));
            at += Integer.BYTES + length;
        }
        return names;
    }

    void mark(Mark mark) {
        turn++;
        mark.write(bytes, MARKS_AT + (int) (turn & 1) * MARK_STRIDE, turn);
    }

    /** Returns when what was written so far outlives the machine's power. */
    void force() {
        bytes.force();
    }

    Path file() {
        return file;
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
