package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {

    /** The machine became twice as fast between the rounds; compared across rounds, raw itself would seem to vary. */
    @Test
    void eachSampleIsComparedWithTheBarePoolOfItsOwnRoundAndCondition() {
        Comparison comparison = new Samples()
                .add("raw", Samples.TWO, 1, 1000, 100)
                .add("afterimage", Samples.TWO, 1, 900, 110)
                .add("raw", Samples.TWO, 2, 2000, 50)
                .add("afterimage", Samples.TWO, 2, 1900, 60)
                .add("raw", Samples.EIGHT, 1, 10, 1)
                .comparison();
        assertThat(comparison.rate(comparison.samples("afterimage"))).contains(new Spread(0.925, 0.9, 0.95, 2));
        assertThat(comparison.cpu(comparison.samples("afterimage"))).contains(new Spread(1.15, 1.1, 1.2, 2));
        assertThat(comparison.rate(comparison.samples("raw"))).contains(new Spread(1, 1, 1, 3));
    }

    @Test
    void withoutABarePoolInItsRoundASampleIsComparedWithNothing() {
        Comparison comparison = new Samples()
                .add("raw", Samples.TWO, 1, 1000, 100)
                .add("afterimage", Samples.TWO, 2, 900, 110)
                .comparison();
        assertThat(comparison.rate(comparison.samples("afterimage"))).isEmpty();
    }
}
