package dev.afterimage.core.pipeline;

import java.time.Duration;
import java.util.Objects;

/**
 * What bounds a pipeline.
 *
 * @param maxRows most rows of one statement's execution that become a change each
 * @param batchSize most events in a batch
 * @param batchesInFlight most batches under way to the sink
 * @param overflowWait how long a publisher may wait for room; zero to drop at once
 * @param rejecting whether a transaction reserves its room before it commits, and does not commit without
 * @param forcing whether what the journal keeps shall outlive the machine's power
 * @param shutdownTimeout how long {@link Pipeline#close} may take
 */
public record Limits(
        int maxRows,
        int batchSize,
        int batchesInFlight,
        Duration overflowWait,
        boolean rejecting,
        boolean forcing,
        Duration shutdownTimeout) {
    public Limits {
        Objects.requireNonNull(overflowWait, "overflowWait");
        Objects.requireNonNull(shutdownTimeout, "shutdownTimeout");
    }
}
