package dev.afterimage.core.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the capturing side has done since the start. Thread-safe; a {@link #snapshot} is not one instant. Each number only
 * grows, but for those of the spool, which say what is there now.
 *
 * <p>What to watch: {@code published - delivered - refused} is what waits for the sink and should fall back to zero;
 * {@code dropped}, {@code lost} and {@code failures} should be zero; {@code retries} that keep growing mean the sink is
 * away, {@code spooledBytes} that it cannot keep up.
 */
public final class AuditCounters {

    private final LongAdder published = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder fenceFailures = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile long spooledEvents;
    private volatile long spooledBytes;

    /** A transaction record went into the ring. */
    public void published() {
        published.increment();
    }

    /** A transaction record found no room. */
    public void dropped() {
        dropped.increment();
    }

    /** Something inside the audit failed while the application went on. */
    public void failed() {
        failures.increment();
    }

    /** Events were made from records and given to the sink. */
    public void events(long count) {
        events.add(count);
    }

    /** The sink has delivered events. */
    public void delivered(long count) {
        delivered.add(count);
    }

    /** The sink has refused events for good. */
    public void refused(long count) {
        refused.add(count);
    }

    /** A batch, or a part of it, is sent again. */
    public void retried() {
        retries.increment();
    }

    /** The production database could not be asked for its position. */
    public void fenceFailed() {
        fenceFailures.increment();
    }

    /** Events were made, and then lost: not delivered by the end, or not readable in the spool. */
    public void lost(long count) {
        lost.add(count);
    }

    /** A statement or commit was refused, since the ring had no room for its record. */
    public void rejected() {
        rejected.increment();
    }

    /** What the spool holds now. One thread tells it. */
    public void spooled(long events, long bytes) {
        spooledEvents = events;
        spooledBytes = bytes;
    }

    /** The numbers now. */
    public Snapshot snapshot() {
        return new Snapshot(
                published.sum(),
                dropped.sum(),
                failures.sum(),
                events.sum(),
                delivered.sum(),
                refused.sum(),
                retries.sum(),
                fenceFailures.sum(),
                lost.sum(),
                rejected.sum(),
                spooledEvents,
                spooledBytes);
    }

    /**
     * Numbers since the start, but for the gauges.
     *
     * @param publishedRecords transaction records in the ring
     * @param droppedRecords transaction records that found no room; each is part of a gap event
     * @param failures internal failures; each became a gap event
     * @param events events given to the sink
     * @param delivered events that the sink has delivered
     * @param refused events that the sink refused for good; each refused change became a gap event
     * @param retries batches sent again
     * @param fenceFailures failed readings of the database's position
     * @param lost events lost after they were made; those that an unreadable spool does not tell the number of are not in
     * @param rejected statements and commits refused under {@code audit.overflow=reject}
     * @param spooledEvents events in the spool, under way or not, that the sink has not settled; a gauge
     * @param spooledBytes bytes of the spool's files; a gauge
     */
    public record Snapshot(
            long publishedRecords,
            long droppedRecords,
            long failures,
            long events,
            long delivered,
            long refused,
            long retries,
            long fenceFailures,
            long lost,
            long rejected,
            long spooledEvents,
            long spooledBytes) {}
}
