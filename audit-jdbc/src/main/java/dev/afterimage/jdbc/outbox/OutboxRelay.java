package dev.afterimage.jdbc.outbox;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.metrics.LogLimit;
import dev.afterimage.core.pipeline.Courier;
import dev.afterimage.core.pipeline.Relay;
import dev.afterimage.jdbc.outbox.OutboxRows.Extent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the rows to the sink, round by round, while it holds the lease: read the first ones; read the database's
 * position, which now is past their commits; fix their numbers; send; when all is delivered, delete. A connection is held
 * during none of the waits.
 *
 * <p>Whatever fails ends the term. The rows are still there, and so are their numbers: whoever has the lease next, this one
 * or another, sends what was not deleted once more.
 */
final class OutboxRelay implements Relay, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOOK_IN_HASTE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long CLOCK_READING = TimeUnit.SECONDS.toNanos(10);

    private final OutboxTables tables;
    private final OutboxRows rows;
    private final Lease lease;
    private final Courier courier;
    private final Thread thread;
    private final LogLimit logLimit = new LogLimit();
    private @Nullable Term term;
    private long clockReadNanos;
    /** The last row that was there when the end began; null before it was looked for. */
    private @Nullable Long goneUpTo;

    private final AtomicInteger flushes = new AtomicInteger();
    private volatile @Nullable Extent seen;
    private volatile boolean closing;
    private volatile long closingNanos;
    private volatile long closeNanos;

    OutboxRelay(OutboxTables tables, Database database, Courier courier) {
        this.tables = tables;
        this.rows = new OutboxRows(tables, database);
        this.lease = new Lease(tables, database);
        this.courier = courier;
        this.thread = new Thread(this, "afterimage-outbox");
        thread.setDaemon(true);
    }

    /** Reads the clock, which every record is written with, and begins. */
    void start() {
        try {
            readClock();
        } catch (RuntimeException away) {
            LOG.warn("The clock of the database cannot be read; until it can, it is taken to be this machine's", away);
        }
        thread.start();
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        long rest = LOOK;
        while (!isOver(rest == PAUSE)) {
            try {
                rest = round() ? 0 : LOOK;
            } catch (SQLException | RuntimeException | Error t) { // The thread must live: the rows wait for it.
                term = null;
                rest = PAUSE;
                if (logLimit.allows()) {
                    LOG.warn("Changes wait in {}, which cannot be relayed now", tables.name(), t);
                }
            }
            rest(rest == LOOK && flushes.get() > 0 ? LOOK_IN_HASTE : rest);
        }
        end();
    }

    /** Whether the end has come: what was there when it began is gone, or is another's to send, or the time is over. */
    private boolean isOver(boolean failed) {
        Extent last = seen;
        if (!closing || last == null || failed || last.begunNanos() - closingNanos < 0) {
            return closing && System.nanoTime() - closeNanos >= 0;
        }
        goneUpTo = goneUpTo == null ? last.highest() : goneUpTo;
        return term == null || last.lowest() > goneUpTo || System.nanoTime() - closeNanos >= 0;
    }

    private void rest(long nanos) {
        if (nanos > 0) {
            Thread.interrupted(); // Nobody's signal here, and a set flag would turn the wait into a spin.
            LockSupport.parkNanos(this, closing ? Math.min(nanos, WAIT) : nanos);
        }
    }

    /** Answers whether there is more to do at once: many small rounds would ask much of the database. */
    private boolean round() throws SQLException {
        if (System.nanoTime() - clockReadNanos > CLOCK_READING) {
            readClock();
        }
        Extent now = rows.extent();
        seen = now;
        Term held = now.isEmpty() ? null : term();
        if (held == null) {
            return false;
        }
        List<OutboxRow> some = known(rows.read(held.kept()));
        long seenNanos = System.nanoTime();
        if (some.isEmpty()) {
            return false;
        }
        readClock();
        List<AuditEvent> events = held.assemble(some, seenNanos);
        if (!lease.number(held.nextSequence(), held.given(now.lowest())) || !deliver(events)) {
            term = null;
            return false;
        }
        rows.delete(held.delivered(some));
        return OutboxRows.isFull(some);
    }

    private void readClock() {
        courier.readPosition();
        clockReadNanos = System.nanoTime();
    }

    private @Nullable Term term() throws SQLException {
        if (term == null || !lease.renew()) {
            Lease.Estate estate = lease.take();
            term = estate == null ? null : new Term(courier, estate);
        }
        return term;
    }

    /** A later version of the program may have written the others: they are left to it, and so is what comes after. */
    private List<OutboxRow> known(List<OutboxRow> some) throws SQLException {
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).isKnown()) {
                if (i == 0) {
                    term = null;
                    lease.giveUp();
                    throw new IllegalStateException("Row " + some.get(i).id() + " was written by a later version");
                }
                return some.subList(0, i);
            }
        }
        return some;
    }

    /** Sends, and waits for the answers; false if the lease is lost before all have come, or the time is over. */
    private boolean deliver(List<AuditEvent> events) {
        int from = 0;
        while (!courier.settle() || from < events.size()) {
            int to = Math.min(events.size(), from + courier.batchSize());
            if (from < to && courier.offer(events.subList(from, to))) {
                from = to;
            } else {
                Thread.interrupted();
                LockSupport.parkNanos(this, WAIT);
            }
            if (!lease.renew() || (closing && System.nanoTime() - closeNanos >= 0)) {
                return false;
            }
        }
        return true;
    }

    private void end() {
        try {
            Extent left = rows.extent();
            lease.giveUp();
            if (!left.isEmpty()) {
                LOG.info("Changes wait in {}: another instance sends them, or the next start", tables.name());
            }
        } catch (SQLException | RuntimeException away) {
            LOG.debug("The lease of {} is left to run out", tables.relay(), away);
        }
    }

    // ---- any thread

    @Override
    public boolean flush(Duration timeout) {
        long begun = System.nanoTime();
        long end = begun + timeout.toNanos();
        flushes.incrementAndGet();
        try {
            Extent first = awaitSeen(begun, Long.MIN_VALUE, end);
            return first != null && (first.isEmpty() || awaitSeen(begun, first.highest(), end) != null);
        } finally {
            flushes.decrementAndGet();
        }
    }

    /** What was seen after a moment, when all rows up to one are gone; null if that does not come in time. */
    private @Nullable Extent awaitSeen(long sinceNanos, long goneUpTo, long endNanos) {
        while (System.nanoTime() - endNanos < 0 && thread.isAlive()) {
            Extent last = seen;
            if (last != null && last.begunNanos() - sinceNanos >= 0 && last.lowest() > goneUpTo) {
                return last;
            }
            if (Thread.currentThread().isInterrupted()) {
                return null;
            }
            wake();
            LockSupport.parkNanos(this, LOOK_IN_HASTE);
        }
        return null;
    }

    @Override
    public void beginClose(Duration timeout) {
        closingNanos = System.nanoTime();
        closeNanos = closingNanos + timeout.toNanos();
        closing = true;
        wake();
    }

    @Override
    public void close() {
        long left = closeNanos - System.nanoTime();
        try {
            thread.join(Math.max(0, TimeUnit.NANOSECONDS.toMillis(left)) + 1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
