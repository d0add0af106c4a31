package dev.afterimage.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.sink.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeliveriesTest {

    private final TestSink sink = new TestSink();
    private final AuditCounters counters = new AuditCounters();
    private final List<AuditEvent> refused = new ArrayList<>();
    private final Deliveries deliveries = new Deliveries(sink, 2, counters, (event, reason) -> refused.add(event));
    private final Deadline open = new Deadline();

    @Test
    void aDeliveredBatchIsSettled() {
        assertThat(deliveries.send(events(1, 2), open)).isTrue();

        settleAll();

        assertThat(sink.batches()).containsExactly(events(1, 2));
        assertThat(counters.snapshot().delivered()).isEqualTo(2);
        assertThat(counters.snapshot().retries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "fail", "null", "no stage", "index too large", "index negative", "index twice"})
    void aBatchOfWhichNothingIsKnownIsSentAgainWhole(String how) {
        sink.next(
                switch (how) {
                    case "throw" -> TestSink.THROW;
                    case "fail" -> TestSink.FAIL;
                    case "null" -> TestSink.NULL;
                    case "index too large" -> TestSink.refusing(false, 0, 2);
                    case "index negative" -> TestSink.refusing(false, -1);
                    case "index twice" -> TestSink.refusing(true, 1, 1);
                    default -> DeliveriesTest::noStage;
                });
        deliveries.send(events(1, 2), open);

        settleAll();

        assertThat(sink.batches()).containsExactly(events(1, 2), events(1, 2));
        assertThat(counters.snapshot().delivered()).isEqualTo(2);
        assertThat(counters.snapshot().retries()).isOne();
        assertThat(refused).isEmpty();
    }

    @SuppressWarnings("NullAway") // what a sink must not do, and may
    private static CompletableFuture<Delivery> noStage(List<AuditEvent> batch) {
        return null;
    }

    @Test
    void onlyRefusedEventsAreSentAgain() {
        sink.next(TestSink.refusing(true, 0, 2), TestSink.refusing(true, 1));
        deliveries.send(events(1, 2, 3), open);

        settleAll();

        assertThat(sink.batches()).containsExactly(events(1, 2, 3), events(1, 3), events(3));
        assertThat(counters.snapshot().delivered()).isEqualTo(3);
    }

    @Test
    void anEventRefusedForGoodIsToldAndNotSentAgain() {
        sink.next(TestSink.refusing(false, 1));
        deliveries.send(events(1, 2, 3), open);

        settleAll();

        assertThat(sink.batches()).hasSize(1);
        assertThat(refused).isEqualTo(events(2));
        assertThat(counters.snapshot().refused()).isOne();
        assertThat(counters.snapshot().delivered()).isEqualTo(2);
    }

    @Test
    void failedBatchesAreSentAgainOldestFirst() {
        sink.next(TestSink.FAIL, TestSink.FAIL);
        deliveries.send(events(1), open);
        deliveries.send(events(2), open);

        settleAll();

        List<List<AuditEvent>> batches = sink.batches();
        assertThat(batches.get(0)).isEqualTo(events(1));
        int again = batches.lastIndexOf(events(1));
        assertThat(again).isPositive();
        assertThat(batches.lastIndexOf(events(2))).isGreaterThan(again);
    }

    @Test
    void aFailedBatchWaitsUntilTheOthersAreBack() {
        CompletableFuture<Delivery> slow = new CompletableFuture<>();
        CompletableFuture<Delivery> failing = new CompletableFuture<>();
        sink.next(batch -> failing, batch -> slow);
        deliveries.send(events(1), open);
        deliveries.send(events(2), open);
        failing.completeExceptionally(new IllegalStateException("failed"));

        deliveries.settle(open);
        assertThat(sink.batches()).hasSize(2);

        slow.complete(Delivery.COMPLETE);
        while (sink.batches().size() < 3) {
            deliveries.settle(open);
        }
        assertThat(sink.batches()).containsExactly(events(1), events(2), events(1));
    }

    @Test
    void retriesPauseLongerAndLongerEvenIfTheSinkFailsAtOnce() {
        sink.next(TestSink.FAIL, TestSink.FAIL, TestSink.FAIL);
        long begun = System.nanoTime();
        deliveries.send(events(1), open);

        settleAll();

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50 + 100 + 200));
        assertThat(sink.batches()).hasSize(4);
    }

    @Test
    void noMoreThanTheLimitIsUnderWay() {
        sink.always(TestSink.NEVER);
        Deadline over = new Deadline();
        deliveries.send(events(1), open);
        deliveries.send(events(2), open);
        over.set(Duration.ZERO);

        assertThat(deliveries.send(events(3), over)).isFalse();

        assertThat(sink.batches()).hasSize(2);
        assertThat(deliveries.size()).isEqualTo(2);
        assertThat(counters.snapshot().events()).isEqualTo(2);
    }

    @Test
    void nothingIsSentAgainAfterTheDeadline() {
        sink.always(TestSink.FAIL);
        deliveries.send(events(1), open);
        Deadline over = new Deadline();
        over.set(Duration.ZERO);

        deliveries.settle(over);

        assertThat(sink.batches()).hasSize(1);
        assertThat(deliveries.size()).isOne();
    }

    private void settleAll() {
        while (deliveries.size() > 0) {
            deliveries.settle(open);
        }
    }

    private static List<AuditEvent> events(long... sequences) {
        List<AuditEvent> events = new ArrayList<>();
        for (long sequence : sequences) {
            events.add(new Gap(new EventId(1, sequence), "s", GapReason.DROPPED, "", 0, 0, Actor.UNKNOWN));
        }
        return events;
    }
}
