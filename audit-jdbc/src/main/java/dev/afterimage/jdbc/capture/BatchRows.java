package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import java.util.Arrays;

/**
 * The rows of a prepared statement's batch: their values one after the other, and where each row ends. Not thread-safe, as
 * a statement is not.
 */
final class BatchRows {

    private static final int KEPT_BYTES = 1 << 20;

    private final Capture capture;
    private final ByteWriter values = new ByteWriter(1024);
    private final LateRows late;
    private int[] ends = new int[16];
    private int rows;
    private boolean overflowed;
    private long nullsOfFirst;
    private boolean nullsDiffer;

    BatchRows(Capture capture) {
        this.capture = capture;
        this.late = new LateRows(new Room(capture.maxTransactionBytes()));
    }

    /** For the copies of streams that are bound next. */
    Room room() {
        return late.room();
    }

    /** Keeps the bound values as the next row. */
    void add(Parameters bound) {
        try {
            if (!overflowed) {
                keep(bound);
            }
        } catch (Throwable t) {
            overflowed = true;
            capture.failed(Doing.COPYING_BATCH, t);
        }
        rows++;
    }

    private void keep(Parameters bound) {
        long nulls = bound.nulls();
        nullsDiffer |= rows > 0 && nulls != nullsOfFirst;
        nullsOfFirst = rows == 0 ? nulls : nullsOfFirst;
        bound.appendTo(values, late, rows);
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, 2 * rows);
        }
        ends[rows] = values.length();
        if (values.length() > capture.maxTransactionBytes() || rows >= capture.maxRows()) {
            overflowed = true;
            values.shrink(0);
        }
    }

    /** The execution of the batch begins. */
    void begin() {
        late.begin();
    }

    void clear() {
        rows = 0;
        nullsDiffer = false;
        overflowed = false;
        values.shrink(KEPT_BYTES);
        late.clear();
    }

    int rows() {
        return rows;
    }

    /** Bytes of the values that are known. */
    int bytes() {
        return values.length();
    }

    /** How many values the driver has yet to read. */
    int lateValues() {
        return late.size();
    }

    /** Whether the batch was too large to keep its rows. */
    boolean hasOverflowed() {
        return overflowed;
    }

    /** Whether the rows have their NULLs in different places: MariaDB's driver divides a batch where that changes. */
    boolean nullsDiffer() {
        return nullsDiffer;
    }

    void appendTo(ByteWriter to, int row) {
        int start = late.appendTo(to, row, values, row == 0 ? 0 : ends[row - 1]);
        to.putBytes(values.array(), start, ends[row] - start);
    }
}
