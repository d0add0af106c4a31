package dev.afterimage.jmh.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintTest {

    private final Footprint footprint = new Footprint();

    record Pair(String left, Object right) {}

    @Test
    void countsHeadersFieldsAndWhatTheyReferTo() {
        // A pair: 12 of header and two references. A text: 24, and an array of 16 and its five letters.
        assertThat(footprint.of(new Pair("fresh", new long[3]), "given")).isEqualTo(24 + (24 + 24) + (16 + 24));
    }

    @Test
    void countsNothingTwiceNorWhatIsGiven() {
        String given = "given to it";
        Pair shared = new Pair(given, null);
        assertThat(footprint.of(List.of(shared, shared), given)).isEqualTo(24 + 24);
        assertThat(footprint.of(shared, given)).isZero();
    }
}
