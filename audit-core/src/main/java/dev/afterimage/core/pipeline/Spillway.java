package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.metrics.LogLimit;
import dev.afterimage.core.spool.Spool;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the sink that leads round by a spool when the sink does not keep up, or, for {@link #keep}, always.
 *
 * <p>As long as there is room among the deliveries a batch goes straight to them, and nothing touches the disk. When there
 * is none, a batch waits in memory until the ring behind it is pressed; then it goes into the spool, and so does
 * everything after it, while the deliveries are fed from the spool, until that is drained. So there is one order.
 *
 * <p><b>What is in the spool.</b> Before anything else is appended, the batches that are under way and only in memory are
 * appended too, without being read again. So as long as the spool is not drained, all that is unsettled lies in it, in
 * order, and an ordinal says all: everything before the oldest batch under way is settled.
 *
 * <p><b>With a journal</b> every batch is appended by {@link #keep}, and sent after {@link #forward}: out of memory as long as
 * there is room among the deliveries, else when it is read again.
 *
 * <p><b>What fails.</b> A spool that is full, or a disk that is, takes nothing: the batch waits, the ring behind it fills,
 * and publishers wait and drop as with {@code audit.overflow=block}.
 */
final class Spillway implements Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(Spillway.class);
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);

    private final Deliveries deliveries;
    private final Spool spool;
    private final BooleanSupplier pressed;
    private final int batchSize;
    private final AuditCounters counters;
    private final Losses losses;
    private final LogLimit logLimit = new LogLimit();
    private final Retry appending = new Retry();
    private final Retry reading = new Retry();
    private final Deque<Kept> kept = new ArrayDeque<>();
    /** Ordinal up to which what was kept may be sent. */
    private long forwarded;

    private volatile boolean empty;

    /** A batch that lies in the spool, and still in memory, so that it need not be read again. */
    private record Kept(long at, List<AuditEvent> events) {}

    /** Told of events in the spool that cannot be read. */
    @FunctionalInterface
    interface Losses {

        /**
         * Events were lost.
         *
         * @param source of an event that was read beside them; null if there was none
         * @param segment name of the file
         * @param events how many; -1 where that is not known
         */
        void lost(@Nullable String source, String segment, long events);
    }

    /**
     * Begins with what the spool holds.
     *
     * @param pressed whether a batch shall wait no longer for the sink
     * @param batchSize most events in a batch that is read from the spool
     * @param losses told of what cannot be read
     */
    Spillway(
            Deliveries deliveries,
            Spool spool,
            BooleanSupplier pressed,
            int batchSize,
            AuditCounters counters,
            Losses losses) {
        this.deliveries = deliveries;
        this.spool = spool;
        this.pressed = pressed;
        this.batchSize = batchSize;
        this.counters = counters;
        this.losses = losses;
        this.forwarded = spool.end();
        if (!spool.isDrained()) {
            LOG.info("{} events of an earlier start are sent first, from {}", spool.events(), spool.directory());
        }
        tell();
    }

    @Override
    public boolean isEmpty() {
        return empty;
    }

    @Override
    public boolean send(List<AuditEvent> events, Deadline deadline) {
        settle(deadline);
        while (!take(events)) {
            if (deadline.isOver()) {
                return false;
            }
            Thread.interrupted(); // Nobody's signal here, and a set flag would turn the wait into a spin.
            LockSupport.parkNanos(this, POLL);
            settle(deadline);
        }
        tell();
        return true;
    }

    private boolean take(List<AuditEvent> events) {
        if (spool.isDrained() && deliveries.hasRoom()) {
            deliveries.dispatch(events, Parcel.NOT_SPOOLED);
            return true;
        }
        return (!spool.isDrained() || pressed.getAsBoolean()) && spill(events);
    }

    private boolean spill(List<AuditEvent> events) {
        boolean spilt = onDisk(appending, () -> keepUnderWay() && spool.append(events));
        forwarded = spool.end();
        return spilt;
    }

    // ---- everything by the disk

    /**
     * Takes a batch over onto the disk, from where it is sent after the next {@link #forward}.
     *
     * @return whether there was room for it
     */
    boolean keep(List<AuditEvent> events) {
        if (!deliveries.hasRoom()) {
            kept.clear(); // It will take a while; until then the disk remembers.
        }
        long at = spool.end();
        boolean done = onDisk(appending, () -> spool.append(events));
        if (done && deliveries.hasRoom()) {
            kept.add(new Kept(at, events));
        }
        return done;
    }

    /** Sends what was kept. */
    void forward(Deadline deadline) {
        forwarded = spool.end();
        settle(deadline);
    }

    /** Sends the next batch out of memory, if that has it. */
    private boolean sendKept() {
        while (!kept.isEmpty() && kept.getFirst().at() < spool.position()) {
            kept.removeFirst();
        }
        if (kept.isEmpty() || kept.getFirst().at() != spool.position()) {
            return false;
        }
        Kept next = kept.removeFirst();
        spool.skip(next.events().size());
        deliveries.dispatch(next.events(), next.at());
        return true;
    }

    /** The batches that only memory has lie before everything that is appended next. */
    private boolean keepUnderWay() throws IOException {
        for (Parcel parcel : deliveries.parcels()) {
            if (!parcel.isSpooled()) {
                long at = spool.position();
                if (!spool.append(parcel.events())) {
                    return false;
                }
                spool.skipToEnd();
                parcel.spooledAt(at);
            }
        }
        return true;
    }

    @Override
    public void settle(Deadline deadline) {
        deliveries.settle(deadline);
        spool.settle(oldestUnsettled());
        while (spool.position() < forwarded
                && deliveries.hasRoom()
                && !deadline.isOver()
                && (sendKept() || onDisk(reading, this::feed))) {
            // One batch for each.
        }
        tell();
    }

    private long oldestUnsettled() {
        for (Parcel parcel : deliveries.parcels()) {
            if (parcel.isSpooled()) {
                return parcel.spooledAt();
            }
        }
        return spool.position();
    }

    private boolean feed() throws IOException {
        long at = spool.position();
        Map<String, Long> unreadable = new LinkedHashMap<>(0);
        List<AuditEvent> events = spool.read(
                (int) Math.min(batchSize, forwarded - at),
                (segment, lost) -> unreadable.merge(segment, lost, (a, b) -> Math.min(a, b) < 0 ? -1 : a + b));
        String source = events.isEmpty() ? null : events.get(0).source();
        unreadable.forEach((segment, lost) -> losses.lost(source, segment, lost));
        if (!events.isEmpty()) {
            deliveries.dispatch(events, at);
        }
        return true;
    }

    private void tell() {
        counters.spooled(spool.events(), spool.bytes());
        empty = deliveries.isEmpty() && spool.events() == 0;
    }

    // ---- the disk

    /** Something done with the spool; answers whether it was done. */
    @FunctionalInterface
    private interface DiskWork {
        boolean run() throws IOException;
    }

    /** When a disk that has failed is asked again: what waits would ask it a thousand times a second. */
    private static final class Retry {
        private boolean failed;
        private long nanos;

        boolean isDue() {
            return !failed || System.nanoTime() - nanos >= 0;
        }

        void failed(boolean has) {
            failed = has;
            nanos = System.nanoTime() + RETRY;
        }
    }

    private boolean onDisk(Retry retry, DiskWork work) {
        if (!retry.isDue()) {
            return false;
        }
        try {
            boolean done = work.run();
            retry.failed(false);
            return done;
        } catch (IOException e) {
            retry.failed(true);
            if (logLimit.allows()) {
                LOG.warn("The spool in {} cannot be used for now, changes wait", spool.directory(), e);
            }
            return false;
        }
    }

    // ---- the end

    @Override
    public long close(long lost, LongFunction<AuditEvent> lastWord) {
        deliveries.settle(Deadline.OVER);
        spool.settle(oldestUnsettled());
        appending.failed(false);
        onDisk(appending, this::keepUnderWay);
        long all = lost;
        for (Parcel parcel : deliveries.parcels()) {
            all += parcel.isSpooled() ? 0 : parcel.events().size();
        }
        if (all > 0) {
            List<AuditEvent> word = List.of(lastWord.apply(all));
            onDisk(appending, () -> spool.appendLast(word));
        }
        tell();
        try {
            spool.close();
        } catch (IOException e) {
            LOG.warn("The spool in {} was not closed in order", spool.directory(), e);
        }
        long left = spool.events();
        if (left > 0) {
            LOG.warn(
                    "{} events were not delivered; they lie in {}, from where the next start sends them",
                    left,
                    spool.directory());
        }
        return all;
    }
}
