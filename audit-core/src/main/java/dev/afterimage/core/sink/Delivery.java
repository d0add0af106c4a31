package dev.afterimage.core.sink;

import java.util.List;
import java.util.Objects;

/**
 * What became of a batch.
 *
 * @param refusals the events that were not delivered, ordered by index; all others were
 */
public record Delivery(List<Refusal> refusals) {

    /** Every event of the batch was delivered. */
    public static final Delivery COMPLETE = new Delivery(List.of());

    /**
     * An event that was not delivered.
     *
     * @param index its place in the batch
     * @param retryable whether sending it again may help; if not, it becomes a gap
     * @param reason for the log: what the destination said, never a value of the event
     */
    public record Refusal(int index, boolean retryable, String reason) {
        public Refusal {
            Objects.requireNonNull(reason, "reason");
        }
    }

    public Delivery {
        refusals = List.copyOf(refusals);
    }
}
