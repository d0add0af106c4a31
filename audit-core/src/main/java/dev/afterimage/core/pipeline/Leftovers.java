package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.RecordHead;
import dev.afterimage.core.codec.Stage;
import dev.afterimage.core.codec.TransactionReader;
import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.journal.Journal;
import dev.afterimage.core.journal.LeftRing;
import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier processes have left in the journal's directory: their events are sent on, and their records become events
 * as soon as their data sources are known here and can be asked. Used by the background thread only.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int CHUNK_EVENTS = 10_000;

    private final Sources sources;
    private final WallClock clock;
    private final int maxRows;
    private final Taker taker;
    private final Deque<Journal.Leftover> spools = new ArrayDeque<>();
    private final Deque<Left> rings = new ArrayDeque<>();
    private final List<String> unreadable = new ArrayList<>();
    private @Nullable Claim claim;
    private volatile Map<Path, Set<String>> rest = Map.of();
    private long nextNanos = System.nanoTime();

    /** Takes the events over. */
    interface Taker {

        /** Keeps events on disk; answers whether they are kept. */
        boolean keep(List<AuditEvent> events);

        /** Everything kept so far belongs together and may be sent. */
        void seal();

        /** Ordinal in the spool after what was kept. */
        long kept();

        /** Records a hole. */
        void gap(String source, String detail);
    }

    /** A ring, its records with their outcomes, and the names of the data sources that these come from. */
    private record Left(LeftRing ring, List<Undone.Raw> records, Set<String> sources) {

        static Left of(LeftRing ring) {
            List<Undone.Raw> records = outcomes(ring);
            Set<String> sources = new TreeSet<>();
            records.forEach(record -> sources.add(sourceOf(record, ring)));
            return new Left(ring, records, sources);
        }
    }

    /** The records of a ring on their way to become events. */
    private record Claim(LeftRing ring, List<TransactionRecord> records, long untilNanos) {}

    Leftovers(Journal journal, Sources sources, WallClock clock, int maxRows, Taker taker) {
        this.sources = sources;
        this.clock = clock;
        this.maxRows = maxRows;
        this.taker = taker;
        for (Journal.Leftover left : journal.left()) {
            if (left.spool() != null) {
                spools.add(left);
            }
            left.rings().forEach(ring -> rings.add(Left.of(ring)));
            unreadable.addAll(left.unreadable());
        }
        tellRest();
    }

    /** What is still to be done: rings and spools, and the data sources that a ring waits for. Any thread may ask. */
    Map<Path, Set<String>> rest() {
        return rest;
    }

    private void tellRest() {
        Map<Path, Set<String>> now = new LinkedHashMap<>();
        for (Journal.Leftover left : spools) {
            if (left.spool() != null) {
                now.put(left.spool().directory(), Set.of());
            }
        }
        rings.forEach(left -> now.put(left.ring().file(), left.sources()));
        rest = now;
    }

    /** Does what can be done now. */
    void advance(boolean closing) {
        if (closing || (rings.isEmpty() && spools.isEmpty() && unreadable.isEmpty())) {
            return;
        }
        if (System.nanoTime() - nextNanos < 0) {
            return;
        }
        for (String file : unreadable) {
            LOG.error("What an earlier start has captured cannot be read: {}", file);
            taker.gap(sources.nameOf(-1), "What an earlier start has captured cannot be read: " + file);
        }
        unreadable.clear();
        while (!spools.isEmpty() && sendOn(spools.getFirst())) {
            spools.removeFirst();
        }
        if (spools.isEmpty()) {
            recoverRings();
        }
        tellRest();
        nextNanos = System.nanoTime() + INTERVAL;
    }

    /** The events of another place: they have their numbers, so to send some of them twice does no harm. */
    private boolean sendOn(Journal.Leftover left) {
        Spool from = left.spool();
        if (from == null) {
            return true;
        }
        try {
            while (!from.isDrained()) {
                List<AuditEvent> events = from.read(
                        CHUNK_EVENTS,
                        (segment, lost) -> taker.gap(
                                sources.nameOf(-1), "Events in the spool's file " + segment + " cannot be read"));
                if (!taker.keep(events)) {
                    return false;
                }
            }
            taker.seal();
            from.settle(from.position());
            return true;
        } catch (IOException e) {
            LOG.warn("The spool in {} cannot be read now", from.directory(), e);
            return false;
        }
    }

    /** In their order; but nobody waits for a data source that is another's. */
    private void recoverRings() {
        for (Iterator<Left> each = rings.iterator(); each.hasNext(); ) {
            Left left = each.next();
            if (!left.sources().stream().allMatch(name -> sources.numberOf(name) >= 0)) {
                continue;
            }
            if (!recover(left)) {
                return;
            }
            each.remove();
        }
    }

    private boolean recover(Left left) {
        Claim known = claim;
        if (known == null || known.ring() != left.ring()) {
            known = claim(left.ring(), left.records());
            claim = known;
        }
        if (!isSettled(known) || !arePositioned(known.records())) {
            return false;
        }
        boolean done = tell(known);
        claim = done ? null : known;
        return done;
    }

    // ---- whose they are, and what became of them

    private static String sourceOf(Undone.Raw record, LeftRing ring) {
        int number = RecordHead.source(record.bytes());
        return number < ring.sources().size() ? ring.sources().get(number) : "";
    }

    /** The records, as this process would have read them. */
    private Claim claim(LeftRing ring, List<Undone.Raw> outcomes) {
        Map<Integer, Integer> numbers = new LinkedHashMap<>();
        for (Undone.Raw record : outcomes) {
            numbers.put(RecordHead.source(record.bytes()), sources.numberOf(sourceOf(record, ring)));
        }
        long later = clock.baseNanos() - ring.baseNanos() + (ring.baseMicros() - clock.baseMicros()) * 1000;
        TransactionReader reader = new TransactionReader();
        List<TransactionRecord> records = new ArrayList<>();
        long unreadableRecords = ring.damaged();
        for (Undone.Raw left : outcomes) {
            RecordHead.source(left.bytes(), numbers.getOrDefault(RecordHead.source(left.bytes()), 0));
            try {
                records.add(reader.read(left.bytes(), 0, left.bytes().length, left.position(), later));
            } catch (RuntimeException e) { // Of a later release, perhaps.
                unreadableRecords++;
            }
        }
        if (unreadableRecords > 0) {
            taker.gap(
                    ring.sources().isEmpty()
                            ? sources.nameOf(-1)
                            : ring.sources().get(0),
                    "Records that the process " + Long.toHexString(ring.instance())
                            + " has left are damaged; places that cannot be read: " + unreadableRecords);
        }
        return new Claim(ring, records, System.nanoTime() + Doubts.PATIENCE);
    }

    /** Announced records with the outcomes that were told of them, those without one in doubt; in the order of outcomes. */
    private static List<Undone.Raw> outcomes(LeftRing ring) {
        Map<Long, List<Undone.Raw>> announced = new LinkedHashMap<>();
        List<Undone.Raw> told = new ArrayList<>();
        for (Map.Entry<Long, byte[]> found : ring.records().entrySet()) {
            Undone.Raw record = new Undone.Raw(found.getKey(), found.getValue());
            long number = RecordHead.number(record.bytes());
            Stage stage = RecordHead.stage(record.bytes());
            if (stage == Stage.ANNOUNCED) {
                announced.computeIfAbsent(number, any -> new ArrayList<>(1)).add(record);
                continue;
            }
            List<Undone.Raw> earlier = announced.remove(number);
            if (!RecordHead.concludes(record.bytes())) {
                told.add(record);
            } else if (earlier != null && stage != Stage.ROLLED_BACK) {
                earlier.forEach(part -> RecordHead.conclude(part.bytes(), record.bytes()));
                told.addAll(earlier);
            }
        }
        for (List<Undone.Raw> open : announced.values()) {
            open.forEach(part -> RecordHead.stage(part.bytes(), Stage.IN_DOUBT));
            told.addAll(open);
        }
        return told;
    }

    /** Asks the databases what became of those in doubt; a server process may go on for a while without its client. */
    private boolean isSettled(Claim claimed) {
        boolean patient = System.nanoTime() - claimed.untilNanos() < 0;
        boolean settled = true;
        List<TransactionRecord> records = claimed.records();
        for (int i = records.size() - 1; i >= 0; i--) {
            TransactionRecord record = records.get(i);
            FenceSource database = sources.get(record.source()).source().fences();
            OptionalLong transaction = record.inDoubt() ? record.databaseTransaction() : OptionalLong.empty();
            boolean whole = record.part() == 0 && record.last();
            if (database == null || transaction.isEmpty() || !whole) {
                continue;
            }
            FenceSource.Fate fate = fate(database, transaction.getAsLong(), record.seenNanos());
            if (fate == FenceSource.Fate.ROLLED_BACK) {
                records.remove(i);
            } else if (fate == FenceSource.Fate.COMMITTED) {
                records.set(i, record.committed(record.returnedNanos()));
            } else if (fate == FenceSource.Fate.RUNNING) {
                settled = false;
            }
        }
        return settled || !patient;
    }

    private static FenceSource.Fate fate(FenceSource database, long transaction, long seenNanos) {
        try {
            return database.fateOf(transaction, seenNanos);
        } catch (RuntimeException | Error unavailable) {
            return FenceSource.Fate.RUNNING;
        }
    }

    private boolean arePositioned(List<TransactionRecord> records) {
        Set<Integer> used = new TreeSet<>();
        records.forEach(record -> used.add(record.source()));
        return used.stream().allMatch(source -> sources.readPosition(source) == null);
    }

    // ---- events

    private boolean tell(Claim claimed) {
        LeftRing ring = claimed.ring();
        ChangeAssembler assembler =
                new ChangeAssembler(ring.instance(), clock, maxRows, ring.mark().sequence());
        List<AuditEvent> events = new ArrayList<>();
        long doubtful = 0;
        for (TransactionRecord record : claimed.records()) {
            Sources.Registered from = sources.get(record.source());
            doubtful += record.inDoubt() && record.last() ? 1 : 0;
            try {
                events.addAll(assembler.assemble(record, from.source(), from.fences()));
            } catch (RuntimeException e) { // One record costs a gap, not the others.
                events.add(assembler.gap(
                        from.source().name(), GapReason.INTERNAL_FAILURE, "The audit's own failure: " + e, -1));
            }
            if (events.size() >= CHUNK_EVENTS) {
                if (!taker.keep(events)) {
                    return false;
                }
                events = new ArrayList<>();
            }
        }
        if (!taker.keep(events)) {
            return false;
        }
        try {
            ring.told(taker.kept());
            taker.seal();
            ring.done();
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted; the next start does it", ring.file(), e);
        }
        if (!claimed.records().isEmpty()) {
            LOG.info(
                    "The process {} had ended without sending {} transaction records, which are sent now; {} of them are in"
                            + " doubt",
                    Long.toHexString(ring.instance()),
                    claimed.records().size(),
                    doubtful);
        }
        return true;
    }
}
