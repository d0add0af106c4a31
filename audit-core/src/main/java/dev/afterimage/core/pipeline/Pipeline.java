package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.CorruptRecordException;
import dev.afterimage.core.codec.TransactionReader;
import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.journal.Journal;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.metrics.LogLimit;
import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.spool.Spool;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one background thread and what it works with. Producers meet it only in the ring.
 *
 * <p>A round: copy records out of the ring; read the position of each database that they come from, which now is an
 * upper bound for all of them; make events; give the ring's room back; send. What comes from a database that cannot be
 * asked waits. With a journal the events are on disk before the room is given back, and are sent after that. Rounds do not
 * follow each other at once: {@link Pace}.
 */
public final class Pipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final int ROUND_RECORDS = 4096;
    /** A round's events are in memory together: of small changes they take some fifty times their records' bytes. */
    private static final int ROUND_BYTES = 1 << 20;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(1);
    /** How often, after a pause each, what fails for want of memory or the like is tried before it costs a gap. */
    private static final int MOST_TRIES = 20;

    private final long instance;
    private final RingBuffer ring;
    private final Sink sink;
    private final Limits limits;
    private final AuditCounters counters;
    private final Publisher publisher;
    private final Outlet outlet;
    private final Deadline deadline = new Deadline();
    private final WallClock clock = new WallClock();
    private final TransactionReader reader = new TransactionReader();
    private final ChangeAssembler assembler;
    private final Sources sources;
    private final Queue<GapNote> gaps = new ConcurrentLinkedQueue<>();
    private final List<Runnable> lastCalls = new CopyOnWriteArrayList<>();
    private final List<Relay> relays = new CopyOnWriteArrayList<>();
    private final LogLimit logLimit = new LogLimit();
    private final Doubts doubts = new Doubts();
    private final Stranded stranded;
    private final Pace pace;
    private final Thread thread;
    private final @Nullable Journal journal;
    private final @Nullable Journaling journaling;
    private final @Nullable Undone undone;
    private final @Nullable Leftovers leftovers;
    /** Drained, and ready to become events. */
    private final Deque<Undone.Raw> ready = new ArrayDeque<>();

    private final AtomicBoolean closing = new AtomicBoolean();

    /** Even while the thread waits for something to do, odd while it works; so a wait can be told from the next one. */
    private final AtomicLong turns = new AtomicLong(1);

    private long roundBytes;
    /** Everything before it is through, or awaits its outcome. */
    private volatile long passed;

    /** The records of this round; as long as there are some, something has failed, and is tried again. */
    private List<TransactionRecord> inHand = List.of();

    /** So many of them have become events. */
    private int assembled;

    /** Events that nothing has taken yet. They have their numbers, which no other event must get, nor they another. */
    private final List<AuditEvent> untold = new ArrayList<>();

    /** Failures of the machine one after the other, without a round that went well. */
    private int failedTries;

    /** Failures that nothing tells of yet, for want of memory. */
    private final AtomicLong silentFailures = new AtomicLong();

    /** Events that nothing took before the end; the thread's own. */
    private long givenUp;

    private volatile long lost;

    /** A gap noted by any thread, to be made an event: under the number of the event in whose place it stands, if any. */
    private record GapNote(
            String source,
            GapReason reason,
            String detail,
            long lost,
            @Nullable EventId instead) {}

    /**
     * Starts the thread.
     *
     * @param instance random number of this process start
     * @param spool where events wait that the sink does not take; closed with the pipeline. Null where there is none
     */
    public Pipeline(
            long instance, RingBuffer ring, Sink sink, Limits limits, @Nullable Spool spool, AuditCounters counters) {
        this(instance, ring, sink, limits, spool, null, counters, new Pace(ring));
    }

    /** As the other, with a journal in whose ring the records lie and by whose spool all events go. */
    public Pipeline(long instance, Journal journal, Sink sink, Limits limits, AuditCounters counters) {
        this(instance, journal.ring(), sink, limits, journal.spool(), journal, counters, new Pace(journal.ring()));
    }

    Pipeline(
            long instance,
            RingBuffer ring,
            Sink sink,
            Limits limits,
            @Nullable Spool spool,
            @Nullable Journal journal,
            AuditCounters counters,
            Pace pace) {
        this.instance = instance;
        this.ring = ring;
        this.pace = pace;
        this.journal = journal;
        this.sink = new OneAtATime(sink);
        this.limits = limits;
        this.counters = counters;
        this.sources = new Sources(clock, counters);
        this.stranded = new Stranded(
                sources,
                ring.capacity(),
                (source, failure) -> warn("The position of {} cannot be read, its changes wait", source, failure));
        this.publisher = new Publisher(
                ring, limits.overflowWait(), limits.rejecting(), counters, journal == null ? null : journal::force);
        this.assembler = new ChangeAssembler(instance, clock, limits.maxRows());
        Deliveries deliveries = new Deliveries(this.sink, limits.batchesInFlight(), counters, this::refused);
        Spillway spillway = spool == null
                ? null
                : new Spillway(deliveries, spool, this::isPressed, limits.batchSize(), counters, this::unreadable);
        this.outlet = spillway == null ? deliveries : spillway;
        if (journal == null || spillway == null) {
            journaling = null;
            undone = null;
            leftovers = null;
        } else {
            journal.begin(instance, clock.baseNanos(), clock.baseMicros());
            journaling = new Journaling(
                    journal,
                    spillway,
                    assembler,
                    limits,
                    deadline,
                    (source, reason, detail) -> gap(source, reason, detail, -1));
            undone = journaling.undone();
            leftovers = new Leftovers(journal, sources, clock, limits.maxRows(), journaling);
        }
        this.thread = new Thread(this::run, "afterimage-pipeline");
        thread.setDaemon(true);
        thread.start();
    }

    /** Makes a data source known, once; its number goes into every record. Thread-safe. */
    public int register(Source source) {
        int number = sources.register(source);
        Journal remembers = journal;
        if (remembers != null) {
            synchronized (remembers) {
                remembers.sources(sources.names());
            }
        }
        return number;
    }

    /**
     * What earlier processes have left and this one has not taken over yet: directories of spools, and files of rings with
     * the names of the data sources that their records come from. A ring waits until these are registered and their
     * databases can be asked. What is taken over {@link #flush} waits for. Thread-safe.
     */
    public Map<Path, Set<String>> leftovers() {
        return leftovers == null ? Map.of() : leftovers.rest();
    }

    /** Where finished transactions go. */
    public Publisher publisher() {
        return publisher;
    }

    /** Records a hole in the trail. Any thread; never blocks. */
    public void gap(int source, GapReason reason, String detail, long lost) {
        gap(sources.nameOf(source), reason, detail, lost);
    }

    /** As the other, for a data source that may not be registered yet. */
    public void gap(String source, GapReason reason, String detail, long lost) {
        gaps.add(new GapNote(source, reason, detail, lost, null));
    }

    /**
     * Names something to be done when the end begins, while records are still taken: to publish what has waited for its
     * outcome until then. Thread-safe. It must not throw, and must be quick: the shutdown timeout begins after it.
     */
    public void beforeClose(Runnable lastCall) {
        lastCalls.add(lastCall);
    }

    /**
     * For a relay: brings records of one database to the sink.
     *
     * @param database its positions and clock
     */
    public Courier courier(Source source, FenceSource database) {
        return new Courier(source, database, instance, clock, sink, limits, counters, this::refused);
    }

    /** Makes a relay known, to be waited for by {@link #flush} and closed before the sink is. Thread-safe. */
    public void attend(Relay relay) {
        relays.add(relay);
    }

    /** Records that something has failed for which there was no memory to say what. Any thread; allocates nothing. */
    public void failedUntold() {
        silentFailures.incrementAndGet();
    }

    private void refused(AuditEvent event, String reason) {
        if (!(event instanceof Gap)) { // A sink that refuses gaps too would be offered one after the other for ever.
            String detail = "The sink refused " + event.id() + ": " + reason;
            gaps.add(new GapNote(event.source(), GapReason.REJECTED, detail, 1, event.id()));
        }
        if (logLimit.allows()) {
            LOG.error("The sink refused event {} for good: {}", event.id(), reason);
        }
    }

    private void unreadable(@Nullable String source, String segment, long events) {
        counters.lost(Math.max(events, 0));
        String detail = "Events in the spool's file " + segment + " cannot be read";
        gap(source == null ? sources.nameOf(-1) : source, GapReason.DROPPED, detail, events);
        warn("Events in the spool's file {} cannot be read: {}", segment, events < 0 ? "some" : events);
    }

    /** Whether what is in hand may wait for the sink no longer: producers need the room, or the end is near. */
    private boolean isPressed() {
        boolean filling = ring.tail() - ring.head() > ring.capacity() / 2;
        return filling || deadline.leftNanos() <= limits.shutdownTimeout().toNanos() / 2;
    }

    private void run() {
        try {
            while (!isFinished()) {
                try {
                    turn();
                } catch (RuntimeException | Error t) { // The thread must live: without it the ring fills for good.
                    failed(t);
                    deadline.rest(PAUSE); // The round is tried again: what failed may well fail at once again.
                }
            }
            finish();
        } finally {
            turns.incrementAndGet();
        }
    }

    /** What is left when the time is over, is kept if there is a spool, and else counted. No database is asked any more. */
    private void finish() {
        try {
            pass();
            pass(stranded.takeAll());
            do {
                concludeAll();
                pass(undoubted(readRound()));
            } while (!ready.isEmpty() || ring.drain(this::copy, ROUND_RECORDS, ROUND_BYTES) > 0);
        } catch (RuntimeException | Error t) {
            failed(t);
        }
        givenUp += journaling == null ? untold.size() : 0;
        long dropped = publisher.takeDropped();
        lost = outlet.close(givenUp + dropped, this::lastWord) - dropped;
        counters.lost(lost);
        if (journaling != null) {
            journaling.close();
        }
    }

    private Gap lastWord(long events) {
        return assembler.gap(
                sources.nameOf(-1),
                GapReason.DROPPED,
                "Events were lost when the trail was closed: nothing took them",
                events);
    }

    private boolean isFinished() {
        boolean drained = ring.isClosed() && ring.isEmpty() && ready.isEmpty() && !isInHand();
        return deadline.isOver()
                || (drained && !hasGaps() && doubts.isEmpty() && stranded.isEmpty() && outlet.isEmpty());
    }

    private boolean hasGaps() {
        return !gaps.isEmpty() || publisher.hasDropped() || silentFailures.get() > 0;
    }

    private boolean isInHand() {
        return !untold.isEmpty() || !inHand.isEmpty();
    }

    private void turn() {
        if (leftovers != null) {
            leftovers.advance(ring.isClosed());
        }
        boolean due = pace.isRoundDue() || isSomethingDue();
        if (due && ready.isEmpty() && !isInHand() && !isFull()) {
            drain();
            concludeAll();
        }
        outlet.settle(deadline);
        if (ready.isEmpty() && !isInHand() && !isSomethingDue()) {
            if (journaling == null) {
                ring.release(); // What was passed over without being a record.
            } else {
                journaling.seal();
            }
            if (!ring.isClosed()) {
                sources.readFirstPositions();
            }
            passed = ring.drained();
            turns.incrementAndGet();
            try {
                pause(due);
            } finally {
                turns.incrementAndGet();
            }
            return;
        }
        if (!isInHand()) {
            // Positions are read when it is known what has committed: those from before are no upper bound.
            inHand = stranded.positioned(undoubted(readRound()), roundBytes, isHalfOver());
            // What fails from here on is tried again with what is in hand; nothing is set aside twice.
        }
        pass();
    }

    /** What the ring had no room for; and at the end, when everything is drained, what will never be concluded. */
    private void concludeAll() {
        Undone kept = undone;
        if (kept == null) {
            return;
        }
        for (byte[] late = publisher.takeLate(); late != null; late = publisher.takeLate()) {
            ready.addAll(kept.concluded(late));
        }
        if (ring.isClosed() && ring.drained() == ring.tail()) {
            ready.addAll(kept.unconcluded());
        }
    }

    private boolean isSomethingDue() {
        return hasGaps()
                || publisher.hasLate()
                || doubts.areDue()
                || stranded.isDue()
                || (ring.isClosed() && !doubts.isEmpty())
                || (isHalfOver() && !stranded.isEmpty());
    }

    private void pass(List<TransactionRecord> records) {
        inHand = records;
        pass();
    }

    private void pass() {
        assemble();
        noteGaps();
        if (journaling == null) {
            ring.release();
        }
        if (areTold() && journaling != null) {
            journaling.told(inHand, ready.isEmpty());
        }
        inHand = List.of();
        assembled = 0;
        failedTries = 0;
    }

    /** Those of which it is known as well as it can be what became of them; the others are kept back. */
    private List<TransactionRecord> undoubted(List<TransactionRecord> records) {
        List<TransactionRecord> undoubted = new ArrayList<>(records.size());
        for (TransactionRecord record : records) {
            FenceSource database = sources.get(record.source()).source().fences();
            if (database == null || !doubts.take(record, database)) {
                undoubted.add(record);
            }
        }
        if (!doubts.isEmpty()) {
            undoubted.addAll(doubts.settle(ring.isClosed(), record -> {
                if (undone != null) {
                    undone.done(record.position());
                }
            }));
        }
        return undoubted;
    }

    /** Whether no more records can be taken: too many wait already for their database, or for their outcome. */
    private boolean isFull() {
        return stranded.isFull() || (undone != null && undone.isFull());
    }

    private void drain() {
        if (ring.drain(this::copy, ROUND_RECORDS, ROUND_BYTES) > 0) {
            pace.roundBegun();
        }
    }

    /** Waits for records; for more of them, if a round was not due. */
    private void pause(boolean due) {
        boolean stalled = ring.isClosed() && !ring.isEmpty();
        if (stalled && isHalfOver()) {
            if (ring.skipStalled() > 0) {
                gap(-1, GapReason.DROPPED, "A record was never finished by the thread that had begun it", 1);
            }
        } else {
            Thread.interrupted(); // Nobody's signal here, and a set flag would turn the nap into a spin.
            if (isFull()) {
                deadline.rest(PAUSE); // Whatever waits in the ring cannot be taken, and would end a nap at once.
            } else if (due) {
                ring.nap();
            } else {
                pace.awaitRound();
            }
        }
    }

    /** Half of the time that the end has was given to whom it waits for: they are dead, or as good as. */
    private boolean isHalfOver() {
        return deadline.leftNanos() < limits.shutdownTimeout().toNanos() / 2;
    }

    private void copy(ByteBuffer bytes, int offset, int length) {
        byte[] copy = new byte[length];
        bytes.get(offset, copy, 0, length);
        if (undone == null) {
            ready.add(new Undone.Raw(0, copy));
            return;
        }
        Undone.Raw raw = new Undone.Raw(ring.positionOf(offset), copy);
        try {
            ready.addAll(undone.take(raw));
        } catch (RuntimeException e) { // No record at all: it is told as unreadable with its round.
            ready.add(raw);
        }
    }

    /** The next records; a transaction that was announced in many parts becomes events in several rounds. */
    private List<TransactionRecord> readRound() {
        List<TransactionRecord> records = new ArrayList<>(ready.size());
        int taken = 0;
        long bytes = 0;
        for (Undone.Raw raw : ready) {
            if (bytes >= ROUND_BYTES) {
                break;
            }
            taken++;
            bytes += raw.bytes().length;
            try {
                TransactionRecord record = reader.read(raw.bytes(), 0, raw.bytes().length, raw.position(), 0);
                if (record.source() >= sources.count()) {
                    throw new CorruptRecordException("source=" + record.source() + " sources=" + sources.count());
                }
                records.add(record);
            } catch (RuntimeException | Error e) { // One unreadable record costs a gap, not the thread.
                unlessTriedAgain(e);
                failed(e);
                if (undone != null) {
                    undone.done(raw.position());
                }
            }
        }
        for (int i = 0; i < taken; i++) { // Not before all is read: what fails begins anew with all of it.
            ready.removeFirst();
        }
        roundBytes = bytes;
        return records;
    }

    /** What the machine has refused, memory above all, it may grant after a pause; a record that is too much for it never. */
    private void unlessTriedAgain(Throwable t) {
        if (t instanceof Error error && ++failedTries < MOST_TRIES && !deadline.isOver()) {
            throw error;
        }
    }

    private void assemble() {
        while (assembled < inHand.size()) {
            TransactionRecord record = inHand.get(assembled);
            Sources.Registered from = sources.get(record.source());
            try {
                untold.addAll(assembler.assemble(record, from.source(), from.fences()));
            } catch (RuntimeException | Error e) { // As above.
                unlessTriedAgain(e);
                failed(e);
            }
            assembled++;
        }
    }

    private void noteGaps() {
        long dropped = publisher.takeDropped();
        if (dropped > 0) {
            gap(-1, GapReason.DROPPED, "The ring was full: transactions were dropped", dropped);
            warn("The ring was full, {} transaction records were dropped{}", dropped, "");
        }
        long silent = silentFailures.getAndSet(0);
        if (silent > 0) {
            String detail = "The audit failed, and there was no memory to say where; failures: " + silent;
            gap(-1, GapReason.INTERNAL_FAILURE, detail, -1);
        }
        for (GapNote note = gaps.poll(); note != null; note = gaps.poll()) {
            untold.add(assembler.gap(note.instead(), note.source(), note.reason(), note.detail(), note.lost()));
        }
    }

    /** Hands over what is untold, batch by batch: what was taken is not offered again if the next one fails. */
    private boolean areTold() {
        while (!untold.isEmpty()) {
            List<AuditEvent> first = untold.subList(0, Math.min(untold.size(), limits.batchSize()));
            if (journaling != null) {
                if (!journaling.keep(List.copyOf(first))) {
                    return false;
                }
            } else if (!outlet.send(List.copyOf(first), deadline)) {
                givenUp += first.size();
            }
            first.clear();
        }
        return true;
    }

    private void failed(Throwable t) {
        try {
            counters.failed();
            gap(-1, GapReason.INTERNAL_FAILURE, "The audit's own failure: " + t, -1);
            if (logLimit.allows()) {
                LOG.error("The audit failed, the application goes on", t);
            }
        } catch (Throwable again) { // No memory for a word, perhaps.
            failedUntold();
        }
    }

    private void warn(String format, Object first, Object second) {
        if (logLimit.allows()) {
            LOG.warn(format, first, second);
        }
    }

    /**
     * Waits until everything published before the call is delivered or refused.
     *
     * @return whether that was so in time
     */
    public boolean flush(Duration timeout) {
        long tail = ring.tail();
        long end = System.nanoTime() + timeout.toNanos();
        ring.wakeUp();
        while (!isQuiet(tail)) {
            if (System.nanoTime() - end >= 0
                    || !thread.isAlive()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            ring.wakeUp(); // Again, as it may take several rounds.
            LockSupport.parkNanos(this, POLL);
        }
        for (Relay relay : relays) {
            if (!relay.flush(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    /** Whether everything published so far was taken up, and nothing is under way but what the sink holds; for tests. */
    boolean isResting() {
        long turn = turns.get();
        return (turn & 1) == 0 && passed == ring.tail() && !hasGaps() && turns.get() == turn;
    }

    /** Whether, at one moment of one wait of the thread, everything before the tail was through. */
    private boolean isQuiet(long tail) {
        long turn = turns.get();
        boolean waiting = (turn & 1) == 0;
        boolean through = passed >= tail
                && !publisher.hasLate()
                && outlet.isEmpty()
                && !hasGaps()
                && doubts.isEmpty()
                && stranded.isEmpty();
        return waiting && through && turns.get() == turn;
    }

    /**
     * Takes no more records, delivers what is there within the shutdown timeout, and closes the sink. What could not be
     * delivered stays in the spool, if there is one, or is lost; either is logged with its number. Idempotent. An interrupt
     * neither shortens it nor is lost.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // What waits in here, and in the sink, would give up at once.
        interrupted |= end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean end() {
        lastCalls.forEach(Runnable::run);
        deadline.set(limits.shutdownTimeout());
        relays.forEach(relay -> relay.beginClose(limits.shutdownTimeout()));
        ring.close();
        boolean interrupted = awaitEnd(limits.shutdownTimeout().toMillis() + 1000);
        relays.forEach(Relay::close);
        report();
        sink.close();
        return interrupted;
    }

    /** Waits for the thread; answers whether the calling one was interrupted meanwhile. */
    private boolean awaitEnd(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        for (long left = millis;
                left > 0 && thread.isAlive();
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private void report() {
        AuditCounters.Snapshot now = counters.snapshot();
        // A thread that is held by the sink has not counted yet what it could not deliver.
        long left = thread.isAlive() ? now.events() - now.delivered() - now.refused() : lost;
        long bytes = ring.tail() - ring.head();
        if (left != 0 || bytes != 0) {
            LOG.error("Closed with {} events lost and {} bytes not taken out of the ring", left, bytes);
        }
    }
}
