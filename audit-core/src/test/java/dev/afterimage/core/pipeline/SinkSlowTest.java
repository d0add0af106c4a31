package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Published.gaps;
import static dev.afterimage.core.pipeline.Published.keys;
import static dev.afterimage.core.pipeline.Published.publish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight threads that publish faster than the sink takes: nobody waits longer than agreed, and no event is unaccounted for. */
@Timeout(120)
class SinkSlowTest {

    private static final int THREADS = 8;
    private static final int EACH = 500;
    private static final Duration WAIT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(100);

    /** Above the wait: what a busy machine may keep a thread from running. An unbounded wait lasts until the sink is through. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    private final AuditCounters counters = new AuditCounters();
    private final SlowSink sink = new SlowSink();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();

    @ParameterizedTest
    @ValueSource(strings = {"drop", "block", "spill", "reject"})
    void everyEventIsAccountedFor(String overflow) throws IOException, InterruptedException {
        boolean rejecting = overflow.equals("reject");
        Limits limits =
                new Limits(1_000, 10, 2, overflow.equals("drop") ? Duration.ZERO : WAIT, rejecting, false, LONG);
        Spool spool = overflow.equals("spill") ? Spool.open(directory, 64 << 20) : null;
        Pipeline pipeline = new Pipeline(1, RingBuffer.allocate(1 << 16), sink, limits, spool, counters);
        pipeline.register(new Source("shop", new Shapes(), null));

        produce(id -> {
            if (rejecting) {
                publishIfRoom(pipeline, id);
            } else {
                publish(pipeline, 0, id);
            }
        });

        assertThat(Duration.ofNanos(longest.get())).isLessThan(WAIT.plus(GRACE));
        sink.hurry();
        assertThat(pipeline.flush(LONG)).isTrue();
        pipeline.close();
        AuditCounters.Snapshot end = counters.snapshot();
        List<Gap> gaps = gaps(sink.taken());
        assertThat(end.publishedRecords() + end.droppedRecords() + rejected.get())
                .isEqualTo(THREADS * EACH);
        assertThat(keys(sink.taken())).hasSize((int) end.publishedRecords()).doesNotHaveDuplicates();
        assertThat(end.delivered()).isEqualTo(end.publishedRecords() + gaps.size());
        assertThat(gaps.stream().mapToLong(Gap::lost).sum()).isEqualTo(end.droppedRecords());
        assertThat(end.lost() + end.refused() + end.spooledEvents()).isZero();
        switch (overflow) {
            case "drop", "block" -> assertThat(end.droppedRecords()).isPositive();
            case "reject" -> {
                assertThat(rejected.get()).isPositive();
                assertThat(end.droppedRecords()).isZero();
            }
            default -> assertThat(new HashSet<>(keys(sink.taken()))).hasSize((int) end.publishedRecords());
        }
    }

    private void publishIfRoom(Pipeline pipeline, long id) {
        long reserved = pipeline.publisher().reserve(Published.writer(id).length());
        if (reserved < 0) {
            rejected.incrementAndGet();
        } else {
            publish(pipeline, 0, id, reserved);
        }
    }

    /** Something done by one of the threads, with a number of its own. */
    @FunctionalInterface
    private interface Work {
        void run(long id);
    }

    private void produce(Work work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            long first = (long) thread * EACH;
            threads.execute(() -> {
                for (long id = first; id < first + EACH; id++) {
                    long begun = System.nanoTime();
                    work.run(id);
                    longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Takes a batch of ten in a tenth of a second, until it is told to hurry. */
    private static final class SlowSink implements Sink {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final List<AuditEvent> taken = new ArrayList<>();
        private volatile boolean hurries;

        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            return CompletableFuture.supplyAsync(() -> take(batch), thread);
        }

        private Delivery take(List<AuditEvent> batch) {
            for (int i = 0; i < 100 && !hurries; i++) {
                try {
                    TimeUnit.MILLISECONDS.sleep(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            synchronized (taken) {
                taken.addAll(batch);
            }
            return Delivery.COMPLETE;
        }

        void hurry() {
            hurries = true;
        }

        List<AuditEvent> taken() {
            synchronized (taken) {
                return List.copyOf(taken);
            }
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
