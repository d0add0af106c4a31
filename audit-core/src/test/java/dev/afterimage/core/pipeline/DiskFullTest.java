package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Published.gaps;
import static dev.afterimage.core.pipeline.Published.keys;
import static dev.afterimage.core.pipeline.Published.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.journal.Journal;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.spool.Spool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk of two megabytes; it takes a Linux and root to have one. */
@Timeout(120)
class DiskFullTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final int LEFT = 100 << 10;

    @TempDir
    private Path temporary;

    private Path disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(temporary.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()), "no disk can be mounted here");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", "-l", disk.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @Test
    void aRingThatHasNoRoomIsRefusedByNameAndLeavesNothing() throws IOException {
        Path place = disk.resolve("place");
        AuditConfiguration configuration =
                AuditConfiguration.of(Map.of("audit.spool.directory", place.toString(), "audit.ring.size", "4MiB"));
        TestSink sink = new TestSink();

        assertThatThrownBy(() -> AuditTrail.start(configuration, sink))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit.spool.directory=" + place)
                .hasMessageContaining("No space left on device");
        assertThat(sink.closed()).isEqualTo(1);
        try (Stream<Path> files = Files.walk(place)) {
            assertThat(files.filter(file -> file.toString().endsWith(".ring"))).isEmpty();
        }
        // And the place is free for a ring that fits.
        Journal.open(place, 1 << 20, 1 << 16, 7).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "process"})
    void aSpoolThatCannotGrowDropsAndSaysSoAndGoesOnWhenThereIsRoom(String durability) throws IOException {
        HeldSink sink = new HeldSink();
        AuditCounters counters = new AuditCounters();
        Limits limits = new Limits(1_000, 10, 2, Duration.ofMillis(1), false, false, LONG);
        Pipeline pipeline = durability.equals("process")
                ? new Pipeline(1, Journal.open(disk.resolve("place"), 64 << 20, 1 << 16, 1), sink, limits, counters)
                : new Pipeline(
                        1,
                        RingBuffer.allocate(1 << 16),
                        sink,
                        limits,
                        Spool.open(disk.resolve("place"), 64 << 20),
                        counters);
        pipeline.register(new Source("shop", new Shapes(), null));
        Path filler = fill();

        long published = 0;
        while (counters.snapshot().droppedRecords() < 10) {
            publish(pipeline, 0, published++);
        }
        Files.delete(filler);
        sink.letGo();
        assertThat(pipeline.flush(LONG)).isTrue();
        publish(pipeline, 0, published++);
        assertThat(pipeline.flush(LONG)).isTrue();
        pipeline.close();

        List<AuditEvent> events = sink.taken().stream().distinct().toList();
        assertThat(keys(events)).doesNotHaveDuplicates().isSorted().contains(published - 1);
        long lost = gaps(events).stream().mapToLong(Gap::lost).sum();
        assertThat(lost).isEqualTo(counters.snapshot().droppedRecords());
        assertThat(keys(events).size() + lost).isEqualTo(published);
        assertThat(counters.snapshot().lost()).isZero();
    }

    /** Takes all of the disk but a little. */
    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream to = Files.newOutputStream(filler)) {
            to.write(new byte[(int) (Files.getFileStore(disk).getUsableSpace() - LEFT)]);
        }
        await().until(() -> Files.getFileStore(disk).getUsableSpace() <= LEFT);
        return filler;
    }

    /** Answers nothing until it is told to. */
    private static final class HeldSink implements Sink {
        private final List<AuditEvent> taken = new ArrayList<>();
        private final CompletableFuture<Delivery> answer = new CompletableFuture<>();

        @Override
        public synchronized CompletionStage<Delivery> send(List<AuditEvent> batch) {
            taken.addAll(batch);
            return answer.copy();
        }

        void letGo() {
            answer.complete(Delivery.COMPLETE);
        }

        synchronized List<AuditEvent> taken() {
            return List.copyOf(taken);
        }

        @Override
        public void close() {}
    }
}
