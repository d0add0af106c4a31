package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.CorruptRecordException;
import dev.afterimage.core.codec.TransactionReader;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.sink.Sink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Makes events of records that were kept outside of the ring, under numbers that whoever keeps them has fixed, and sends
 * them. Used by one thread, but for the clock.
 */
public final class Courier {

    /** Processes whose descriptors are remembered; each numbers its own. */
    private static final int ORIGINS = 64;

    private static final Deadline NONE = new Deadline();

    private final Source source;
    private final long process;
    private final WallClock clock;
    private final FenceLog fences;
    private final Sink sink;
    private final Limits limits;
    private final AuditCounters counters;
    private final BiConsumer<AuditEvent, String> refused;
    private final Map<Long, TransactionReader> readers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, TransactionReader> eldest) {
            return size() > ORIGINS;
        }
    };
    private ChangeAssembler assembler;
    private Deliveries deliveries;
    private volatile long clockOffset;

    Courier(
            Source source,
            FenceSource database,
            long process,
            WallClock clock,
            Sink sink,
            Limits limits,
            AuditCounters counters,
            BiConsumer<AuditEvent, String> refused) {
        this.source = source;
        this.process = process;
        this.clock = clock;
        this.fences = new FenceLog(database, clock);
        this.sink = sink;
        this.limits = limits;
        this.counters = counters;
        this.refused = refused;
        this.assembler = new ChangeAssembler(0, clock, limits.maxRows());
        this.deliveries = new Deliveries(sink, limits.batchesInFlight(), counters, refused);
    }

    // ---- what is written beside a record; any thread

    /** This process start's number. */
    public long process() {
        return process;
    }

    /** This process's clock when its {@link System#nanoTime()} was 0, in microseconds since 1970. */
    public long clockBase() {
        return clock.micros(0);
    }

    /** Microseconds from this process's clock to the database's, by the last {@link #readPosition}. */
    public long clockOffset() {
        return clockOffset;
    }

    // ---- one thread

    /**
     * Reads the database's position and clock: an upper bound for all that was seen committed before.
     *
     * @throws dev.afterimage.core.resolve.FenceUnavailableException if the database cannot be asked
     */
    public void readPosition() {
        try {
            fences.read();
        } catch (RuntimeException e) {
            counters.fenceFailed();
            throw e;
        }
        clockOffset = fences.clockOffset(System.nanoTime());
    }

    /**
     * Begins anew: forgets what is under way, and transactions of which only a part has come.
     *
     * @param instance the first half of each event's identity
     */
    public void begin(long instance) {
        assembler = new ChangeAssembler(instance, clock, limits.maxRows());
        deliveries = new Deliveries(sink, limits.batchesInFlight(), counters, refused);
    }

    /**
     * Makes the events of a record that has none yet; the parts of a transaction in their order.
     *
     * @param seenNanos when it was known to be committed; a position must have been read since
     * @param first number of the first event
     */
    public List<AuditEvent> assemble(StoredRecord stored, long seenNanos, long first) {
        assembler.numberFrom(first, Long.MAX_VALUE / 2, 0);
        return events(stored, seenNanos);
    }

    /**
     * Makes the events of a record once more.
     *
     * @param first number of the first event
     * @param count how many are numbered from there
     * @param beyond number of the event after these
     * @param announced how many there were: if there are fewer now, gaps take their numbers
     */
    public List<AuditEvent> assembleAgain(
            StoredRecord stored, long seenNanos, long first, long count, long beyond, long announced) {
        assembler.numberFrom(first, count, beyond);
        List<AuditEvent> events = new ArrayList<>(events(stored, seenNanos));
        while (events.size() < announced) {
            events.add(assembler.gap(
                    stored.source(),
                    GapReason.INTERNAL_FAILURE,
                    "A transaction makes fewer events than before: the shape of a table has changed",
                    0));
        }
        return events;
    }

    private List<AuditEvent> events(StoredRecord stored, long seenNanos) {
        try {
            TransactionReader reader = readers.computeIfAbsent(stored.origin(), origin -> new TransactionReader());
            boolean own = stored.origin() == process;
            Source from = new Source(stored.source(), source.tables(), source.fences());
            return assembler.assembleAt(stored.read(reader), from, stored.times(fences, own, seenNanos));
        } catch (CorruptRecordException | IllegalArgumentException | IllegalStateException e) {
            counters.failed(); // One unreadable record costs a gap, not all that follow.
            return List.of(assembler.gap(
                    stored.source(), GapReason.INTERNAL_FAILURE, "A stored transaction cannot be read: " + e, -1));
        }
    }

    /** Most events of one {@link #offer}. */
    public int batchSize() {
        return limits.batchSize();
    }

    /** Sends a batch, if there is room for it; answers whether. */
    public boolean offer(List<AuditEvent> batch) {
        boolean room = deliveries.hasRoom();
        if (room) {
            deliveries.dispatch(List.copyOf(batch), Parcel.NOT_SPOOLED);
        }
        return room;
    }

    /** Takes note of what has become of the batches, and sends again what has failed; answers whether all are settled. */
    public boolean settle() {
        deliveries.settle(NONE);
        return deliveries.isEmpty();
    }
}
