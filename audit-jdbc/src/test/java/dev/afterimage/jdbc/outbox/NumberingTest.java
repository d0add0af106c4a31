package dev.afterimage.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumberingTest {

    private final Numbering plain = new Numbering(7, 100, 3, 0, 0);
    private final Numbering split = new Numbering(9, 103, 1, 250, 4);

    @Test
    void isReadAsItWasWritten() {
        assertThat(Numbering.decode(Numbering.encode(List.of(plain, split)))).isEqualTo(Map.of(7L, plain, 9L, split));
        assertThat(Numbering.decode(new byte[0])).isEmpty();
    }

    @Test
    void eventsThatAreNewGetNumbersBehindAllOthers() {
        assertThat(plain.extended(3, 500)).isSameAs(plain);
        assertThat(plain.extended(2, 500)).isSameAs(plain);
        assertThat(plain.extended(5, 500)).isEqualTo(new Numbering(7, 100, 3, 500, 2));
        assertThat(split.extended(5, 500)).isSameAs(split);
    }
}
