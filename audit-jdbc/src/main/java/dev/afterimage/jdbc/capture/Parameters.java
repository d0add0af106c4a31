package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import java.io.InputStream;
import java.io.Reader;
import java.sql.SQLType;
import java.util.Calendar;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * The values bound to a prepared statement, and the rows of its batch. JDBC keeps bound values until they are bound anew,
 * so each parameter has a slot that is overwritten. Not thread-safe, as a statement is not.
 */
public final class Parameters {

    /** Instead of a length: the driver reads a stream to its end. */
    public static final long WHOLE = StreamReading.WHOLE;

    /** Bytes of a value that is not known, or of a digest beside its prefix; at most. */
    private static final int UNKNOWN_BYTES = 128;

    private final CapturePlan plan;
    private final Capture capture;
    private final int count;
    private @Nullable ValueSlots slots;
    private @Nullable Thread user;
    private @Nullable LateValue @Nullable [] late;
    private @Nullable BatchRows batch;
    /** Rows of the batch for which there was not even a place. */
    private int unkeptRows;

    Parameters(CapturePlan plan, Capture capture) {
        this.plan = plan;
        this.capture = capture;
        this.count = plan.parameterCount();
    }

    /** Forgets the bound values. */
    public void clear() {
        if (slots != null) {
            slots.unset(count);
        }
        late = null;
    }

    /**
     * The statement is closed. What has held the values goes to another statement, unless a thread closes it that has not
     * used it last: the one that has may still be reading them.
     */
    public void close() {
        ValueSlots held = slots;
        if (held != null && Thread.currentThread() == user) {
            slots = null;
            late = null;
            if (held.isWorthKeeping()) {
                capture.slots().give(held);
            }
        }
    }

    private ValueSlots slots() {
        ValueSlots held = slots;
        if (held == null) {
            held = capture.slots().take();
            held.clear(count);
            slots = held;
            user = Thread.currentThread();
        }
        return held;
    }

    public void setNull(int ordinal) {
        if (plan.captures(ordinal)) {
            try {
                ValueCodec.putNull(begin());
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setInteger(int ordinal, long value) {
        if (plan.captures(ordinal)) {
            try {
                ValueCodec.putInteger(begin(), value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setBoolean(int ordinal, boolean value) {
        if (plan.captures(ordinal)) {
            try {
                ValueCodec.putBoolean(begin(), value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setFloat(int ordinal, float value) {
        if (plan.captures(ordinal)) {
            try {
                ValueCodec.putFloat(begin(), value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setDouble(int ordinal, double value) {
        if (plan.captures(ordinal)) {
            try {
                ValueCodec.putDouble(begin(), value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setString(int ordinal, @Nullable String value) {
        if (plan.captures(ordinal)) {
            try {
                capture.encoder().putString(begin(), value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setBytes(int ordinal, byte @Nullable [] value) {
        if (plan.captures(ordinal)) {
            try {
                capture.encoder().putBytes(begin(), value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setDate(int ordinal, @Nullable Date value, @Nullable Calendar calendar) {
        if (plan.captures(ordinal)) {
            try {
                capture.encoder().putDate(begin(), value, calendar);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    public void setObject(int ordinal, @Nullable Object value) {
        if (isLate(value)) {
            setStream(ordinal, value);
        } else if (plan.captures(ordinal)) {
            try {
                capture.encoder().put(begin(), value);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    /** A value that the driver converts to a type of {@link java.sql.Types}. */
    public void setObject(int ordinal, @Nullable Object value, int targetType) {
        if (value != null && isLate(value) && Conversions.keeps(value, targetType)) {
            setStream(ordinal, value);
        } else if (plan.captures(ordinal)) {
            try {
                capture.encoder().put(begin(), value, targetType);
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

    /**
     * What the driver gets in place of a stream: a stream that copies what is read of it.
     *
     * @param length that the driver is told to read, or {@link #WHOLE}
     */
    public @Nullable InputStream teed(int ordinal, @Nullable InputStream stream, long length) {
        return stream == null || !plan.captures(ordinal)
                ? stream
                : TeedInputStream.ofBytes(stream, capture, length, room());
    }

    /** As {@link #teed(int, InputStream, long)}, for a stream that holds a text. */
    public @Nullable InputStream teedAscii(int ordinal, @Nullable InputStream stream, long length) {
        return stream == null || !plan.captures(ordinal)
                ? stream
                : TeedInputStream.ofAscii(stream, capture, length, room());
    }

    /** As {@link #teed(int, InputStream, long)}, for a reader. */
    public @Nullable Reader teed(int ordinal, @Nullable Reader reader, long length) {
        return reader == null || !plan.captures(ordinal) ? reader : new TeedReader(reader, capture, length, room());
    }

    /** As {@link #teed(int, InputStream, long)}, for a large object: in PostgreSQL its number is the value. */
    public @Nullable InputStream teedLob(int ordinal, @Nullable InputStream stream, long length) {
        return capture.keepsLobsApart() ? stream : teed(ordinal, stream, length);
    }

    /** As {@link #teedLob(int, InputStream, long)}, for a reader. */
    public @Nullable Reader teedLob(int ordinal, @Nullable Reader reader, long length) {
        return capture.keepsLobsApart() ? reader : teed(ordinal, reader, length);
    }

    /** What the driver gets in place of an object: PostgreSQL's names the class of a stream when it refuses it. */
    public @Nullable Object teedObject(int ordinal, @Nullable Object value) {
        if (value instanceof InputStream stream) {
            return teedLob(ordinal, stream, WHOLE);
        }
        return value instanceof Reader reader ? teedLob(ordinal, reader, WHOLE) : value;
    }

    /** As the other, for a value that the driver converts. */
    public @Nullable Object teedObject(int ordinal, @Nullable Object value, int targetType) {
        return value != null && Conversions.keeps(value, targetType) ? teedObject(ordinal, value) : value;
    }

    private Room room() {
        return batch().room();
    }

    private BatchRows batch() {
        BatchRows known = batch;
        if (known == null) {
            known = new BatchRows(capture);
            batch = known;
        }
        return known;
    }

    /** A stream that the driver has taken, as one of the other methods has made it, or a large object. */
    public void setStream(int ordinal, @Nullable Object teed) {
        if (teed == null) {
            setNull(ordinal);
        } else if (teed instanceof TeedInputStream stream) {
            setLate(ordinal, stream.reading());
        } else if (teed instanceof TeedReader reader) {
            setLate(ordinal, reader.reading());
        } else if (teed instanceof LateValue.Holder lob && !capture.keepsLobsApart()) {
            setLate(ordinal, lob.lateValue());
        } else {
            setUnread(ordinal, -1);
        }
    }

    private static boolean isLate(@Nullable Object value) {
        return value instanceof TeedInputStream || value instanceof TeedReader || value instanceof LateValue.Holder;
    }

    /** A driver that has the value already keeps it for every execution; of another it is seen when it reads. */
    private void setLate(int ordinal, LateValue value) {
        if (plan.captures(ordinal)) {
            try {
                if (value.isSettled()) {
                    value.putTo(begin());
                    end(ordinal);
                } else {
                    keepLate(ordinal - 1, value);
                }
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    private void keepLate(int slot, LateValue value) {
        @Nullable LateValue[] values = late;
        if (values == null) {
            values = new @Nullable LateValue[count];
            late = values;
        }
        values[slot] = value;
        slots().late(slot);
    }

    /** Whether a parameter has a value, known or not. */
    boolean isSet(int ordinal) {
        return length(ordinal - 1) != ValueSlots.UNSET;
    }

    /** Takes the value of another's parameter, as far as it is known now. */
    void copy(int ordinal, Parameters from, int source) {
        if (plan.captures(ordinal)) {
            try {
                from.appendNow(begin(), source - 1);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    private @Nullable LateValue lateAt(int slot) {
        return late != null && length(slot) == ValueSlots.LATE ? late[slot] : null;
    }

    /** An execution of what is bound now begins. */
    void beginExecution() {
        user = Thread.currentThread();
        if (late != null) {
            for (int slot = 0; slot < count; slot++) {
                LateValue value = lateAt(slot);
                if (value != null) {
                    value.begin();
                }
            }
        }
    }

    /** The execution of the batch begins. */
    public void beginBatch() {
        user = Thread.currentThread();
        if (batch != null) {
            batch.begin();
        }
    }

    /** A value that only the driver reads. */
    public void setUnread(int ordinal, long length) {
        if (plan.captures(ordinal)) {
            try {
                ValueEncoder.putUnread(begin(), length);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    /** A value that could not be copied; the driver has it all the same. */
    private void lost(int ordinal, Throwable t) {
        if (slots != null) {
            slots.lost(ordinal - 1);
        }
        capture.failed(Doing.COPYING_VALUE, t);
    }

    private ByteWriter begin() {
        return slots().begin();
    }

    private void end(int ordinal) {
        int slot = ordinal - 1;
        slots().end(slot);
        if (late != null) {
            late[slot] = null;
        }
    }

    private int length(int slot) {
        return slots == null ? ValueSlots.UNSET : slots.length(slot);
    }

    /** Appends the bound values in the form of a record's row. */
    void appendTo(ByteWriter row) {
        for (int slot = 0; slot < count; ) {
            int next = slots == null ? slot : slots.appendRun(slot, count, row);
            if (next == slot) {
                appendNow(row, next++);
            }
            slot = next;
        }
    }

    private void appendNow(ByteWriter row, int slot) {
        LateValue value = lateAt(slot);
        if (value != null) {
            value.putTo(row);
        } else {
            appendTo(row, slot);
        }
    }

    private void appendTo(ByteWriter row, int slot) {
        ValueSlots held = slots;
        if (held == null || held.length(slot) == ValueSlots.UNSET) {
            ValueCodec.putMasked(row);
        } else if (held.length(slot) < 0) {
            ValueEncoder.putUnread(row, -1);
        } else {
            row.putBytes(held.array(), held.offset(slot), held.length(slot));
        }
    }

    /** Appends a row of which no value is known. */
    void appendUnknown(ByteWriter row) {
        for (int slot = 0; slot < count; slot++) {
            ValueEncoder.putUnread(row, -1);
        }
    }

    /** Appends the bound values as a row of a batch; of those that the driver has yet to read, their places. */
    void appendTo(ByteWriter values, LateRows places, int row) {
        for (int slot = 0; slot < count; slot++) {
            LateValue value = lateAt(slot);
            if (value == null) {
                appendTo(values, slot);
            } else {
                places.add(row, values.length(), value);
            }
        }
    }

    /** Which of the first parameters are NULL, bit by bit. */
    long nulls() {
        ValueSlots held = slots;
        long nulls = 0;
        for (int slot = 0; held != null && slot < Math.min(count, Long.SIZE); slot++) {
            boolean isNull = held.length(slot) > 0 && ValueCodec.isNull(held.array(), held.offset(slot));
            nulls |= isNull ? 1L << slot : 0;
        }
        return nulls;
    }

    /** Keeps the bound values as the batch's next row. */
    public void addBatch() {
        try {
            batch().add(this);
        } catch (Throwable t) {
            unkeptRows++;
            capture.failed(Doing.COPYING_BATCH, t);
        }
    }

    public void clearBatch() {
        unkeptRows = 0;
        if (batch != null) {
            batch.clear();
        }
    }

    int batchRows() {
        return unkeptRows + (batch == null ? 0 : batch.rows());
    }

    /** Bytes that the bound values take in a record, at most. */
    long bytes() {
        long all = 0;
        for (int slot = 0; slot < count; slot++) {
            int length = length(slot);
            all += length >= 0 ? length : length == ValueSlots.LATE ? mostLate() : UNKNOWN_BYTES;
        }
        return all;
    }

    /** Bytes that the rows of the batch take, at most. */
    long batchBytes() {
        return batch == null ? 0 : batch.bytes() + batch.lateValues() * mostLate();
    }

    /** A stream is copied whole, or becomes a digest. */
    private long mostLate() {
        return capture.maxValueBytes() + (long) ValueEncoder.PREFIX * Integer.BYTES + UNKNOWN_BYTES;
    }

    /** Whether the batch was too large to keep its rows. */
    boolean batchOverflowed() {
        return unkeptRows > 0 || (batch != null && batch.hasOverflowed());
    }

    /** Whether the rows of the batch have their NULLs in different places. */
    boolean nullsDiffer() {
        return batch != null && batch.nullsDiffer();
    }

    void appendBatchRow(int index, ByteWriter row) {
        if (batch != null) {
            batch.appendTo(row, index);
        }
    }
}
