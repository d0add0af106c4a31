package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTableTest {

    @Test
    void aRowTellsMedianEndsAndRatio() {
        Samples samples = new Samples()
                .add("raw", Samples.TWO, 1, 1000, 100, null, "")
                .add("raw", Samples.TWO, 2, 2000, 100, null, "")
                .add("trigger-heap", Samples.TWO, 1, 800, 120)
                .add("trigger-heap", Samples.TWO, 2, 1500, 140);
        assertThat(new MarkdownTable(samples.comparison()).text().lines())
                .contains(
                        "### 2 threads, fsync on",
                        "| raw | 1,500 (1,000–2,000) | 1 | 100 | 1.00 | 40 | 10 | 0 changes, 0.00 s | – |",
                        "| trigger-heap | 1,150 (800–1,500) | 0.775 (0.750–0.800) | 130 | 1.30 | 40 | 10"
                                + " | 0 changes, 0.00 s | complete |");
    }

    @Test
    void aVariantThatLostSomethingIsMarked() {
        Samples samples = new Samples()
                .add("afterimage", Samples.TWO, 1, 1000, 100, 3990L, "1 failures")
                .add("afterimage", Samples.TWO, 2, 1000, 100)
                .add("p6spy", Samples.TWO, 1, 1000, 100, 4001L, "");
        assertThat(new MarkdownTable(samples.comparison()).text())
                .contains("| **lost 10 of 8,000** (1 failures) |", "| keeps none, 1 too many |");
    }
}
