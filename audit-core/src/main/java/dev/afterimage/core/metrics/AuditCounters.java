package dev.afterimage.core.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the capturing side has done since the start. Thread-safe; a {@link #snapshot} is not one instant, but each number
 * only grows.
 *
 * <p>What to watch: {@code published - delivered - refused} is what waits for the sink and should fall back to zero;
 * {@code dropped} and {@code failures} should be zero; {@code retries} that keep growing mean the sink is away.
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
                fenceFailures.sum());
    }

    /**
     * Numbers since the start.
     *
     * @param publishedRecords transaction records in the ring
     * @param droppedRecords transaction records that found no room; each is part of a gap event
     * @param failures internal failures; each became a gap event
     * @param events events given to the sink
     * @param delivered events that the sink has delivered
     * @param refused events that the sink refused for good; each refused change became a gap event
     * @param retries batches sent again
     * @param fenceFailures failed readings of the database's position
     */
    public record Snapshot(
            long publishedRecords,
            long droppedRecords,
            long failures,
            long events,
            long delivered,
            long refused,
            long retries,
            long fenceFailures) {}
}
