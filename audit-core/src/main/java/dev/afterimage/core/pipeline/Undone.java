package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.RecordHead;
import dev.afterimage.core.codec.Stage;
import dev.afterimage.core.journal.Journal;
import dev.afterimage.core.journal.Mark;
import dev.afterimage.core.ring.RingBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The records of a journal's ring that were drained and have not become events: announced ones, which await their outcome,
 * and those that wait for their database. Their bytes stay in the ring, or beside it where they would hold up too much
 * of it. Used by the background thread only.
 */
final class Undone {

    /** So many that with what a round adds they still have room in a mark. */
    private static final int FULL = Mark.MOST_OPEN / 2;

    private final Journal journal;
    private final RingBuffer ring;
    private final TreeSet<Long> open = new TreeSet<>();
    private final Map<Long, List<Raw>> announced = new LinkedHashMap<>();
    /** Where the conclusion stands by which an announced record became one with an outcome. */
    private final Map<Long, Long> concludedAt = new HashMap<>();

    private @Nullable Mark written;

    /** A record as it came out of the ring; its outcome may be told later. */
    static final class Raw {
        private final long position;
        private final byte[] bytes;

        Raw(long position, byte[] bytes) {
            this.position = position;
            this.bytes = bytes;
        }

        /** Where it began in the ring. */
        long position() {
            return position;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    Undone(Journal journal) {
        this.journal = journal;
        this.ring = journal.ring();
    }

    /** Whether no more should be drained. */
    boolean isFull() {
        return open.size() >= FULL;
    }

    /** Whether a transaction was announced whose outcome is not told. */
    boolean awaitsOutcomes() {
        return !announced.isEmpty();
    }

    /** Takes a drained record; answers those whose outcome is known by it. */
    List<Raw> take(Raw record) {
        open.add(record.position());
        long number = RecordHead.number(record.bytes());
        if (RecordHead.stage(record.bytes()) == Stage.ANNOUNCED) {
            announced.computeIfAbsent(number, any -> new ArrayList<>(1)).add(record);
            return List.of();
        }
        List<Raw> earlier = announced.remove(number);
        if (!RecordHead.concludes(record.bytes())) {
            forget(earlier);
            return List.of(record);
        }
        if (earlier == null || RecordHead.stage(record.bytes()) == Stage.ROLLED_BACK) {
            forget(earlier);
            open.remove(record.position());
            return List.of();
        }
        for (Raw part : earlier) {
            RecordHead.conclude(part.bytes(), record.bytes());
        }
        concludedAt.put(earlier.get(earlier.size() - 1).position(), record.position());
        return earlier;
    }

    /** As {@link #take}, for a conclusion for which the ring had no room. */
    List<Raw> concluded(byte[] conclusion) {
        List<Raw> earlier = announced.remove(RecordHead.number(conclusion));
        if (earlier == null || RecordHead.stage(conclusion) == Stage.ROLLED_BACK) {
            forget(earlier);
            return List.of();
        }
        earlier.forEach(part -> RecordHead.conclude(part.bytes(), conclusion));
        return earlier;
    }

    /** Those whose outcome will not be told any more: they are in doubt. */
    List<Raw> unconcluded() {
        List<Raw> all = new ArrayList<>();
        announced.values().forEach(all::addAll);
        all.forEach(record -> RecordHead.stage(record.bytes(), Stage.IN_DOUBT));
        announced.clear();
        return all;
    }

    private void forget(@Nullable List<Raw> records) {
        if (records != null) {
            records.forEach(record -> open.remove(record.position()));
        }
    }

    /** A record has become events, or never will. */
    void done(long position) {
        open.remove(position);
        Long conclusion = concludedAt.remove(position);
        if (conclusion != null) {
            open.remove(conclusion);
        }
    }

    /**
     * Writes down that everything drained has become events, but for what is open, and gives the ring's room back.
     *
     * @param sequence number of the last event
     * @param forced whether all of that shall outlive the machine's power
     * @throws IOException if the disk refuses; it is to be tried again
     */
    void mark(long sequence, boolean forced) throws IOException {
        park();
        Mark mark = new Mark(ring.drained(), sequence, journal.spool().end(), List.copyOf(open));
        if (mark.equals(written)) {
            return;
        }
        if (forced) {
            journal.forceEvents();
        }
        journal.mark(mark);
        if (forced) {
            journal.forceMark();
        }
        written = mark;
        ring.release(firstInRing());
    }

    /** What is open may hold up a quarter of the ring, not more: producers need it. */
    private void park() throws IOException {
        for (Long position : List.copyOf(open)) {
            if (ring.tail() - position <= ring.capacity() / 4) {
                break;
            }
            if (position >= ring.head() && !journal.isParked(position)) {
                journal.park(position, ring.read(position));
            }
        }
    }

    private long firstInRing() {
        for (long position : open) {
            if (!journal.isParked(position)) {
                return position;
            }
        }
        return ring.drained();
    }
}
