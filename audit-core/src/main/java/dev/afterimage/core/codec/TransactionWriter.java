package dev.afterimage.core.codec;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.GapReason;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one open transaction, in the application's memory. An entry becomes part of a record only when the
 * transaction's outcome is known; what a savepoint undoes is cut off by {@link #truncate}. Not thread-safe; reused for
 * transaction after transaction without allocation.
 */
public final class TransactionWriter {

    /** Bytes before the first entry. */
    static final int HEADER_LENGTH = RecordHead.BYTES;

    static final int VERSION = 1;

    static final int ACTOR = 1;
    static final int STATEMENT = 2;
    static final int RETURNED = 3;
    static final int GAP = 4;
    static final int PATH = 5;

    private static final int ENTRY_HEAD = 5;

    private final ByteWriter bytes;
    private @Nullable CRC32C checksum;
    private long announcedNumber;
    private int announcedLength;
    private int entry = -1;
    private int rowCountAt;
    private int rows;
    private int countAt;

    public TransactionWriter(int initialCapacity) {
        bytes = new ByteWriter(initialCapacity);
        clear(Integer.MAX_VALUE);
    }

    /** Forgets everything; gives memory over a limit back. */
    public void clear(int keepCapacity) {
        bytes.shrink(Math.max(keepCapacity, HEADER_LENGTH));
        for (int i = 0; i < HEADER_LENGTH; i += 8) {
            bytes.putLong(0);
        }
        entry = -1;
    }

    public boolean isEmpty() {
        return bytes.length() == HEADER_LENGTH;
    }

    /**
     * Notes that the entries were announced.
     *
     * @param number of the transaction; 0 if what was announced stands no more
     * @param asTheyStand whether they are the very ones that were announced
     */
    public void announced(long number, boolean asTheyStand) {
        announcedNumber = number;
        announcedLength = asTheyStand ? bytes.length() : 0;
    }

    /** The number under which entries were announced; 0 if they were not. */
    public long announcedNumber() {
        return announcedNumber;
    }

    /** Whether the entries stand as they were announced. */
    public boolean isAsAnnounced() {
        return announcedNumber != 0 && announcedLength == bytes.length();
    }

    /** Bytes so far: a mark for {@link #truncate}. */
    public int length() {
        return bytes.length();
    }

    /** Forgets the entries after a mark. */
    public void truncate(int mark) {
        bytes.truncate(mark);
        entry = -1;
    }

    /** Who makes the changes that follow. */
    public void actor(Actor actor) {
        begin(ACTOR);
        ActorCodec.put(bytes, actor);
        end();
    }

    /** Where the statements that follow look for tables that they name without a schema. */
    public void path(String path) {
        begin(PATH);
        bytes.putText(path);
        end();
    }

    /** A hole in the trail. */
    public void gap(GapReason reason, long lost, String detail) {
        begin(GAP);
        bytes.putByte(Codes.of(reason));
        bytes.putLong(lost);
        bytes.putText(detail);
        end();
    }

    /**
     * Begins a statement; its rows follow by {@link #beginRow}, then {@link #end}.
     *
     * @param completedNanos {@link System#nanoTime()} when it had completed
     * @param descriptorId number of the descriptor in this process
     * @param descriptor the encoded descriptor
     */
    public void beginStatement(long completedNanos, long descriptorId, byte[] descriptor) {
        begin(STATEMENT);
        bytes.putLong(completedNanos);
        bytes.putLong(descriptorId);
        bytes.putInt(descriptor.length);
        bytes.putBytes(descriptor, 0, descriptor.length);
        rowCountAt = bytes.length();
        rows = 0;
        bytes.putInt(0);
    }

    /**
     * Begins a row of the statement: one execution of it. Exactly as many values as the descriptor has parameters are
     * then appended to {@link #values()}.
     *
     * @param updateCount rows that it changed, -1 where the driver does not say
     */
    public void beginRow(long updateCount) {
        rows++;
        countAt = bytes.length();
        bytes.putLong(updateCount);
    }

    /** Where the last row's update count stands: for {@link #setUpdateCount}. */
    public int updateCountAt() {
        return countAt;
    }

    /** Corrects an update count that became known later. */
    public void setUpdateCount(int at, long updateCount) {
        bytes.setLong(at, updateCount);
        announcedLength = 0;
    }

    /** Where the values of a row go. */
    public ByteWriter values() {
        return bytes;
    }

    /** Bytes of the entry under way. */
    public int entryLength() {
        return bytes.length() - entry;
    }

    /** Ends the statement. */
    public void endStatement() {
        bytes.setInt(rowCountAt, rows);
        end();
    }

    /**
     * Begins the rows that the database returned for a statement of this transaction; then row by row the values, each
     * row announced by {@link #beginReturnedRow}, then {@link #endReturned}.
     *
     * @param statement index of the statement entry in this transaction, from 0
     * @param columns what each value of a row is
     */
    public void beginReturned(int statement, List<ReturnedColumn> columns) {
        begin(RETURNED);
        bytes.putInt(statement);
        bytes.putInt(columns.size());
        for (ReturnedColumn column : columns) {
            bytes.putByte(Codes.of(column.role()));
            bytes.putText(column.name());
        }
        rowCountAt = bytes.length();
        rows = 0;
        bytes.putInt(0);
    }

    /** Begins a returned row. */
    public void beginReturnedRow() {
        rows++;
    }

    /** Ends the returned rows. */
    public void endReturned() {
        bytes.setInt(rowCountAt, rows);
        end();
    }

    private void begin(int type) {
        entry = bytes.length();
        bytes.putByte(type);
        bytes.putInt(0);
    }

    private void end() {
        bytes.setInt(entry + 1, bytes.length() - entry - ENTRY_HEAD);
        entry = -1;
    }

    /** Length of the entry, head included, that begins at an offset: for cutting a large transaction into parts. */
    public int entryLengthAt(int offset) {
        byte[] array = bytes.array();
        int body = (array[offset + 1] & 0xFF)
                | (array[offset + 2] & 0xFF) << 8
                | (array[offset + 3] & 0xFF) << 16
                | (array[offset + 4] & 0xFF) << 24;
        return ENTRY_HEAD + body;
    }

    /** Where a part ends that begins at an offset: after whole entries of so many bytes at most, but at least one entry. */
    public int partEnd(int from, int maxBytes) {
        int end = bytes.length();
        int to = from;
        while (to < end && (to == from || to + entryLengthAt(to) - from <= maxBytes)) {
            to += entryLengthAt(to);
        }
        return to;
    }

    /** A record of its own with the header and some of the entries. */
    public byte[] part(int from, int to) {
        byte[] part = new byte[HEADER_LENGTH + to - from];
        System.arraycopy(bytes.array(), 0, part, 0, HEADER_LENGTH);
        System.arraycopy(bytes.array(), from, part, HEADER_LENGTH, to - from);
        return part;
    }

    /** The array behind; entries begin after {@link #headerLength()}. */
    public byte[] array() {
        return bytes.array();
    }

    /** Bytes of a record's header. */
    public static int headerLength() {
        return HEADER_LENGTH;
    }

    /** Writes a record's header into the room kept for it before the first entry. */
    public void header(
            int source, int part, boolean last, Stage stage, long transaction, long askedNanos, long returnedNanos) {
        int flags = RecordHead.flags(stage, last);
        bytes.setInt(0, VERSION | flags << 8 | source << 16);
        bytes.setInt(4, part);
        bytes.setLong(8, transaction);
        bytes.setLong(16, askedNanos);
        bytes.setLong(24, returnedNanos);
        bytes.setLong(RecordHead.CHECKSUM_AT, 0);
    }

    /** Writes the checksum of a record of this length into its header: after that nothing of it may change. */
    public void seal(int length) {
        CRC32C sum = checksum;
        if (sum == null) {
            sum = new CRC32C();
            checksum = sum;
        }
        bytes.setInt(RecordHead.CHECKSUM_AT, RecordHead.sealOf(bytes.array(), length, sum));
    }

    /**
     * Writes the header of a record that has no entries of its own: what became of the transaction whose entries were
     * announced. The record is the first {@link #headerLength()} bytes of {@link #array()}.
     */
    public void conclusion(int source, Stage stage, long transaction, long askedNanos, long returnedNanos) {
        header(source, 0, true, stage, transaction, askedNanos, returnedNanos);
        bytes.array()[1] |= (byte) RecordHead.CONCLUDES;
    }
}
