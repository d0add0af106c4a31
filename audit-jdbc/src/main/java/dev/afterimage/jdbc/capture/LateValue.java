package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;

/**
 * A bound value that shows itself only when the driver takes it: a stream, or a large object that the application may
 * still write to. It is written down when the execution is. Not thread-safe.
 */
public interface LateValue {

    /** What a large object of ours is asked for when it is bound. */
    interface Holder {

        /** Its content, as it is bound now. */
        LateValue lateValue();
    }

    /** An execution begins: what the driver reads from now on is what that execution stores. */
    default void begin() {}

    /** The value was put into a row of a batch; rows that share a stream read it one after the other. */
    default void batched() {}

    /** The batch is gone. */
    default void unbatched() {}

    /** Whether the driver has it already, so that nothing can change it any more. */
    default boolean isSettled() {
        return false;
    }

    /** Appends the value as far as it is known now. */
    void putTo(ByteWriter to);
}
