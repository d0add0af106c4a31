package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Published.gaps;
import static dev.afterimage.core.pipeline.Published.keys;
import static dev.afterimage.core.pipeline.Published.numbers;
import static dev.afterimage.core.pipeline.Published.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.codec.Seed;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.resolve.FenceUnavailableException;
import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code audit.overflow=spill}: the pipeline with a spool beside it, and a sink that does not keep up. */
@Timeout(120)
class SpillTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final long BIG = 64 << 20;

    @TempDir
    private Path directory;

    private final AuditCounters counters = new AuditCounters();
    private final RingBuffer ring = RingBuffer.allocate(1 << 16);
    private final List<Pipeline> started = new ArrayList<>();
    private final TestSink firstSink = new TestSink();
    private TestSink sink = firstSink;

    @AfterEach
    void close() {
        started.forEach(Pipeline::close);
    }

    private Pipeline start(long instance, Duration shutdownTimeout, long maxBytes) throws IOException {
        return start(instance, shutdownTimeout, maxBytes, ring, counters);
    }

    private Pipeline start(
            long instance, Duration shutdownTimeout, long maxBytes, RingBuffer own, AuditCounters counted)
            throws IOException {
        Limits limits = new Limits(1_000, 10, 2, LONG, false, false, shutdownTimeout);
        Pipeline pipeline = new Pipeline(instance, own, sink, limits, Spool.open(directory, maxBytes), counted);
        pipeline.register(new Source("shop", new Shapes(), null));
        started.add(pipeline);
        return pipeline;
    }

    private Pipeline restart(long instance) throws IOException {
        sink = new TestSink();
        return start(instance, LONG, BIG, RingBuffer.allocate(1 << 16), new AuditCounters());
    }

    private long segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".spool")).count();
        }
    }

    @Test
    void aSinkThatKeepsUpNeverMeetsTheDisk() throws IOException {
        Pipeline pipeline = start(1, LONG, BIG);

        LongStream.range(0, 2_000).forEach(id -> publish(pipeline, 0, id));

        assertThat(pipeline.flush(LONG)).isTrue();
        pipeline.close();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 2_000));
        assertThat(counters.snapshot().spooledBytes()).isZero();
        assertThat(directory).isDirectoryContaining("glob:**/spool.lock").isDirectoryNotContaining("glob:**/*.spool");
    }

    @Test
    void whatASinkDoesNotTakeInTimeArrivesLaterInOrderAndOnce() throws IOException {
        List<CompletableFuture<Delivery>> held = new CopyOnWriteArrayList<>();
        sink.always(batch -> {
            CompletableFuture<Delivery> answer = new CompletableFuture<>();
            held.add(answer);
            return answer;
        });
        Pipeline pipeline = start(1, LONG, BIG);

        // Many times what the ring holds.
        LongStream.range(0, 20_000).forEach(id -> publish(pipeline, 0, id));
        AuditCounters.Snapshot away = counters.snapshot();
        assertThat(away.droppedRecords()).isZero();
        assertThat(away.spooledEvents()).isGreaterThan(18_000);
        assertThat(away.spooledBytes()).isPositive();
        assertThat(sink.batches()).hasSize(2);

        sink.always(TestSink.COMPLETE);
        held.forEach(answer -> answer.complete(Delivery.COMPLETE));

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 20_000));
        assertThat(sink.events())
                .extracting(event -> event.id().sequence())
                .containsExactlyElementsOf(numbers(1, 20_001));
        assertThat(segments()).isZero();
        assertThat(counters.snapshot().spooledEvents()).isZero();
        assertThat(counters.snapshot().delivered()).isEqualTo(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "fail", "refuse"})
    void aSinkThatFailsForAWhileHoldsNobodyUp(String how) throws IOException {
        sink.always(
                switch (how) {
                    case "throw" -> TestSink.THROW;
                    case "fail" -> TestSink.FAIL;
                    default -> TestSink.refusing(true, 0);
                });
        Pipeline pipeline = start(1, LONG, BIG);
        LongStream.range(0, 10_000).forEach(id -> publish(pipeline, 0, id));
        await().until(() -> counters.snapshot().retries() > 2);
        assertThat(counters.snapshot().droppedRecords()).isZero();

        sink.always(TestSink.COMPLETE);

        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(keys(sink.events()).stream().distinct().toList()).containsExactlyElementsOf(numbers(0, 10_000));
        assertThat(counters.snapshot().delivered()).isEqualTo(10_000);
    }

    /** Stalls, failures and speed as they come: once each, and in order, by what the sink has taken. */
    @Test
    void aMoodySinkGetsEverythingOnceAndInOrder() throws IOException {
        Random random = Seed.random(SpillTest.class);
        MoodySink moody = new MoodySink(random);
        Limits limits = new Limits(1_000, 10, 3, LONG, false, false, LONG);
        try (Pipeline pipeline = new Pipeline(1, ring, moody, limits, Spool.open(directory, BIG), counters)) {
            pipeline.register(new Source("shop", new Shapes(), null));
            for (long id = 0; id < 30_000; id++) {
                publish(pipeline, 0, id);
            }
            assertThat(pipeline.flush(LONG)).isTrue();
        }
        assertThat(keys(moody.taken())).containsExactlyElementsOf(numbers(0, 30_000));
        assertThat(counters.snapshot().droppedRecords()).isZero();
        assertThat(counters.snapshot().delivered()).isEqualTo(30_000);
    }

    @Test
    void whatIsLeftAtTheEndIsSentByTheNextStartFirst() throws IOException {
        sink.always(TestSink.NEVER);
        Pipeline first = start(1, SHORT, BIG);
        LongStream.range(0, 5_000).forEach(id -> publish(first, 0, id));

        first.close();

        AuditCounters.Snapshot end = counters.snapshot();
        assertThat(end.spooledEvents()).isEqualTo(5_000);
        assertThat(end.lost()).isZero();
        assertThat(end.delivered()).isZero();

        Pipeline second = restart(2);
        publish(second, 0, 5_000);

        assertThat(second.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 5_001));
        assertThat(sink.events().subList(0, 5_000))
                .allSatisfy(event -> assertThat(event.id().instance()).isOne());
        assertThat(sink.events())
                .extracting(event -> event.id().sequence())
                .containsExactlyElementsOf(
                        Stream.concat(numbers(1, 5_001).stream(), Stream.of(1L)).toList());
        assertThat(segments()).isZero();
    }

    /** Nothing was spooled before: what is under way at the end is in memory only, and must not be lost. */
    @Test
    void whatIsUnderWayAtTheEndIsKeptToo() throws IOException {
        sink.always(TestSink.NEVER);
        Pipeline first = start(1, SHORT, BIG);
        LongStream.range(0, 15).forEach(id -> publish(first, 0, id));
        await().until(() -> sink.events().size() == 15 || sink.batches().size() == 2);

        first.close();

        assertThat(counters.snapshot().spooledEvents()).isEqualTo(15);
        Pipeline second = restart(2);
        assertThat(second.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 15));
    }

    @Test
    void whatWasDeliveredBeforeTheEndIsNotSentAgain() throws IOException {
        for (int i = 0; i < 100; i++) {
            sink.next(TestSink.COMPLETE);
        }
        sink.always(TestSink.NEVER);
        TestSink before = sink;
        Pipeline first = start(1, SHORT, BIG);
        LongStream.range(0, 5_000).forEach(id -> publish(first, 0, id));
        first.close();
        long delivered = counters.snapshot().delivered();
        assertThat(counters.snapshot().spooledEvents()).isEqualTo(5_000 - delivered);

        Pipeline second = restart(2);

        assertThat(second.flush(LONG)).isTrue();
        assertThat(delivered).isPositive();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(delivered, 5_000));
        assertThat(keys(before.events()).subList(0, (int) delivered)).containsExactlyElementsOf(numbers(0, delivered));
    }

    @Test
    void aFullSpoolDropsAndSaysSoOnceThereIsRoom() throws IOException {
        Limits limits = new Limits(1_000, 10, 2, Duration.ofMillis(1), false, false, SHORT);
        long max = 100_000;
        List<CompletableFuture<Delivery>> held = new CopyOnWriteArrayList<>();
        sink.always(batch -> {
            CompletableFuture<Delivery> answer = new CompletableFuture<>();
            held.add(answer);
            return answer;
        });
        Pipeline pipeline = new Pipeline(1, ring, sink, limits, Spool.open(directory, max), counters);
        started.add(pipeline);
        pipeline.register(new Source("shop", new Shapes(), null));
        long id = 0;
        while (counters.snapshot().droppedRecords() < 5) {
            publish(pipeline, 0, id++);
        }
        assertThat(counters.snapshot().spooledBytes()).isLessThanOrEqualTo(max);

        sink.always(TestSink.COMPLETE);
        held.forEach(answer -> answer.complete(Delivery.COMPLETE));

        assertThat(pipeline.flush(LONG)).isTrue();
        long dropped = counters.snapshot().droppedRecords();
        assertThat(gaps(sink.events()).stream().mapToLong(Gap::lost).sum()).isEqualTo(dropped);
        assertThat(keys(sink.events())).hasSize((int) (id - dropped)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aDiskThatFailsDropsAndSaysSoAndIsTriedAgain() throws IOException {
        List<CompletableFuture<Delivery>> held = new CopyOnWriteArrayList<>();
        sink.always(batch -> {
            CompletableFuture<Delivery> answer = new CompletableFuture<>();
            held.add(answer);
            return answer;
        });
        Limits limits = new Limits(1_000, 10, 2, Duration.ofMillis(1), false, false, LONG);
        Pipeline pipeline = new Pipeline(1, ring, sink, limits, Spool.open(directory, BIG), counters);
        started.add(pipeline);
        pipeline.register(new Source("shop", new Shapes(), null));
        Files.delete(directory.resolve("spool.lock"));
        Files.delete(directory);
        AtomicLong id = new AtomicLong();
        while (counters.snapshot().droppedRecords() < 5) {
            publish(pipeline, 0, id.getAndIncrement());
        }
        assertThat(counters.snapshot().spooledEvents()).isZero();

        Files.createDirectory(directory);

        await().until(() -> {
            publish(pipeline, 0, id.getAndIncrement());
            return counters.snapshot().spooledEvents() > 100;
        });
        sink.always(TestSink.COMPLETE);
        held.forEach(answer -> answer.complete(Delivery.COMPLETE));
        assertThat(pipeline.flush(LONG)).isTrue();
        long dropped = counters.snapshot().droppedRecords();
        assertThat(gaps(sink.events()).stream().mapToLong(Gap::lost).sum()).isEqualTo(dropped);
        assertThat(keys(sink.events()))
                .hasSize((int) (id.get() - dropped))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    /** What is new must not overtake what lies on a disk that cannot be read for now. */
    @Test
    void aDiskThatCannotBeReadForNowKeepsTheOrder() throws IOException {
        sink.always(TestSink.NEVER);
        Pipeline first = start(1, SHORT, BIG);
        LongStream.range(0, 100).forEach(id -> publish(first, 0, id));
        first.close();
        sink = new TestSink();
        Spool spool = Spool.open(directory, BIG);
        Path segment = directory.resolve("00000000000000000000.spool");
        Path aside = Files.move(segment, directory.resolve("aside"));
        Files.createDirectory(segment); // There, and not to be opened.
        Limits limits = new Limits(1_000, 10, 2, LONG, false, false, LONG);
        AuditCounters own = new AuditCounters();
        Pipeline second = new Pipeline(2, RingBuffer.allocate(1 << 16), sink, limits, spool, own);
        started.add(second);
        second.register(new Source("shop", new Shapes(), null));

        publish(second, 0, 100);
        await().until(() ->
                own.snapshot().spooledEvents() == 101 || !sink.events().isEmpty());
        Files.delete(segment);
        Files.move(aside, segment);

        assertThat(second.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 101));
        assertThat(own.snapshot().lost()).isZero();
    }

    @Test
    void whatDoesNotEvenFitTheSpoolAtTheEndIsAGapOfTheNextStart() throws IOException {
        sink.always(TestSink.NEVER);
        Limits limits = new Limits(1_000, 10, 2, LONG, false, false, SHORT);
        RingBuffer wide = RingBuffer.allocate(1 << 18);
        Pipeline first = new Pipeline(1, wide, sink, limits, Spool.open(directory, 20_000), counters);
        started.add(first);
        first.register(new Source("shop", new Shapes(), null));
        LongStream.range(0, 400).forEach(id -> publish(first, 0, id));

        first.close();

        AuditCounters.Snapshot end = counters.snapshot();
        assertThat(end.lost()).isPositive();
        assertThat(end.spooledEvents() - 1 + end.lost()).isEqualTo(400);
        Pipeline second = restart(2);
        assertThat(second.flush(LONG)).isTrue();
        assertThat(keys(sink.events()))
                .hasSize((int) end.spooledEvents() - 1)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(gaps(sink.events())).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo(GapReason.DROPPED);
            assertThat(gap.lost()).isEqualTo(end.lost());
            assertThat(gap.source()).isEqualTo("shop");
        });
    }

    /** A database that is away until the time is over: what has committed before is kept, without a position. */
    @Test
    void whatIsStillInTheRingAtTheEndIsKept() throws IOException {
        Pipeline first = start(1, SHORT, BIG);
        int away = first.register(new Source("away", new Shapes(), new AwayFence()));
        LongStream.range(0, 300).forEach(id -> publish(first, away, id));

        first.close();

        assertThat(ring.isEmpty()).isTrue();
        assertThat(counters.snapshot().lost()).isZero();
        Pipeline second = restart(2);
        assertThat(second.flush(LONG)).isTrue();
        assertThat(Stream.concat(keys(firstSink.events()).stream(), keys(sink.events()).stream())
                        .distinct())
                .containsExactlyElementsOf(numbers(0, 300));
    }

    /** A database that cannot be asked. */
    private static final class AwayFence implements FenceSource {
        @Override
        public String kind() {
            return Fence.LSN;
        }

        @Override
        public Reading read() {
            throw new FenceUnavailableException("away", new IllegalStateException());
        }
    }

    @Test
    void whatCannotBeReadIsAGapOfItsSource() throws IOException {
        sink.always(TestSink.NEVER);
        Pipeline first = start(1, SHORT, BIG);
        LongStream.range(0, 1_000).forEach(id -> publish(first, 0, id));
        first.close();
        Path segment = directory.resolve("00000000000000000000.spool");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 3] ^= 2;
        Files.write(segment, bytes);

        Pipeline second = restart(2);

        assertThat(second.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).hasSize(999).isSorted();
        assertThat(gaps(sink.events())).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo(GapReason.DROPPED);
            assertThat(gap.lost()).isOne();
            assertThat(gap.source()).isEqualTo("shop");
            assertThat(gap.detail()).contains(segment.getFileName().toString());
        });
    }

    @Test
    void aRefusedEventOfTheSpoolIsAGapAndSettled() throws IOException {
        sink.always(TestSink.NEVER);
        Pipeline first = start(1, SHORT, BIG);
        LongStream.range(0, 5).forEach(id -> publish(first, 0, id));
        first.close();
        sink = new TestSink().next(TestSink.refusing(false, 2));
        Pipeline second = start(2, LONG, BIG, RingBuffer.allocate(1 << 16), new AuditCounters());

        assertThat(second.flush(LONG)).isTrue();

        assertThat(gaps(sink.events())).extracting(Gap::reason).containsExactly(GapReason.REJECTED);
        assertThat(segments()).isZero();
    }
}
