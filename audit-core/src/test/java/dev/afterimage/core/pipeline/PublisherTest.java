package dev.afterimage.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.codec.TransactionReader;
import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.codec.TransactionRecord.Entry;
import dev.afterimage.core.codec.TransactionRecord.GapEntry;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.ring.RingBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private final RingBuffer ring = RingBuffer.allocate(1024);
    private final AuditCounters counters = new AuditCounters();
    private final Publisher publisher = new Publisher(ring, Duration.ZERO, false, counters, null);
    private final TransactionWriter writer = new TransactionWriter(64);

    @Test
    void aTransactionThatFitsIsOneRecord() {
        writer.gap(GapReason.UNWRAPPED, 1, "raw");

        publisher.publish(3, writer, true, 11, 12);

        assertThat(records())
                .containsExactly(new TransactionRecord(
                        3, 0, true, true, 1, 11, 12, List.of(new GapEntry(GapReason.UNWRAPPED, 1, "raw")), 0));
        assertThat(counters.snapshot().publishedRecords()).isOne();
    }

    @Test
    void transactionsAreNumbered() {
        publisher.publish(0, writer, false, 0, 0);
        publisher.publish(0, writer, false, 0, 0);

        assertThat(records()).extracting(TransactionRecord::number).containsExactly(1L, 2L);
    }

    @Test
    void aTransactionLongerThanARecordComesInPartsWithEveryEntryOnce() {
        List<Entry> entries = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> {
            writer.gap(GapReason.UNWRAPPED, i, "twenty bytes of text");
            entries.add(new GapEntry(GapReason.UNWRAPPED, i, "twenty bytes of text"));
        });

        publisher.publish(3, writer, false, 11, 12);

        List<TransactionRecord> records = records();
        assertThat(records).hasSizeGreaterThan(2);
        assertThat(records.stream().flatMap(record -> record.entries().stream()))
                .containsExactlyElementsOf(entries);
        assertThat(records)
                .extracting(TransactionRecord::part)
                .containsExactlyElementsOf(
                        IntStream.range(0, records.size()).boxed().toList());
        assertThat(records.stream().filter(TransactionRecord::last)).containsExactly(records.get(records.size() - 1));
        assertThat(records).allSatisfy(record -> {
            assertThat(record.number()).isOne();
            assertThat(record.source()).isEqualTo(3);
            assertThat(record.returnedNanos()).isEqualTo(12);
        });
        assertThat(counters.snapshot().publishedRecords()).isEqualTo(records.size());
    }

    @Test
    void anEntryLongerThanARecordIsDroppedAndItsPartMissing() {
        writer.gap(GapReason.UNWRAPPED, 1, "x".repeat(publisher.maxEntryLength()));
        writer.gap(GapReason.UNWRAPPED, 2, "behind it");

        publisher.publish(0, writer, false, 0, 0);

        assertThat(records()).singleElement().satisfies(record -> {
            assertThat(record.part()).isOne();
            assertThat(record.entries()).containsExactly(new GapEntry(GapReason.UNWRAPPED, 2, "behind it"));
        });
        assertThat(publisher.takeDropped()).isOne();
    }

    @Test
    void theLongestEntryFits() {
        int head = 1 + 4 + 1 + 8 + 4;
        writer.gap(GapReason.UNWRAPPED, 1, "x".repeat(publisher.maxEntryLength() - head));

        publisher.publish(0, writer, false, 0, 0);

        assertThat(records()).hasSize(1);
        assertThat(publisher.hasDropped()).isFalse();
    }

    @Test
    void whatFindsNoRoomIsCountedUntilItIsTaken() {
        writer.gap(GapReason.UNWRAPPED, 1, "x".repeat(150));
        for (int i = 0; i < 10; i++) {
            publisher.publish(0, writer, false, 0, 0);
        }

        int there = records().size();
        assertThat(publisher.hasDropped()).isTrue();
        assertThat(publisher.takeDropped()).isEqualTo(10 - there).isPositive();
        assertThat(publisher.hasDropped()).isFalse();
        assertThat(publisher.takeDropped()).isZero();
        assertThat(counters.snapshot().droppedRecords()).isEqualTo(10 - there);
    }

    @Test
    void aClosedRingDropsWithoutAnException() {
        ring.close();

        publisher.publish(0, writer, false, 0, 0);

        assertThat(publisher.takeDropped()).isOne();
    }

    private List<TransactionRecord> records() {
        List<TransactionRecord> records = new ArrayList<>();
        TransactionReader reader = new TransactionReader();
        ring.drain(
                (bytes, offset, length) -> {
                    byte[] copy = new byte[length];
                    bytes.get(offset, copy, 0, length);
                    records.add(reader.read(copy, 0, length));
                },
                1000,
                1 << 20);
        return records;
    }
}
