package dev.afterimage.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.codec.TransactionRecord.ActorEntry;
import dev.afterimage.core.codec.TransactionRecord.Entry;
import dev.afterimage.core.codec.TransactionRecord.Execution;
import dev.afterimage.core.codec.TransactionRecord.GapEntry;
import dev.afterimage.core.codec.TransactionRecord.ReturnedEntry;
import dev.afterimage.core.codec.TransactionRecord.StatementEntry;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link TransactionWriter} wrote is read again, and what it never wrote is refused. */
@Timeout(60)
class TransactionReaderTest {

    private final Sample sample = new Sample(Seed.random(TransactionReaderTest.class));
    private final TransactionWriter writer = new TransactionWriter(64);
    private final TransactionReader reader = new TransactionReader();
    private long descriptorId;

    @Test
    void anyTransactionComesBackEqual() {
        for (int round = 0; round < 1_000; round++) {
            List<Entry> entries = writeRandomEntries();
            long number = sample.number();
            writer.header(65_535, 7, true, Stage.COMMITTED, number, 11, 12);

            assertThat(reader.read(writer.array(), 0, writer.length()))
                    .isEqualTo(new TransactionRecord(65_535, 7, true, false, number, 11, 12, entries, 0));
        }
    }

    @Test
    void theFlagsAreIndependent() {
        writer.header(0, 0, false, Stage.IN_DOUBT, 1, 0, 0);

        TransactionRecord record = reader.read(writer.array(), 0, writer.length());

        assertThat(record.last()).isFalse();
        assertThat(record.inDoubt()).isTrue();
    }

    @Test
    void aDescriptorThatWasSeenIsSkipped() {
        byte[] descriptor = encoded(new StatementDescriptor("first", 0, List.of(), null));
        statement(5, descriptor);
        reader.read(bytes(), 0, writer.length());
        writer.clear(1024);
        statement(5, new byte[] {1, 2, 3});

        TransactionRecord record = reader.read(bytes(), 0, writer.length());

        StatementEntry entry = (StatementEntry) record.entries().get(0);
        assertThat(entry.descriptor().sql()).isEqualTo("first");
    }

    @Test
    void whatASavepointUndoesIsCutOff() {
        writer.gap(GapReason.DROPPED, 1, "kept");
        int mark = writer.length();
        writer.gap(GapReason.DROPPED, 2, "undone");

        writer.truncate(mark);

        assertThat(reader.read(bytes(), 0, writer.length()).entries())
                .containsExactly(new GapEntry(GapReason.DROPPED, 1, "kept"));
    }

    @Test
    void anUpdateCountThatBecomesKnownLaterIsCorrected() {
        writer.beginStatement(0, 1, encoded(new StatementDescriptor("", 0, List.of(), null)));
        writer.beginRow(-1);
        int at = writer.updateCountAt();
        writer.endStatement();
        writer.gap(GapReason.DROPPED, 1, "later");

        writer.setUpdateCount(at, 3);

        StatementEntry entry = (StatementEntry)
                reader.read(bytes(), 0, writer.length()).entries().get(0);
        assertThat(entry.rows()).containsExactly(new Execution(3, List.of()));
    }

    @Test
    void entriesCanBeSteppedOverByTheirLength() {
        writer.gap(GapReason.DROPPED, 1, "one");
        writer.actor(sample.actor());
        int at = TransactionWriter.headerLength();

        at += writer.entryLengthAt(at);
        at += writer.entryLengthAt(at);

        assertThat(at).isEqualTo(writer.length());
    }

    @Test
    void anUnknownVersionIsNamed() {
        byte[] bytes = bytes();
        bytes[0] = 2;

        assertThatThrownBy(() -> reader.read(bytes, 0, bytes.length))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessage("record version=2 known=1");
    }

    @Test
    void aRecordCutAnywhereButBetweenEntriesIsCorrupt() {
        List<Integer> ends = new ArrayList<>(List.of(writer.length()));
        writer.gap(GapReason.DROPPED, 1, "one");
        ends.add(writer.length());
        statement(1, encoded(sample.descriptor()));
        ends.add(writer.length());
        byte[] whole = bytes();

        for (int length = 0; length < whole.length; length++) {
            int cut = length;
            if (ends.contains(cut)) {
                assertThat(new TransactionReader().read(whole, 0, cut).entries())
                        .hasSize(ends.indexOf(cut));
            } else {
                assertThatThrownBy(() -> new TransactionReader().read(whole, 0, cut))
                        .isInstanceOf(CorruptRecordException.class);
            }
        }
    }

    @Test
    void aHugeNumberOfParametersIsCorruptAndAllocatesNothing() {
        statement(1, encoded(new StatementDescriptor("", Integer.MAX_VALUE, List.of(), null)));

        assertThatThrownBy(() -> reader.read(bytes(), 0, writer.length())).isInstanceOf(CorruptRecordException.class);
    }

    @Test
    void flippedBitsGiveARecordOrACorruptOne() {
        int corrupt = 0;
        for (int round = 0; round < 3_000; round++) {
            writeRandomEntries();
            byte[] bytes = bytes();
            for (int flips = 1 + sample.below(3); flips > 0; flips--) {
                bytes[sample.below(bytes.length)] ^= (byte) (1 << sample.below(8));
            }
            try {
                // Any other exception is the failure that this test looks for.
                assertThat(new TransactionReader().read(bytes, 0, bytes.length)).isNotNull();
            } catch (CorruptRecordException expected) {
                corrupt++;
            }
        }
        assertThat(corrupt).isPositive();
    }

    private List<Entry> writeRandomEntries() {
        writer.clear(1024);
        List<Entry> entries = new ArrayList<>();
        for (int i = sample.below(6); i > 0; i--) {
            entries.add(
                    switch (sample.below(4)) {
                        case 0 -> writeActor();
                        case 1 -> writeGap();
                        case 2 -> writeReturned();
                        default -> writeStatement();
                    });
        }
        return entries;
    }

    private Entry writeActor() {
        ActorEntry entry = new ActorEntry(sample.actor());
        writer.actor(entry.actor());
        return entry;
    }

    private Entry writeGap() {
        GapEntry entry = new GapEntry(sample.reason(), sample.number(), sample.text());
        writer.gap(entry.reason(), entry.lost(), entry.detail());
        return entry;
    }

    private Entry writeReturned() {
        List<ReturnedColumn> columns = List.of(
                new ReturnedColumn(ReturnedColumn.Role.BEFORE, sample.text()),
                new ReturnedColumn(ReturnedColumn.Role.KEY, sample.text()));
        List<List<Value>> rows = sample.list(3, () -> List.of(sample.value(), sample.value()));
        int statement = sample.below(9);
        writer.beginReturned(statement, columns);
        for (List<Value> row : rows) {
            writer.beginReturnedRow();
            row.forEach(value -> ValueCodec.put(writer.values(), value));
        }
        writer.endReturned();
        return new ReturnedEntry(statement, columns, rows);
    }

    private Entry writeStatement() {
        StatementDescriptor descriptor = sample.descriptor();
        List<Execution> rows = sample.list(3, () -> new Execution(sample.number(), values(descriptor)));
        long completed = sample.number();
        writer.beginStatement(completed, ++descriptorId, encoded(descriptor));
        for (Execution row : rows) {
            writer.beginRow(row.updateCount());
            row.values().forEach(value -> ValueCodec.put(writer.values(), value));
        }
        writer.endStatement();
        return new StatementEntry(completed, descriptor, rows);
    }

    private List<Value> values(StatementDescriptor descriptor) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < descriptor.parameterCount(); i++) {
            values.add(sample.value());
        }
        return values;
    }

    private void statement(long id, byte[] descriptor) {
        writer.beginStatement(1, id, descriptor);
        writer.beginRow(1);
        for (int i = 0; i < 4; i++) {
            ValueCodec.putInteger(writer.values(), i);
        }
        writer.endStatement();
    }

    private static byte[] encoded(StatementDescriptor descriptor) {
        ByteWriter bytes = new ByteWriter(64);
        descriptor.encode(bytes);
        return Arrays.copyOf(bytes.array(), bytes.length());
    }

    private byte[] bytes() {
        writer.header(1, 0, true, Stage.COMMITTED, 1, 2, 3);
        return Arrays.copyOf(writer.array(), writer.length());
    }
}
