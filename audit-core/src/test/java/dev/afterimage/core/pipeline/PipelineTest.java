package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Published.gaps;
import static dev.afterimage.core.pipeline.Published.keys;
import static dev.afterimage.core.pipeline.Published.numbers;
import static dev.afterimage.core.pipeline.Published.publish;
import static dev.afterimage.core.pipeline.Published.writer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.resolve.FenceUnavailableException;
import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.sink.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pipeline from the ring to the sink, with a real ring and its real thread. */
@Timeout(120)
class PipelineTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final TestSink sink = new TestSink();
    private final AuditCounters counters = new AuditCounters();
    private final RingBuffer ring = RingBuffer.allocate(1 << 16);
    private final List<Pipeline> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(Pipeline::close);
    }

    @Test
    void changesArriveInTheOrderOfPublication() {
        Pipeline pipeline = start(LONG, LONG);
        int source = pipeline.register(source("shop", null));

        LongStream.range(0, 1_000).forEach(id -> publish(pipeline, source, id));

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 1_000));
        assertThat(sink.events()).extracting(event -> event.id().sequence()).isSorted();
        assertThat(sink.batches()).allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(10));
        assertThat(counters.snapshot().delivered()).isEqualTo(1_000);
    }

    /** The first flush of a fresh thread is the one that could return too early. */
    @Test
    void aFlushReturnsOnlyWhenEverythingBeforeItIsDelivered() {
        for (int round = 0; round < 300; round++) {
            TestSink own = new TestSink();
            try (Pipeline pipeline = new Pipeline(
                    1, RingBuffer.allocate(4096), own, limits(LONG, Duration.ZERO), null, new AuditCounters())) {
                publish(pipeline, pipeline.register(source("shop", null)), 7);
                pipeline.gap(0, GapReason.UNWRAPPED, "raw", -1);

                assertThat(pipeline.flush(LONG)).isTrue();

                assertThat(own.events()).hasSize(2);
            }
        }
    }

    @Test
    void whatIsPublishedBeforeTheEndIsDelivered() {
        Pipeline pipeline = start(LONG);
        int source = pipeline.register(source("shop", null));
        pipeline.beforeClose(() -> publish(pipeline, source, 7));
        pipeline.gap("elsewhere", GapReason.PREPARED_TRANSACTION, "seen by name", -1);

        pipeline.close();

        assertThat(keys(sink.events().stream().filter(Change.class::isInstance).toList()))
                .containsExactlyElementsOf(numbers(7, 8));
        assertThat(gaps(sink.events()))
                .singleElement()
                .satisfies(gap -> assertThat(gap.source()).isEqualTo("elsewhere"));
    }

    @Test
    void aFlushThatIsNotThroughInTimeSaysSo() {
        sink.always(TestSink.NEVER);
        Pipeline pipeline = start(SHORT);
        publish(pipeline, pipeline.register(source("shop", null)), 1);

        assertThat(pipeline.flush(Duration.ofMillis(50))).isFalse();
    }

    @Test
    void aSinkThatFailsForAWhileGetsEverythingInTheEnd() {
        sink.next(TestSink.THROW, TestSink.FAIL, TestSink.NULL, TestSink.refusing(true, 0));
        Pipeline pipeline = start(LONG);
        int source = pipeline.register(source("shop", null));

        LongStream.range(0, 50).forEach(id -> publish(pipeline, source, id));

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(keys(sink.events()).stream().distinct().toList()).containsExactlyElementsOf(numbers(0, 50));
        assertThat(counters.snapshot().delivered()).isEqualTo(50);
        assertThat(counters.snapshot().retries()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aChangeRefusedForGoodBecomesAGapOfItsSource() {
        sink.next(TestSink.refusing(false, 0));
        Pipeline pipeline = start(LONG);
        pipeline.register(source("first", null));
        int second = pipeline.register(source("second", null));

        publish(pipeline, second, 7);

        assertThat(pipeline.flush(LONG)).isTrue();
        Gap gap = gaps(sink.events()).get(0);
        assertThat(gap.reason()).isEqualTo(GapReason.REJECTED);
        assertThat(gap.source()).isEqualTo("second");
        assertThat(gap.lost()).isOne();
        assertThat(gap.id()).isEqualTo(sink.events().get(0).id());
        assertThat(gap.detail()).contains(sink.events().get(0).id().toString()).contains("not now");
    }

    @Test
    void aSinkThatRefusesGapsTooIsNotOfferedOneForEach() {
        sink.always(TestSink.refusing(false, 0));
        Pipeline pipeline = start(LONG);

        publish(pipeline, pipeline.register(source("shop", null)), 7);

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(sink.events()).hasSize(2);
        assertThat(counters.snapshot().refused()).isEqualTo(2);
    }

    @Test
    void aChangeRefusedWhileClosingBecomesAGapToo() {
        CompletableFuture<Delivery> held = new CompletableFuture<>();
        sink.next(batch -> held);
        Pipeline pipeline = start(LONG);
        publish(pipeline, pipeline.register(source("shop", null)), 7);
        await().until(() -> sink.batches().size() == 1);
        Thread closing = new Thread(pipeline::close);
        closing.start();
        await().until(ring::isClosed);

        held.complete(new Delivery(List.of(new Delivery.Refusal(0, false, "too late"))));

        await().until(() -> !closing.isAlive());
        assertThat(gaps(sink.events())).extracting(Gap::reason).containsExactly(GapReason.REJECTED);
    }

    @Test
    void closingDeliversWhatIsThereAndClosesTheSinkOnce() {
        Pipeline pipeline = start(LONG, LONG);
        int source = pipeline.register(source("shop", null));
        LongStream.range(0, 500).forEach(id -> publish(pipeline, source, id));
        pipeline.gap(source, GapReason.UNWRAPPED, "raw", -1);

        pipeline.close();
        pipeline.close();

        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 500));
        assertThat(gaps(sink.events())).hasSize(1);
        assertThat(sink.closed()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"never completes", "always fails", "blocks"})
    void closingGivesUpOnASinkAtTheTimeout(String how) {
        CountDownLatch end = new CountDownLatch(1);
        sink.always(
                switch (how) {
                    case "never completes" -> TestSink.NEVER;
                    case "always fails" -> TestSink.FAIL;
                    default -> batch -> blockUntil(end);
                });
        Pipeline pipeline = start(SHORT);
        int source = pipeline.register(source("shop", null));
        LongStream.range(0, 3).forEach(id -> publish(pipeline, source, id));
        await().until(() -> !sink.batches().isEmpty());

        pipeline.close();

        AuditCounters.Snapshot now = counters.snapshot();
        assertThat(now.events() - now.delivered() - now.refused()).isPositive();
        assertThat(sink.closed()).isOne();
        end.countDown();
    }

    private static CompletableFuture<Delivery> blockUntil(CountDownLatch end) {
        boolean interrupted = false;
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return CompletableFuture.completedFuture(Delivery.COMPLETE);
    }

    @Test
    void afterClosingNothingIsTakenAndThatIsCounted() {
        Pipeline pipeline = start(LONG);
        int source = pipeline.register(source("shop", null));
        pipeline.close();

        publish(pipeline, source, 7);

        assertThat(sink.events()).isEmpty();
        assertThat(counters.snapshot().droppedRecords()).isOne();
        assertThat(pipeline.flush(SHORT)).isFalse();
    }

    @Test
    void whatAFullRingDropsIsAGapWithItsNumber() {
        SwitchedFence fence = new SwitchedFence();
        fence.away = true;
        Pipeline pipeline = start(LONG);
        int source = pipeline.register(source("shop", fence));
        long id = 0;
        while (counters.snapshot().droppedRecords() < 3) {
            publish(pipeline, source, id++);
        }

        fence.away = false;

        assertThat(pipeline.flush(LONG)).isTrue();
        long dropped = counters.snapshot().droppedRecords();
        assertThat(gaps(sink.events()))
                .allSatisfy(gap -> assertThat(gap.reason()).isEqualTo(GapReason.DROPPED));
        assertThat(gaps(sink.events()).stream().mapToLong(Gap::lost).sum()).isEqualTo(dropped);
        assertThat(keys(sink.events())).hasSize((int) (id - dropped)).isSorted();
    }

    @Test
    void aLossWithNothingBehindItIsAGapAllTheSame() {
        Pipeline pipeline = start(LONG);
        pipeline.register(source("shop", null));

        pipeline.publisher().lost();

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(gaps(sink.events())).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo(GapReason.DROPPED);
            assertThat(gap.lost()).isOne();
        });
    }

    @Test
    void aPublisherThatMayWaitLosesNothing() {
        SwitchedFence fence = new SwitchedFence();
        fence.away = true;
        Pipeline pipeline = start(LONG, Duration.ofSeconds(100));
        int source = pipeline.register(source("shop", fence));
        AtomicLong done = new AtomicLong();
        Thread publisher = new Thread(() -> {
            for (long id = 0; id < 2_000; id++) {
                publish(pipeline, source, id);
                done.incrementAndGet();
            }
        });
        publisher.start();
        await().until(() -> ring.tail() - ring.head() > ring.capacity() - 512);
        assertThat(done.get()).isLessThan(2_000);

        fence.away = false;

        await().until(() -> !publisher.isAlive());
        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 2_000));
        assertThat(counters.snapshot().droppedRecords()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changesWaitUntilTheirPositionCanBeRead(boolean unexpectedly) {
        SwitchedFence fence = new SwitchedFence();
        fence.away = true;
        fence.unexpectedly = unexpectedly;
        Pipeline pipeline = start(LONG);
        publish(pipeline, pipeline.register(source("shop", fence)), 7);
        await().until(() -> counters.snapshot().fenceFailures() >= 2);
        assertThat(sink.events()).isEmpty();

        fence.away = false;

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(sink.events()).singleElement().satisfies(event -> {
            Change change = (Change) event;
            assertThat(change.fence()).isEqualTo(new Fence(Fence.LSN, Long.MIN_VALUE, fence.position.get()));
            assertThat(change.clockOffset())
                    .isCloseTo(5, within(60_000_000L)); // and what the machine's clock was set by
        });
    }

    @Test
    void aDatabaseThatIsAwayDoesNotHoldUpTheOthers() {
        SwitchedFence away = new SwitchedFence();
        away.away = true;
        Pipeline pipeline = start(LONG);
        pipeline.register(source("away", away));
        int here = pipeline.register(source("here", new SwitchedFence()));

        publish(pipeline, here, 7);

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(sink.events()).extracting(AuditEvent::source).containsExactly("here");
        away.away = false;
    }

    /** As much as a ring has waited for its position: no more is taken, and what is left in the ring keeps nobody awake. */
    @Test
    void aThreadThatCannotTakeMoreSleeps() {
        SwitchedFence fence = new SwitchedFence();
        fence.away = true;
        Pipeline pipeline = start(LONG);
        int source = pipeline.register(source("shop", fence));
        int length = writer(0).length();
        long mostTaken = (ring.capacity() / length + 3L) * RingBuffer.sizeOf(length);
        while (ring.head() < mostTaken) {
            publish(pipeline, source, 7);
        }
        publish(pipeline, source, 7);

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("afterimage-pipeline"))
                .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        fence.away = false;
    }

    /** A position read before the commit would let a server read the row too early. */
    @Test
    void aCommitWhosePositionWasNeverReadHasNoFence() {
        SwitchedFence fence = new SwitchedFence();
        Pipeline pipeline = start(SHORT);
        int source = pipeline.register(source("shop", fence));
        publish(pipeline, source, 1);
        assertThat(pipeline.flush(LONG)).isTrue();
        fence.away = true;
        publish(pipeline, source, 2);

        pipeline.close();

        assertThat(sink.events())
                .filteredOn(event -> event.id().sequence() > 1)
                .allSatisfy(event -> assertThat(((Change) event).fence()).isNull());
    }

    @Test
    void changesOfSeveralSourcesCarryTheirNames() {
        Pipeline pipeline = start(LONG);
        int a = pipeline.register(source("a", new SwitchedFence()));
        int b = pipeline.register(source("b", null));

        publish(pipeline, a, 1);
        publish(pipeline, b, 2);
        pipeline.gap(b, GapReason.UNWRAPPED, "raw", -1);
        pipeline.gap(-1, GapReason.INTERNAL_FAILURE, "anywhere", -1);

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(sink.events()).extracting(AuditEvent::source).containsExactlyInAnyOrder("a", "b", "b", "a");
        assertThat(((Change) sink.events().get(0)).fence()).isNotNull();
    }

    @Test
    void aRecordThatCannotBeReadCostsAGapAndNothingElse() {
        Pipeline pipeline = start(LONG);
        int source = pipeline.register(source("shop", null));

        publish(pipeline, source, 1);
        ring.publish(new byte[] {99, 1, 2}, 0, 3);
        publish(pipeline, source + 1, 2);
        publish(pipeline, source, 3);

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).containsExactly(1L, 3L);
        assertThat(gaps(sink.events()))
                .extracting(Gap::reason)
                .containsExactly(GapReason.INTERNAL_FAILURE, GapReason.INTERNAL_FAILURE);
        assertThat(counters.snapshot().failures()).isEqualTo(2);
        assertThat(sink.events()).extracting(event -> event.id().sequence()).doesNotHaveDuplicates();
    }

    @Test
    void aGapOfAnUnknownSourceLosesNothing() {
        Pipeline pipeline = start(LONG);

        pipeline.gap(5, GapReason.UNWRAPPED, "before any source", 1);

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(gaps(sink.events())).extracting(Gap::source).containsExactly("");
    }

    @Test
    void anAbortedClaimHoldsUpNeitherFlushNorClose() {
        Pipeline pipeline = start(LONG);
        ring.abort(ring.claim(8));

        assertThat(pipeline.flush(LONG)).isTrue();

        pipeline.close();
        assertThat(sink.events()).isEmpty();
    }

    @Test
    void aClaimWhoseOwnerIsGoneIsSteppedOverAtTheEnd() {
        Pipeline pipeline = start(Duration.ofSeconds(1));
        int source = pipeline.register(source("shop", null));
        publish(pipeline, source, 1);
        ring.claim(8);
        publish(pipeline, source, 2);

        pipeline.close();

        assertThat(keys(sink.events())).containsExactly(1L, 2L);
        assertThat(gaps(sink.events())).extracting(Gap::reason).containsExactly(GapReason.DROPPED);
    }

    @Test
    void whatManyThreadsPublishArrivesOnceEach() throws InterruptedException {
        Pipeline pipeline = start(LONG, LONG);
        int source = pipeline.register(source("shop", new SwitchedFence()));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            long first = t * 1_000L;
            threads.add(new Thread(
                    () -> LongStream.range(first, first + 1_000).forEach(id -> publish(pipeline, source, id))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        pipeline.close();

        assertThat(keys(sink.events())).containsExactlyInAnyOrderElementsOf(numbers(0, 8_000));
        assertThat(sink.events())
                .extracting(event -> event.id().sequence())
                .containsExactlyElementsOf(numbers(1, 8_001));
        assertThat(counters.snapshot().publishedRecords()).isEqualTo(8_000);
        assertThat(counters.snapshot().delivered()).isEqualTo(8_000);
    }

    private Pipeline start(Duration shutdownTimeout) {
        return start(shutdownTimeout, Duration.ZERO);
    }

    private Pipeline start(Duration shutdownTimeout, Duration overflowWait) {
        Pipeline pipeline = new Pipeline(1, ring, sink, limits(shutdownTimeout, overflowWait), null, counters);
        started.add(pipeline);
        return pipeline;
    }

    private static Limits limits(Duration shutdownTimeout, Duration overflowWait) {
        return new Limits(1_000, 10, 2, overflowWait, false, false, shutdownTimeout);
    }

    private static Source source(String name, @Nullable FenceSource fences) {
        return new Source(name, new Shapes(), fences);
    }

    /** A database that can be switched off. */
    private static final class SwitchedFence implements FenceSource {
        private volatile boolean away;
        private volatile boolean unexpectedly;
        private final AtomicLong position = new AtomicLong();

        @Override
        public String kind() {
            return Fence.LSN;
        }

        @Override
        public Reading read() {
            if (away) {
                throw unexpectedly
                        ? new IllegalStateException("pool closed")
                        : new FenceUnavailableException("away", new IllegalStateException());
            }
            return new Reading(position.incrementAndGet(), 5);
        }
    }
}
