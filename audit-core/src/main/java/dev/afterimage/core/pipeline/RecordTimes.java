package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.event.Fence;
import org.jspecify.annotations.Nullable;

/** What the moments in a record mean: {@link System#nanoTime()} of the process that has captured it. */
interface RecordTimes {

    /** Microseconds since 1970, by that process's clock. */
    long micros(long nanoTime);

    /** Microseconds from that process's clock to the database's, at a moment. */
    long clockOffset(long nanoTime);

    /** Where the record's commit lies in the database's order; null where that is not known. */
    @Nullable
    Fence fence(TransactionRecord record);
}
