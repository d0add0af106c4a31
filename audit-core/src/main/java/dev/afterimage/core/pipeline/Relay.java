package dev.afterimage.core.pipeline;

import java.time.Duration;

/** Something that brings changes to the sink beside the ring, with a thread of its own. Thread-safe. */
public interface Relay {

    /**
     * Waits until everything kept before the call is delivered or refused.
     *
     * @return whether that was so in time
     */
    boolean flush(Duration timeout);

    /** Begins to end; {@link #close} is called later. Does not wait. */
    void beginClose(Duration timeout);

    /** Ends, when what is there is delivered or the time given to {@link #beginClose} is over. Sends nothing afterwards. */
    void close();
}
