package dev.afterimage.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.GapReason;
import org.junit.jupiter.api.Test;

/** Where a large transaction is cut. */
class PartEndTest {

    private final TransactionWriter writer = new TransactionWriter(64);

    private int gap(int length) {
        int before = writer.length();
        writer.gap(GapReason.ROWS_UNKNOWN, 1, "x".repeat(length));
        return writer.length() - before;
    }

    @Test
    void wholeEntriesUpToASizeAndAtLeastOne() {
        int from = TransactionWriter.headerLength();
        int small = gap(10);
        gap(10);
        int large = gap(500);
        assertThat(writer.partEnd(from, 2 * small)).isEqualTo(from + 2 * small);
        assertThat(writer.partEnd(from, 2 * small - 1)).isEqualTo(from + small);
        assertThat(writer.partEnd(from + 2 * small, small)).isEqualTo(from + 2 * small + large);
        assertThat(writer.partEnd(from, 10_000)).isEqualTo(writer.length());
        assertThat(TransactionReader.knows(writer.array())).isFalse();
        writer.header(0, 0, true, Stage.COMMITTED, 1, 0, 0);
        assertThat(TransactionReader.knows(writer.array())).isTrue();
        assertThat(TransactionReader.isLastPart(writer.array())).isTrue();
        writer.header(0, 0, false, Stage.IN_DOUBT, 1, 0, 0);
        assertThat(TransactionReader.isLastPart(writer.array())).isFalse();
    }
}
