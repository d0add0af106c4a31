package dev.afterimage.core.codec;

import dev.afterimage.core.codec.TransactionRecord.ActorEntry;
import dev.afterimage.core.codec.TransactionRecord.Entry;
import dev.afterimage.core.codec.TransactionRecord.Execution;
import dev.afterimage.core.codec.TransactionRecord.GapEntry;
import dev.afterimage.core.codec.TransactionRecord.PathEntry;
import dev.afterimage.core.codec.TransactionRecord.ReturnedEntry;
import dev.afterimage.core.codec.TransactionRecord.StatementEntry;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads transaction records of one process. Remembers descriptors by their number, so that each is decoded once; a
 * bounded memory. Not thread-safe.
 */
public final class TransactionReader {

    private static final int REMEMBERED = 4096;

    private final Map<Long, StatementDescriptor> descriptors = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, StatementDescriptor> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether bytes that were a whole record once are of a version known here. */
    public static boolean knows(byte[] record) {
        return record.length > 0 && record[0] == TransactionWriter.VERSION;
    }

    /** Whether no part follows, for a record that is known here. */
    public static boolean isLastPart(byte[] record) {
        return (record[1] & RecordHead.LAST_PART) != 0;
    }

    /**
     * Reads one record.
     *
     * @throws CorruptRecordException if the bytes are no whole record of a known version
     */
    public TransactionRecord read(byte[] bytes, int from, int length) {
        return read(bytes, from, length, 0, 0);
    }

    /**
     * Reads one record that may be of another process.
     *
     * @param position where it, or what announced it, began in the ring
     * @param laterNanos to be added to every {@link System#nanoTime()} of its process
     * @throws CorruptRecordException as the other does
     */
    public TransactionRecord read(byte[] bytes, int from, int length, long position, long laterNanos) {
        ByteReader reader = new ByteReader(bytes, from, length);
        int version = reader.getByte();
        if (version != TransactionWriter.VERSION) {
            throw new CorruptRecordException("record version=" + version + " known=" + TransactionWriter.VERSION);
        }
        int flags = reader.getByte();
        int source = reader.getShort();
        int part = reader.getInt();
        long number = reader.getLong();
        long asked = reader.getLong();
        long returned = reader.getLong();
        reader.skip(RecordHead.BYTES - RecordHead.CHECKSUM_AT);
        List<Entry> entries = new ArrayList<>();
        while (reader.hasRemaining()) {
            int type = reader.getByte();
            entries.add(entry(type, reader.slice(reader.getCount()), laterNanos));
        }
        boolean last = (flags & RecordHead.LAST_PART) != 0;
        boolean inDoubt = RecordHead.stageOf(flags) != Stage.COMMITTED;
        return new TransactionRecord(
                source, part, last, inDoubt, number, asked + laterNanos, returned + laterNanos, entries, position);
    }

    private Entry entry(int type, ByteReader body, long laterNanos) {
        return switch (type) {
            case TransactionWriter.ACTOR -> new ActorEntry(ActorCodec.get(body));
            case TransactionWriter.STATEMENT -> statement(body, laterNanos);
            case TransactionWriter.RETURNED -> returned(body);
            case TransactionWriter.GAP ->
                new GapEntry(Codes.at(GapReason.values(), body.getByte()), body.getLong(), body.getText());
            case TransactionWriter.PATH -> new PathEntry(body.getText());
            default -> throw new CorruptRecordException("entry type=" + type);
        };
    }

    private StatementEntry statement(ByteReader body, long laterNanos) {
        long completed = body.getLong() + laterNanos;
        long id = body.getLong();
        int length = body.getCount();
        StatementDescriptor descriptor = descriptors.get(id);
        if (descriptor == null) {
            descriptor = StatementDescriptor.decode(body.slice(length));
            descriptors.put(id, descriptor);
        } else {
            body.skip(length);
        }
        int count = body.getCount();
        List<Execution> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long updateCount = body.getLong();
            rows.add(new Execution(updateCount, values(body, descriptor.parameterCount())));
        }
        return new StatementEntry(completed, descriptor, rows);
    }

    private static ReturnedEntry returned(ByteReader body) {
        int statement = body.getInt();
        int columnCount = body.getCount();
        List<ReturnedColumn> columns = new ArrayList<>(columnCount);
        for (int i = 0; i < columnCount; i++) {
            columns.add(new ReturnedColumn(Codes.at(ReturnedColumn.Role.values(), body.getByte()), body.getText()));
        }
        int rowCount = body.getCount();
        List<List<Value>> rows = new ArrayList<>(rowCount);
        for (int i = 0; i < rowCount; i++) {
            rows.add(values(body, columnCount));
        }
        return new ReturnedEntry(statement, columns, rows);
    }

    private static List<Value> values(ByteReader body, int count) {
        if (count > body.remaining()) { // No value is shorter than a byte.
            throw new CorruptRecordException("values=" + count + " remaining=" + body.remaining());
        }
        List<Value> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(ValueCodec.get(body));
        }
        return values;
    }
}
