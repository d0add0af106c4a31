package dev.afterimage.core.spool;

import dev.afterimage.core.codec.ByteReader;
import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.EventCodec;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.spool.SpoolDirectory.Mark;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of events in a directory, which outlives its process. Events are appended at one end, read in the same
 * order, and kept until they are settled: the next process reads again what was not. Appending does not wait for the
 * disk: what was appended survives the process, however it ends, and not a power failure.
 *
 * <p>One thread at a time. What cannot be read is told to {@link SpoolLosses} and never thrown.
 */
public final class Spool implements Closeable {

    private static final long SMALLEST_SEGMENT = 4 << 10;
    private static final long LARGEST_SEGMENT = 16 << 20;
    private static final int KEPT_BUFFER = 1 << 20;
    private static final int READ_BYTES = 4 << 20;
    private static final int LAST_BYTES = 64 << 10;

    private final SpoolDirectory directory;
    private final long maxBytes;
    private final long segmentBytes;
    private final ByteWriter records = new ByteWriter(0);
    private final Deque<Segment> segments = new ArrayDeque<>();
    /** The last segment, if this process has made it and may add to it. */
    private @Nullable Segment growing;

    /** Where reading stands: in this segment, at the ordinal {@code read}. Null before the first segment. */
    private @Nullable Segment reading;

    private @Nullable SegmentReader reader;
    private long settled;
    private long read;
    private long end;
    private long bytes;
    private boolean steady;

    private Spool(SpoolDirectory directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.segmentBytes = Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, maxBytes / 16));
    }

    /**
     * Opens the spool in a directory, which is made if need be. No other process or trail can have it until it is closed.
     *
     * @param maxBytes most bytes of files
     * @throws IOException if the directory cannot be used; the message says why
     */
    public static Spool open(Path directory, long maxBytes) throws IOException {
        SpoolDirectory opened = SpoolDirectory.open(directory);
        try {
            Spool spool = new Spool(opened, maxBytes);
            spool.resume();
            return spool;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Whether a directory holds what an earlier process could not send; does not open it. */
    public static boolean isLeftIn(Path directory) {
        try {
            return Files.isDirectory(directory) && SpoolDirectory.hasSegments(directory);
        } catch (IOException unreadable) {
            return false;
        }
    }

    // ---- what earlier processes have left

    private void resume() throws IOException {
        Mark mark = directory.mark();
        List<Segment> found = directory.segments();
        if (found.isEmpty() && mark.settled() < mark.end()) {
            found = List.of(Segment.create(directory.path(), mark.settled(), 0)); // Somebody has deleted it.
        }
        for (int i = 0; i < found.size(); i++) {
            Segment segment = found.get(i);
            if (i + 1 < found.size()) {
                long events = found.get(i + 1).first() - segment.first();
                segment.found((int) Math.min(events, Integer.MAX_VALUE), false);
            } else {
                countLast(segment, mark);
            }
            segments.add(segment);
            bytes += segment.length();
        }
        settled = found.isEmpty()
                ? mark.settled()
                : Math.max(mark.settled(), found.get(0).first());
        end = found.isEmpty() ? settled : Math.max(settled, segments.getLast().end());
        read = settled;
        deleteSettled();
        directory.mark(new Mark(settled, end)); // Whoever cannot write here shall know now.
    }

    /** Of the last segment no other says how many events it has: the mark does, unless the process died before. */
    private static void countLast(Segment last, Mark mark) throws IOException {
        SegmentReader all = new SegmentReader(last);
        int events = 0;
        long whole = Segment.HEADER_BYTES;
        while (all.next()) {
            events = all.index() + 1;
            all.skip();
            whole = all.position();
        }
        long marked = Math.min(mark.end() - last.first(), Integer.MAX_VALUE);
        boolean cutOff = whole != last.length() && events >= marked;
        last.found((int) Math.max(marked, cutOff ? events + 1 : events), cutOff);
        last.close();
    }

    /**
     * Keeps the last segment when all of it is settled: for one that everything goes through, which would make and delete
     * a file for every batch.
     */
    public void keepLastSegment() {
        steady = true;
    }

    /** Forgets what was appended from an ordinal on, by an earlier process that has sent nothing of it. */
    public void forgetFrom(long ordinal) {
        if (growing != null || ordinal >= end) {
            return;
        }
        while (!segments.isEmpty() && segments.getLast().first() >= ordinal) {
            remove(segments.removeLast());
        }
        if (!segments.isEmpty()) {
            segments.getLast().found((int) (ordinal - segments.getLast().first()), false);
        }
        end = Math.max(settled, ordinal);
        mark();
    }

    /** Returns when what was appended so far outlives the machine's power. */
    public void force() throws IOException {
        if (growing != null) {
            growing.force();
        }
        directory.force();
    }

    /** Ordinal after the last event. */
    public long end() {
        return end;
    }

    // ---- appending

    /**
     * Appends events, all or none. They are read later, in this order.
     *
     * @return false if the spool has no room for them now
     * @throws IOException if they cannot be written: a full disk, for one. The spool is as it was
     */
    public boolean append(List<? extends AuditEvent> events) throws IOException {
        return append(events, maxBytes);
    }

    /** As the other, even if the spool is full: for the few words that say what was lost for that. */
    public boolean appendLast(List<? extends AuditEvent> events) throws IOException {
        return append(events, maxBytes + LAST_BYTES);
    }

    private boolean append(List<? extends AuditEvent> events, long limit) throws IOException {
        Segment to = growing;
        if (to == null || to.length() >= segmentBytes) {
            to = Segment.create(directory.path(), end, new SecureRandom().nextLong());
        }
        encode(events, to);
        long added = (long) records.length() + (to.length() == 0 ? Segment.HEADER_BYTES : 0);
        if (bytes + added > limit) {
            return false;
        }
        write(events.size(), to);
        bytes += added;
        end = to.end();
        mark();
        return true;
    }

    private void encode(List<? extends AuditEvent> events, Segment to) {
        Frame frame = new Frame(to.salt());
        records.shrink(KEPT_BUFFER);
        int index = to.count();
        for (AuditEvent event : events) {
            int head = Frame.begin(records);
            EventCodec.put(records, event);
            frame.end(records, head, index++);
        }
    }

    private void write(int events, Segment to) throws IOException {
        try {
            to.append(records.array(), records.length(), events);
        } catch (IOException e) {
            if (to == growing) {
                growing = null; // Its end may be torn. Reading stops where it was whole.
            } else {
                to.delete();
            }
            throw e;
        }
        if (to != growing) {
            if (growing != null && growing != reading) {
                growing.close();
            }
            segments.add(to);
            growing = to;
        }
    }

    /** What was appended so far is in good hands already: reading goes on after it. It still has to be settled. */
    public void skipToEnd() {
        read = end;
    }

    /** As {@link #skipToEnd}, for the next events. */
    public void skip(int events) {
        read = Math.min(end, read + events);
    }

    // ---- reading

    /**
     * Reads on: events that follow each other, in the order of appending.
     *
     * @param most events; fewer are read where they are large
     * @return empty if there are none left, or none of these could be read
     * @throws IOException if the disk fails; what was not answered is read the next time
     */
    public List<AuditEvent> read(int most, SpoolLosses losses) throws IOException {
        List<AuditEvent> events = new ArrayList<>();
        int size = 0;
        try {
            while (read < end && events.size() < most && size < READ_BYTES) {
                size += readOne(events, losses);
            }
        } catch (IOException e) {
            if (events.isEmpty()) {
                throw e;
            }
        }
        return events;
    }

    private int readOne(List<AuditEvent> to, SpoolLosses losses) throws IOException {
        Segment in = segmentAt(read);
        SegmentReader from = readerOf(in);
        if (!next(from, Math.max(0, read - in.first())) || from.index() >= in.count()) {
            // What should still have been there is lost.
            losses.lost(name(in), in.isOpenEnded() ? -1 : in.end() - read);
            read = in.end();
            return 0;
        }
        long ordinal = in.first() + from.index();
        if (ordinal > read) {
            losses.lost(name(in), ordinal - read);
        }
        decode(from, in, to, losses);
        int length = from.eventLength();
        from.skip();
        read = ordinal + 1;
        return length;
    }

    /** Finds the first record from an index on. Those before it are settled, or in good hands. */
    private static boolean next(SegmentReader from, long index) throws IOException {
        while (from.next()) {
            if (from.index() >= index) {
                return true;
            }
            from.skip();
        }
        return false;
    }

    private static void decode(SegmentReader from, Segment in, List<AuditEvent> to, SpoolLosses losses) {
        try {
            to.add(EventCodec.get(new ByteReader(from.bytes(), from.eventAt(), from.eventLength())));
        } catch (RuntimeException unknown) { // Whole, and yet no event: of a later release, perhaps.
            losses.lost(name(in), 1);
        }
    }

    private Segment segmentAt(long ordinal) {
        Segment last = segments.getLast();
        for (Segment segment : segments) {
            if (ordinal < segment.end()) {
                return segment;
            }
        }
        return last;
    }

    private SegmentReader readerOf(Segment segment) {
        SegmentReader known = reader;
        if (known == null || segment != reading) {
            if (reading != null && reading != growing) {
                reading.close();
            }
            known = new SegmentReader(segment);
            reader = known;
            reading = segment;
        }
        return known;
    }

    private static String name(Segment segment) {
        return String.valueOf(segment.file().getFileName());
    }

    // ---- settling

    /**
     * Everything before an ordinal has found its end, and is not read again.
     *
     * @param ordinal a value that {@link #position} has returned
     */
    public void settle(long ordinal) {
        if (ordinal > settled) {
            settled = ordinal;
            deleteSettled();
            mark();
        }
    }

    private void deleteSettled() {
        while (!segments.isEmpty() && segments.getFirst().end() <= settled) {
            Segment first = segments.getFirst();
            if (steady && first == growing && first.length() < segmentBytes) {
                return;
            }
            remove(segments.removeFirst());
        }
    }

    private void remove(Segment done) {
        bytes -= done.length();
        if (done == growing) {
            growing = null;
        }
        if (done == reading) {
            reading = null;
            reader = null;
        }
        try {
            done.delete();
        } catch (IOException e) {
            // The mark says that it is settled: the next process deletes it.
        }
    }

    private void mark() {
        try {
            directory.mark(new Mark(settled, end));
        } catch (IOException e) {
            // An older mark is true as well: the next process counts what follows it, and may read some of it again.
        }
    }

    // ---- what there is

    /** Ordinal of the next event to be read. */
    public long position() {
        return read;
    }

    /** Whether everything was read. */
    public boolean isDrained() {
        return read == end;
    }

    /** Events that are not settled. */
    public long events() {
        return end - settled;
    }

    /** Bytes of all files, the settled part of the first one included. */
    public long bytes() {
        return bytes;
    }

    /** Where the files lie. */
    public Path directory() {
        return directory.path();
    }

    /** Gives the directory to others. What is not settled stays. */
    @Override
    public void close() throws IOException {
        steady = false;
        deleteSettled();
        try (directory) {
            segments.forEach(Segment::close);
        }
    }
}
