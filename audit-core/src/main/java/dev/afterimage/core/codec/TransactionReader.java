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
        return (record[1] & TransactionWriter.LAST_PART) != 0;
    }

    /**
     * Reads one record.
     *
     * @throws CorruptRecordException if the bytes are no whole record of a known version
     */
    public TransactionRecord read(byte[] bytes, int from, int length) {
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
        List<Entry> entries = new ArrayList<>();
        while (reader.hasRemaining()) {
            int type = reader.getByte();
            entries.add(entry(type, reader.slice(reader.getCount())));
        }
        boolean last = (flags & TransactionWriter.LAST_PART) != 0;
        boolean inDoubt = (flags & TransactionWriter.IN_DOUBT) != 0;
        return new TransactionRecord(source, part, last, inDoubt, number, asked, returned, entries);
    }

    private Entry entry(int type, ByteReader body) {
        return switch (type) {
            case TransactionWriter.ACTOR -> new ActorEntry(ActorCodec.get(body));
            case TransactionWriter.STATEMENT -> statement(body);
            case TransactionWriter.RETURNED -> returned(body);
            case TransactionWriter.GAP ->
                new GapEntry(Codes.at(GapReason.values(), body.getByte()), body.getLong(), body.getText());
            case TransactionWriter.PATH -> new PathEntry(body.getText());
            default -> throw new CorruptRecordException("entry type=" + type);
        };
    }

    private StatementEntry statement(ByteReader body) {
        long completed = body.getLong();
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
