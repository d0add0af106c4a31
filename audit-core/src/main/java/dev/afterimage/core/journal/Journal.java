package dev.afterimage.core.journal;

import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.spool.DirectoryInUseException;
import dev.afterimage.core.spool.PrivateFiles;
import dev.afterimage.core.spool.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A process's place on disk: its ring, its spool, and what earlier processes have left in this place and in others that
 * nobody uses. Used by the background thread, but for {@link #force}, which any thread calls.
 */
public final class Journal implements Closeable {

    /** Processes on one machine with one directory. */
    private static final int MOST_PLACES = 256;

    /** A ring that takes no records of its own. */
    private static final int SMALL_RING = 1 << 16;

    private final Spool spool;
    private final RingFile file;
    private final Parked parked;
    private final List<Leftover> left;
    private final ReentrantLock forcing = new ReentrantLock();
    private long forcedTo;

    /**
     * What was left in one place.
     *
     * @param spool the events there; null for this process's own place, whose spool goes on
     * @param rings the rings there, oldest first
     * @param unreadable files that are no ring this release can read, and why
     */
    public record Leftover(@Nullable Spool spool, List<LeftRing> rings, List<String> unreadable) {}

    private Journal(Spool spool, RingFile file, List<Leftover> left) {
        this.spool = spool;
        this.file = file;
        this.parked = new Parked(LeftRing.parked(file.file()));
        this.left = left;
        spool.keepLastSegment();
    }

    /**
     * Takes a place in a directory, which is made if need be.
     *
     * @param maxBytes most bytes of the spool
     * @param capacity of the ring, in bytes
     * @param instance number of this process start
     * @throws IOException if the directory cannot be used, or the disk has no room for the ring
     */
    public static Journal open(Path directory, long maxBytes, int capacity, long instance) throws IOException {
        PrivateFiles.createDirectory(directory);
        Journal opened = open(places(directory), false, maxBytes, capacity, instance);
        if (opened == null) {
            throw new IOException("no place is free: " + MOST_PLACES + " processes use it");
        }
        return opened;
    }

    /**
     * Takes the places in which processes that are gone have left something, and no others: for who looks after them and
     * captures nothing. The directory itself is the place of a spool without a journal.
     *
     * @param maxBytes as in {@link #open}
     * @param instance as in {@link #open}
     * @return null if nothing is left there, or living processes have it
     * @throws IOException if the directory cannot be used, or the disk has no room
     */
    public static @Nullable Journal openLeft(Path directory, long maxBytes, long instance) throws IOException {
        List<Path> places = places(directory);
        places.add(directory);
        return open(places, true, maxBytes, SMALL_RING, instance);
    }

    private static List<Path> places(Path directory) {
        List<Path> places = new ArrayList<>();
        for (int place = 0; place < MOST_PLACES; place++) {
            places.add(directory.resolve(Integer.toString(place)));
        }
        return places;
    }

    /** The first that is free becomes this process's own; null if none is. */
    private static @Nullable Journal open(
            List<Path> places, boolean onlyLeft, long maxBytes, int capacity, long instance) throws IOException {
        Spool own = null;
        List<Leftover> left = new ArrayList<>();
        for (Path place : places) {
            if ((onlyLeft || own != null) && !isLeftIn(place)) {
                continue;
            }
            try {
                Spool spool = Spool.open(place, maxBytes);
                left.add(leftover(spool, place, own == null));
                own = own == null ? spool : own;
            } catch (DirectoryInUseException e) {
                // Its process lives.
            }
        }
        return own == null ? null : begin(own, left, capacity, instance);
    }

    private static Journal begin(Spool own, List<Leftover> left, int capacity, long instance) throws IOException {
        try {
            Path ring = own.directory().resolve(String.format(Locale.ROOT, "%016x", instance) + LeftRing.RING_SUFFIX);
            int turn = 1
                    + left.stream()
                            .filter(each -> each.spool() == null)
                            .flatMap(each -> each.rings().stream())
                            .mapToInt(LeftRing::turn)
                            .max()
                            .orElse(0);
            return new Journal(own, RingFile.create(ring, capacity, turn), left);
        } catch (IOException | RuntimeException e) {
            for (Leftover each : left) {
                if (each.spool() != null) {
                    each.spool().close();
                }
            }
            own.close();
            throw e;
        }
    }

    private static boolean isLeftIn(Path place) throws IOException {
        return Files.isDirectory(place)
                && (Spool.isLeftIn(place) || !rings(place).isEmpty());
    }

    private static List<Path> rings(Path place) throws IOException {
        return PrivateFiles.list(
                place, file -> String.valueOf(file.getFileName()).endsWith(LeftRing.RING_SUFFIX));
    }

    /** What was appended to the spool behind the last mark was never sent, and is made again. */
    private static Leftover leftover(Spool spool, Path place, boolean own) throws IOException {
        List<LeftRing> found = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Path file : rings(place)) {
            if (!RingFile.isBegun(file)) {
                Files.delete(file);
                continue;
            }
            try {
                found.add(LeftRing.read(file));
            } catch (IOException e) {
                unreadable.add(String.valueOf(e.getMessage()));
                Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
            }
        }
        // Not by the machine's clock, which may have been set back; rings of earlier releases have no turn.
        found.sort(Comparator.comparing(LeftRing::turn).thenComparing(LeftRing::baseMicros));
        long marked = found.isEmpty() ? Long.MAX_VALUE : Long.MIN_VALUE;
        for (LeftRing ring : found) {
            marked = Math.max(marked, ring.mark().ordinal());
        }
        spool.forgetFrom(marked);
        for (LeftRing ring : List.copyOf(found)) {
            if (ring.isTold(marked)) {
                ring.done();
                found.remove(ring);
            }
        }
        return new Leftover(own ? null : spool, found, unreadable);
    }

    /** Says whose journal it is, and lets it begin. */
    public void begin(long instance, long baseNanos, long baseMicros) {
        file.mark(new Mark(0, 0, spool.end(), List.of()));
        file.begin(instance, baseNanos, baseMicros);
    }

    /** The ring. */
    public RingBuffer ring() {
        return file.ring();
    }

    /** The spool through which every event goes. */
    public Spool spool() {
        return spool;
    }

    /** What was found at the start. */
    public List<Leftover> left() {
        return left;
    }

    /** Writes down the names of the data sources, by number. */
    public void sources(List<String> names) {
        file.sources(names);
    }

    /** Writes down how far the ring's records have become events. */
    public void mark(Mark mark) throws IOException {
        file.mark(mark);
        parked.keepOnly(mark.open());
    }

    /** Keeps an open record beside the ring, which needs its room. */
    public void park(long position, byte[] record) throws IOException {
        parked.add(position, record);
    }

    /** Whether an open record lies beside the ring. */
    public boolean isParked(long position) {
        return parked.has(position);
    }

    /**
     * Returns when everything that the calling thread has put into the ring outlives the machine's power. One call to the
     * disk serves all threads that wait for it.
     */
    public void force() {
        long mine = ring().tail();
        forcing.lock();
        try {
            if (forcedTo < mine) {
                long all = ring().tail();
                file.force();
                forcedTo = all;
            }
        } finally {
            forcing.unlock();
        }
    }

    /** Returns when events that were appended, and the mark, outlive the machine's power. */
    public void forceEvents() throws IOException {
        spool.force();
        parked.force();
    }

    /** Returns when the last mark outlives the machine's power. */
    public void forceMark() {
        file.force();
    }

    /**
     * Gives the place to others. The ring stays if it has something to tell; and beside one that could not be told, whose mark
     * is older: what the next start finds in the spool behind the last mark, it forgets.
     */
    @Override
    public void close() throws IOException {
        try {
            if (ring().isEmpty() && rings(spool.directory()).size() == 1) {
                file.delete();
                parked.delete();
            }
            for (Leftover each : left) {
                if (each.spool() != null) {
                    each.spool().close();
                }
            }
        } finally {
            spool.close();
        }
    }
}
