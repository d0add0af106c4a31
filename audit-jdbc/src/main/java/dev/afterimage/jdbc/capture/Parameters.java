package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import java.io.InputStream;
import java.io.Reader;
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

    /** Instead of a length: the driver reads a stream to its end. */
    public static final long WHOLE = StreamReading.WHOLE;

    private static final int UNSET = -1;
    private static final int LOST = -2;
    private static final int LATE = -3;
    /** Bytes of a value that is not known, or of a digest beside its prefix; at most. */
    private static final int UNKNOWN_BYTES = 128;

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
    private long nullsOfFirst;
    private boolean nullsDiffer;
    private @Nullable LateValue @Nullable [] late;
    private @Nullable LateRows lateRows;

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
        late = null;
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
        if (isLate(value)) {
            setStream(ordinal, value);
        } else if (plan.captures(ordinal)) {
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
        if (value != null && isLate(value) && Conversions.keeps(value, targetType)) {
            setStream(ordinal, value);
        } else if (plan.captures(ordinal)) {
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
        LateRows rowsOfStreams = lateRows;
        if (rowsOfStreams == null) {
            rowsOfStreams = new LateRows(new Room(capture.maxTransactionBytes()));
            lateRows = rowsOfStreams;
        }
        return rowsOfStreams.room();
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
                    begin();
                    value.putTo(bytes);
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
            values = new @Nullable LateValue[lengths.length];
            late = values;
        }
        values[slot] = value;
        lengths[slot] = LATE;
    }

    /** Whether a parameter has a value, known or not. */
    boolean isSet(int ordinal) {
        return lengths[ordinal - 1] != UNSET;
    }

    /** Takes the value of another's parameter, as far as it is known now. */
    void copy(int ordinal, Parameters from, int source) {
        if (plan.captures(ordinal)) {
            try {
                begin();
                from.appendNow(bytes, source - 1);
                end(ordinal);
            } catch (Throwable t) {
                lost(ordinal, t);
            }
        }
    }

    private @Nullable LateValue lateAt(int slot) {
        return lengths[slot] == LATE && late != null ? late[slot] : null;
    }

    /** An execution of what is bound now begins. */
    void beginExecution() {
        if (late != null) {
            for (int slot = 0; slot < lengths.length; slot++) {
                LateValue value = lateAt(slot);
                if (value != null) {
                    value.begin();
                }
            }
        }
    }

    /** The execution of the batch begins. */
    public void beginBatch() {
        if (lateRows != null) {
            lateRows.begin();
        }
    }

    /** A value that only the driver reads. */
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
        if (late != null) {
            late[slot] = null;
        }
    }

    /** Appends the bound values in the form of a record's row. */
    void appendTo(ByteWriter row) {
        for (int slot = 0; slot < lengths.length; slot++) {
            appendNow(row, slot);
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
        if (lengths[slot] == UNSET) {
            ValueCodec.putMasked(row);
        } else if (lengths[slot] == LOST) {
            ValueEncoder.putUnread(row, -1);
        } else {
            row.putBytes(bytes.array(), offsets[slot], lengths[slot]);
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
        noteNulls();
        ByteWriter to = batch;
        if (to == null) {
            to = new ByteWriter(1024);
            batch = to;
        }
        for (int slot = 0; slot < lengths.length; slot++) {
            LateValue value = lateAt(slot);
            if (value != null && lateRows != null) {
                lateRows.add(rows, to.length(), value);
            } else {
                appendTo(to, slot);
            }
        }
        if (rows == rowEnds.length) {
            rowEnds = Arrays.copyOf(rowEnds, Math.max(16, 2 * rows));
        }
        rowEnds[rows] = to.length();
        if (to.length() > capture.maxTransactionBytes() || rows >= capture.maxRows()) {
            overflowed = true;
            to.shrink(0);
        }
    }

    /** Which of the first places are NULL: MariaDB's driver divides a batch where that changes. */
    private void noteNulls() {
        long nulls = 0;
        for (int slot = 0; slot < Math.min(lengths.length, Long.SIZE); slot++) {
            boolean isNull = lengths[slot] > 0 && ValueCodec.isNull(bytes.array(), offsets[slot]);
            nulls |= isNull ? 1L << slot : 0;
        }
        nullsDiffer |= rows > 0 && nulls != nullsOfFirst;
        nullsOfFirst = rows == 0 ? nulls : nullsOfFirst;
    }

    /** Whether the rows of the batch have their NULLs in different places. */
    boolean nullsDiffer() {
        return nullsDiffer;
    }

    public void clearBatch() {
        rows = 0;
        nullsDiffer = false;
        overflowed = false;
        if (batch != null) {
            batch.shrink(1 << 20);
        }
        if (lateRows != null) {
            lateRows.clear();
        }
    }

    int batchRows() {
        return rows;
    }

    /** Bytes that the bound values take in a record, at most. */
    long bytes() {
        long all = 0;
        for (int slot = 0; slot < lengths.length; slot++) {
            all += lengths[slot] >= 0 ? lengths[slot] : lengths[slot] == LATE ? mostLate() : UNKNOWN_BYTES;
        }
        return all;
    }

    /** Bytes that the rows of the batch take, at most. */
    long batchBytes() {
        ByteWriter kept = batch;
        long late = lateRows == null ? 0 : lateRows.size() * mostLate();
        return late + (kept == null ? 0 : kept.length());
    }

    /** A stream is copied whole, or becomes a digest. */
    private long mostLate() {
        return capture.maxValueBytes() + (long) ValueEncoder.PREFIX * Integer.BYTES + UNKNOWN_BYTES;
    }

    /** Whether the batch was too large to keep its rows. */
    boolean batchOverflowed() {
        return overflowed;
    }

    void appendBatchRow(int index, ByteWriter row) {
        ByteWriter from = batch;
        if (from != null) {
            int start = index == 0 ? 0 : rowEnds[index - 1];
            if (lateRows != null) {
                start = lateRows.appendTo(row, index, from, start);
            }
            row.putBytes(from.array(), start, rowEnds[index] - start);
        }
    }
}
