package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import java.sql.SQLType;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * The values bound to a prepared statement, and the rows of its batch. JDBC keeps bound values until they are bound anew,
 * so each parameter has a slot that is overwritten; a value that outgrows its slot moves to the end. Not thread-safe, as
 * a statement is not.
 */
public final class Parameters {

    private static final int UNSET = -1;
    private static final int LOST = -2;

    private final CapturePlan plan;
    private final Capture capture;
    private final ValueEncoder encoder;
    private final ByteWriter bytes;
    private final int[] offsets;
    private final int[] lengths;
    private final int[] capacities;
    private int valueAt;
    private @Nullable ByteWriter batch;
    private int[] rowEnds = {};
    private int rows;
    private boolean overflowed;

    Parameters(CapturePlan plan, Capture capture) {
        this.plan = plan;
        this.capture = capture;
        this.encoder = capture.encoder();
        int count = plan.parameterCount();
        bytes = new ByteWriter(16 * count);
        offsets = new int[count];
        lengths = new int[count];
        capacities = new int[count];
        clear();
    }

    /** Forgets the bound values. */
    public void clear() {
        Arrays.fill(lengths, UNSET);
    }

    public void setNull(int ordinal) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                ValueCodec.putNull(bytes);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setInteger(int ordinal, long value) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                ValueCodec.putInteger(bytes, value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setBoolean(int ordinal, boolean value) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                ValueCodec.putBoolean(bytes, value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setFloat(int ordinal, float value) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                ValueCodec.putFloat(bytes, value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setDouble(int ordinal, double value) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                ValueCodec.putDouble(bytes, value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setString(int ordinal, @Nullable String value) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                encoder.putString(bytes, value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setBytes(int ordinal, byte @Nullable [] value) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                encoder.putBytes(bytes, value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setDate(int ordinal, @Nullable Date value, @Nullable Calendar calendar) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                encoder.putDate(bytes, value, calendar);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setObject(int ordinal, @Nullable Object value) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                encoder.put(bytes, value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    /** A value that the driver converts to a type of {@link java.sql.Types}. */
    public void setObject(int ordinal, @Nullable Object value, int targetType) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                encoder.put(bytes, value, targetType);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    /** As the other; the type is asked for its number here, since it may be of anybody's making. */
    public void setObject(int ordinal, @Nullable Object value, SQLType targetType) {
        if (plan.captures(ordinal)) {
            try {
                setObject(ordinal, value, targetType.getVendorTypeNumber());
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    /** A value that the driver converts and rounds: only NULL is known to stay what it is. */
    public void setRounded(int ordinal, @Nullable Object value) {
        if (value == null) {
            setNull(ordinal);
        } else {
            setUnread(ordinal, -1);
        }
    }

    /** A value that only the driver reads: a stream. */
    public void setUnread(int ordinal, long length) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                ValueEncoder.putUnread(bytes, length);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    /** A value that could not be copied; the driver has it all the same. */
    private void lost(int ordinal, Throwable t) {
        bytes.truncate(Math.min(valueAt, bytes.length()));
        lengths[ordinal - 1] = LOST;
        capture.failed("copying a bound value", t);
    }

    private void begin() {
        valueAt = bytes.length();
    }

    private void end(int ordinal) {
        int slot = ordinal - 1;
        int length = bytes.length() - valueAt;
        if (length <= capacities[slot]) {
            System.arraycopy(bytes.array(), valueAt, bytes.array(), offsets[slot], length);
            bytes.truncate(valueAt);
        } else {
            // Twice the size each time it moves: what is left behind never exceeds what is in use.
            offsets[slot] = valueAt;
            capacities[slot] = Math.max(length, 2 * capacities[slot]);
            for (int spare = capacities[slot] - length; spare > 0; spare--) {
                bytes.putByte(0);
            }
        }
        lengths[slot] = length;
    }

    /** Appends the bound values in the form of a record's row. */
    void appendTo(ByteWriter row) {
        for (int slot = 0; slot < lengths.length; slot++) {
            if (lengths[slot] == UNSET) {
                ValueCodec.putMasked(row);
            } else if (lengths[slot] == LOST) {
                ValueEncoder.putUnread(row, -1);
            } else {
                row.putBytes(bytes.array(), offsets[slot], lengths[slot]);
            }
        }
    }

    /** Appends a row of which no value is known. */
    void appendUnknown(ByteWriter row) {
        for (int slot = 0; slot < lengths.length; slot++) {
            ValueEncoder.putUnread(row, -1);
        }
    }

    /** Keeps the bound values as the batch's next row. */
    public void addBatch() {
        try {
            keepRow();
        } catch (Throwable t) {
            overflowed = true;
            capture.failed("copying a row of a batch", t);
        }
        rows++;
    }

    private void keepRow() {
        if (overflowed) {
            return;
        }
        ByteWriter to = batch;
        if (to == null) {
            to = new ByteWriter(1024);
            batch = to;
        }
        appendTo(to);
        if (rows == rowEnds.length) {
            rowEnds = Arrays.copyOf(rowEnds, Math.max(16, 2 * rows));
        }
        rowEnds[rows] = to.length();
        if (to.length() > capture.maxTransactionBytes() || rows >= capture.maxRows()) {
            overflowed = true;
            to.shrink(0);
        }
    }

    public void clearBatch() {
        rows = 0;
        overflowed = false;
        if (batch != null) {
            batch.shrink(1 << 20);
        }
    }

    int batchRows() {
        return rows;
    }

    /** Whether the batch was too large to keep its rows. */
    boolean batchOverflowed() {
        return overflowed;
    }

    void appendBatchRow(int index, ByteWriter row) {
        ByteWriter from = batch;
        if (from != null) {
            int start = index == 0 ? 0 : rowEnds[index - 1];
            row.putBytes(from.array(), start, rowEnds[index] - start);
        }
    }
}
