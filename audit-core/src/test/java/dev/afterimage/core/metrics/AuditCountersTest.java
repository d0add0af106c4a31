package dev.afterimage.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.metrics.AuditCounters.Snapshot;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditCountersTest {

    private final AuditCounters counters = new AuditCounters();

    @Test
    void eachNumberCountsItsOwnKind() {
        IntStream.range(0, 1).forEach(i -> counters.published());
        IntStream.range(0, 2).forEach(i -> counters.dropped());
        IntStream.range(0, 3).forEach(i -> counters.failed());
        counters.events(4);
        counters.delivered(5);
        counters.refused(6);
        IntStream.range(0, 7).forEach(i -> counters.retried());
        IntStream.range(0, 8).forEach(i -> counters.fenceFailed());
        counters.lost(9);
        IntStream.range(0, 10).forEach(i -> counters.rejected());
        counters.spooled(5, 5);
        counters.spooled(11, 12);

        assertThat(counters.snapshot()).isEqualTo(new Snapshot(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    }

    @Test
    void manyThreadsMayCount() {
        IntStream.range(0, 10_000).parallel().forEach(i -> counters.published());

        assertThat(counters.snapshot().publishedRecords()).isEqualTo(10_000);
    }
}
