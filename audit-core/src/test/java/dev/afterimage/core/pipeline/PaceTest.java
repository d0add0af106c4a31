package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Published.keys;
import static dev.afterimage.core.pipeline.Published.numbers;
import static dev.afterimage.core.pipeline.Published.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.event.Fence;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.ring.RingBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a round begins. The clock stands still here, or the next round is a year away: what happens, time has not done. */
@Timeout(60)
class PaceTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final Duration YEAR = Duration.ofDays(365);

    private final RingBuffer ring = RingBuffer.allocate(1 << 13);
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7);
    private final Pace pace = new Pace(ring, Duration.ofNanos(10), now::get);

    @Test
    void theFirstRoundIsDueAndTheNextOneWhenTheTimeIsOver() {
        assertThat(pace.isRoundDue()).isTrue();

        pace.roundBegun();

        assertThat(pace.isRoundDue()).isFalse();
        now.addAndGet(9);
        assertThat(pace.isRoundDue()).isFalse();
        now.incrementAndGet();
        assertThat(pace.isRoundDue()).isTrue();
    }

    @Test
    void aRoundIsDueInACrowdedRing() {
        pace.roundBegun();
        ring.publish(new byte[500], 0, 500);
        assertThat(pace.isRoundDue()).isFalse();

        ring.publish(new byte[600], 0, 600);

        assertThat(pace.isRoundDue()).isTrue();
    }

    @Test
    void aRoundIsDueInAClosedRing() {
        pace.roundBegun();

        ring.close();

        assertThat(pace.isRoundDue()).isTrue();
    }

    @Test
    void aRoundIsDueWhenSomebodyHasAskedForIt() {
        pace.roundBegun();
        ring.wakeUp();

        pace.awaitRound();

        assertThat(pace.isRoundDue()).isTrue();
        pace.roundBegun();
        assertThat(pace.isRoundDue()).isFalse();
    }

    @Test
    void aSinkThatHasDeliveredIsNoReasonForARound() {
        pace.roundBegun();
        LockSupport.unpark(Thread.currentThread());

        pace.awaitRound();

        assertThat(pace.isRoundDue()).isFalse();
    }

    // ---- in a pipeline whose second round does not come by itself

    private final TestSink sink = new TestSink();
    private final AuditCounters counters = new AuditCounters();
    private final AtomicInteger readings = new AtomicInteger();

    private Pipeline yearly(boolean rejecting) {
        Limits limits = new Limits(1_000, 10, 2, LONG, rejecting, false, LONG);
        return new Pipeline(1, ring, sink, limits, null, null, counters, new Pace(ring, YEAR, System::nanoTime));
    }

    /** A source whose first record has begun the year. */
    private int begun(Pipeline pipeline) {
        int source = pipeline.register(new Source("shop", new Shapes(), new CountedFence()));
        publish(pipeline, source, 0);
        await().until(() -> counters.snapshot().delivered() == 1);
        return source;
    }

    @Test
    void recordsOfOneRoundShareOneReading() {
        try (Pipeline pipeline = yearly(false)) {
            int source = begun(pipeline);
            int before = readings.get();

            LongStream.range(1, 9).forEach(id -> publish(pipeline, source, id));

            assertThat(pipeline.flush(LONG)).isTrue();
            assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 9));
            assertThat(readings.get() - before).isOne();
        }
    }

    @Test
    void aFlushOfMoreThanOneRoundDoesNotWaitForTheTime() {
        RingBuffer wide = RingBuffer.allocate(1 << 23);
        Limits limits = new Limits(1_000, 10, 2, LONG, false, false, LONG);
        try (Pipeline pipeline =
                new Pipeline(1, wide, sink, limits, null, null, counters, new Pace(wide, YEAR, System::nanoTime))) {
            int source = begun(pipeline);

            LongStream.range(1, 6_000).forEach(id -> publish(pipeline, source, id));

            assertThat(pipeline.flush(LONG)).isTrue();
            assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 6_000));
        }
    }

    @Test
    void aFullRingWaitsForNoTime() {
        try (Pipeline pipeline = yearly(false)) {
            int source = begun(pipeline);

            LongStream.range(1, 1_000).forEach(id -> publish(pipeline, source, id));

            assertThat(counters.snapshot().droppedRecords()).isZero();
        }
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 1_000));
    }

    /** Records that crowd nobody, and room that is promised: together they leave none. */
    @Test
    void promisedRoomWaitsForNoTime() {
        try (Pipeline pipeline = yearly(true)) {
            int source = begun(pipeline);
            LongStream.range(1, 6).forEach(id -> publish(pipeline, source, id));
            long all = (long) ring.capacity() - RingBuffer.sizeOf(ring.maxRecordLength());
            long held = pipeline.publisher().reserve(100);

            for (long promised = 2 * held; promised <= all; promised += held) {
                assertThat(pipeline.publisher().reserve(100)).isEqualTo(held);
            }

            assertThat(ring.isEmpty()).isTrue();
        }
    }

    @Test
    void theEndWaitsForNoTime() {
        Pipeline pipeline = yearly(false);
        int source = begun(pipeline);
        LongStream.range(1, 5).forEach(id -> publish(pipeline, source, id));

        pipeline.close();

        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 5));
    }

    private final class CountedFence implements FenceSource {
        @Override
        public String kind() {
            return Fence.LSN;
        }

        @Override
        public Reading read() {
            return new Reading(readings.incrementAndGet(), 0);
        }
    }
}
