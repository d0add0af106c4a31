package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalsTest {

    private static Samples raw() {
        return new Samples().add("raw", Samples.TWO, 1, 1000, 100).add("raw", Samples.EIGHT, 1, 2000, 100);
    }

    @Test
    void theShareOfTheBarePoolIsTheMedianOverAllConditionsAndTheWorstIsNamed() {
        Samples samples =
                raw().add("afterimage", Samples.TWO, 1, 980, 100).add("afterimage", Samples.EIGHT, 1, 1940, 100);
        assertThat(new Goals(samples.comparison()).lines())
                .containsExactly(
                        "TPC-B transactions/s, capture into a counting sink"
                                + " | 0.975 of raw, worst setting 0.970: 8 threads, fsync off | 1 (raw) | 0.975 | >= 0.97 | met");
    }

    @Test
    void theLeadOverRivalsIsTheSmallestOfAllConditionsAndAllRivals() {
        Samples samples = raw().add("afterimage-kafka", Samples.TWO, 1, 950, 130)
                .add("afterimage-kafka", Samples.EIGHT, 1, 1800, 130)
                .add("debezium", Samples.TWO, 1, 500, 200)
                .add("debezium", Samples.EIGHT, 1, 1900, 200)
                .add("trigger-heap", Samples.TWO, 1, 800, 125)
                .add("p6spy", Samples.EIGHT, 1, 2000, 101);
        assertThat(new Goals(samples.comparison()).lines())
                .containsExactly(
                        "TPC-B transactions/s, whole path to a real broker"
                                + " | 0.925 of raw, worst setting 0.900: 8 threads, fsync off | 1 (raw) | 0.925 | >= 0.90 | met",
                        "TPC-B transactions/s, whole path to a real broker, ahead of what keeps a trail"
                                + " | 0.900 of raw, at 8 threads, fsync off, where the lead is smallest"
                                + " | 0.950 of raw (debezium) | 0.947 | > 1 in every setting | missed",
                        "TPC-B CPU per transaction, whole machine"
                                + " | 1.30 of raw to a broker | 1.25 of raw (trigger-heap) | 1.040 | stated | met");
    }

    @Test
    void aTrailWithAHoleHasNotMetItsGoal() {
        Samples samples = raw().add("afterimage", Samples.TWO, 1, 1000, 100, 3999L, "");
        assertThat(new Goals(samples.comparison()).lines())
                .singleElement()
                .asString()
                .endsWith("missed");
    }
}
