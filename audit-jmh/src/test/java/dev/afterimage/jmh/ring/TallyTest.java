package dev.afterimage.jmh.ring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TallyTest {

    private static final int LENGTH = 64;

    private final Tally tally = new Tally(2, LENGTH);

    @Test
    void isContentWithEveryRecordInItsProducersOrder() {
        tally.expect(3);
        take(0, 1);
        take(1, 1);
        take(0, 2);
        assertThatCode(tally::await).doesNotThrowAnyException();
    }

    @Test
    void noticesALostRecord() {
        tally.expect(2);
        take(0, 1);
        take(0, 3);
        assertThatThrownBy(tally::await).hasMessageContaining("number=3 after 1");
    }

    @Test
    void noticesARecordThatComesTwice() {
        tally.expect(2);
        take(0, 1);
        take(0, 1);
        assertThatThrownBy(tally::await).hasMessageContaining("number=1 after 1");
    }

    @Test
    void noticesATornRecord() {
        tally.expect(1);
        byte[] record = new byte[LENGTH];
        Tally.stamp(record, 0, 1);
        record[LENGTH - 1] = 1;
        tally.take(record);
        assertThatThrownBy(tally::await).hasMessageContaining("fault=producer=0");
    }

    private void take(int producer, long number) {
        byte[] record = new byte[LENGTH];
        Tally.stamp(record, producer, number);
        tally.take(record);
    }
}
