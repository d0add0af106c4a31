package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Published.gaps;
import static dev.afterimage.core.pipeline.Published.keys;
import static dev.afterimage.core.pipeline.Published.numbers;
import static dev.afterimage.core.pipeline.Published.publish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.journal.Journal;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.table.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The background thread, and what no program expects: errors of the machine, in its own work and in the sink. */
@Timeout(120)
class MachineFailureTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final Limits LIMITS = new Limits(1_000, 10, 2, LONG, false, false, LONG);

    @TempDir
    private Path directory;

    private final AuditCounters counters = new AuditCounters();
    private final TestSink sink = new TestSink();

    private Pipeline start(String durability, Tables tables) throws IOException {
        Pipeline pipeline = durability.equals("process")
                ? new Pipeline(1, Journal.open(directory, 64 << 20, 1 << 16, 1), sink, LIMITS, counters)
                : new Pipeline(1, RingBuffer.allocate(1 << 16), sink, LIMITS, null, counters);
        pipeline.register(new Source("shop", tables, null));
        return pipeline;
    }

    /** Of each event once, and no number missing among them. */
    private static List<AuditEvent> once(List<AuditEvent> events) {
        List<AuditEvent> once = events.stream().distinct().toList();
        assertThat(once.stream().map(event -> event.id().sequence()).toList())
                .containsExactlyElementsOf(numbers(1, once.size() + 1));
        return once;
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "process"})
    void aSinkThatThrowsErrorsGetsEverythingInTheEnd(String durability) throws IOException {
        TestSink.Answer error = batch -> {
            throw new StackOverflowError();
        };
        sink.next(error, TestSink.COMPLETE, error, error);
        try (Pipeline pipeline = start(durability, new Shapes())) {
            LongStream.range(0, 50).forEach(id -> publish(pipeline, 0, id));

            assertThat(pipeline.flush(LONG)).isTrue();
        }
        assertThat(keys(once(sink.events()))).containsExactlyElementsOf(numbers(0, 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "process"})
    void whatTheMachineRefusesForAWhileIsTriedAgainAndKeepsItsNumbers(String durability) throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        Tables scarce = new Failing(() -> {
            if (lookups.incrementAndGet() % 7 == 3) {
                throw new OutOfMemoryError("as a test wants it");
            }
        });
        try (Pipeline pipeline = start(durability, scarce)) {
            LongStream.range(0, 5).forEach(id -> publish(pipeline, 0, id));
            assertThat(pipeline.flush(LONG)).isTrue();
            LongStream.range(5, 10).forEach(id -> publish(pipeline, 0, id));
            assertThat(pipeline.flush(LONG)).isTrue();
        }
        assertThat(keys(once(sink.events()))).containsExactlyElementsOf(numbers(0, 10));
        assertThat(gaps(sink.events()))
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.reason()).isEqualTo(GapReason.INTERNAL_FAILURE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "process"})
    void whatTheMachineNeverGrantsCostsAGapAndNothingElse(String durability) throws IOException {
        AtomicInteger refusing = new AtomicInteger();
        Tables refusal = new Failing(() -> {
            if (refusing.get() > 0) {
                throw new StackOverflowError("as a test wants it");
            }
        });
        try (Pipeline pipeline = start(durability, refusal)) {
            publish(pipeline, 0, 1);
            assertThat(pipeline.flush(LONG)).isTrue();
            refusing.set(1);
            publish(pipeline, 0, 2);
            assertThat(pipeline.flush(LONG)).isTrue();
            refusing.set(0);
            publish(pipeline, 0, 3);
            assertThat(pipeline.flush(LONG)).isTrue();
        }
        assertThat(keys(once(sink.events()))).containsExactly(1L, 3L);
        assertThat(gaps(sink.events())).isNotEmpty();
    }

    @Test
    void whatNobodyHadMemoryToTellIsAGapWithItsNumber() throws IOException {
        try (Pipeline pipeline = start("memory", new Shapes())) {
            pipeline.failedUntold();
            pipeline.failedUntold();
            assertThat(pipeline.flush(LONG)).isTrue();
        }
        assertThat(gaps(sink.events()).stream().map(gap -> gap.detail()).toList())
                .allMatch(detail -> detail.startsWith("The audit failed, and there was no memory to say where"))
                .isNotEmpty();
    }

    @Test
    void closedByAnInterruptedThreadItDeliversAllTheSame() throws IOException {
        sink.always(TestSink.COMPLETE);
        Pipeline pipeline = start("memory", new Shapes());
        LongStream.range(0, 500).forEach(id -> publish(pipeline, 0, id));

        Thread.currentThread().interrupt();
        pipeline.close();

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(0, 500));
        assertThat(sink.closed()).isEqualTo(1);
    }

    /** The tables of the tests, whose lookups may fail. */
    private record Failing(Runnable before) implements Tables {
        private static final Tables SHAPES = new Shapes();

        @Override
        public @Nullable Table find(TableName name) {
            before.run();
            return SHAPES.find(name);
        }

        @Override
        public void forget() {}
    }
}
