package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Published.keys;
import static dev.afterimage.core.pipeline.Published.publish;
import static dev.afterimage.core.pipeline.Published.writer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.journal.Journal;
import dev.afterimage.core.metrics.AuditCounters;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is set between the processes that use one place. */
@Timeout(120)
class ClockJumpTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final long FIVE_HOURS = Duration.ofHours(5).toMillis() * 1000;
    private static final int MICROS_AT = 32;
    private static final int CHECKSUM_AT = 40;

    @TempDir
    private Path temporary;

    private int copies;

    private static Pipeline start(Path directory, long instance, TestSink sink, String... sources) throws IOException {
        Limits limits = new Limits(1_000, 10, 2, LONG, false, false, LONG);
        Journal journal = Journal.open(directory, 64 << 20, 1 << 16, instance);
        Pipeline pipeline = new Pipeline(instance, journal, sink, limits, new AuditCounters());
        for (String source : sources) {
            pipeline.register(new Source(source, new Shapes(), null));
        }
        return pipeline;
    }

    /** What a process that is killed leaves that has announced a change, and is about to commit it. */
    private Path leaves(Path directory, long instance, long id, String... sources) throws IOException {
        Path left = temporary.resolve("left" + copies++);
        try (Pipeline pipeline = start(directory, instance, new TestSink(), sources)) {
            pipeline.publisher().announce(sources.length - 1, writer(id), System.nanoTime(), false);
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path file : all.toList()) {
                    Path to = left.resolve(directory.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(to);
                    } else {
                        Files.copy(file, to);
                    }
                }
            }
        }
        return left;
    }

    /** As if the machine's clock had been so much later while a process ran. */
    private static void later(Path directory, long instance, long micros) throws IOException {
        Path ring = directory.resolve("0/%016x.ring".formatted(instance));
        try (RandomAccessFile file = new RandomAccessFile(ring.toFile(), "rw")) {
            byte[] head = new byte[CHECKSUM_AT + Integer.BYTES];
            file.readFully(head);
            ByteBuffer words = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
            words.putLong(MICROS_AT, words.getLong(MICROS_AT) + micros);
            CRC32C checksum = new CRC32C();
            checksum.update(head, Integer.BYTES, CHECKSUM_AT - Integer.BYTES);
            words.putInt(CHECKSUM_AT, (int) checksum.getValue());
            file.seek(0);
            file.write(head);
        }
    }

    @Test
    void processesAreToldInTheirOrderThoughTheClockWasSetBackBetweenThem() throws IOException {
        Path first = leaves(temporary.resolve("place"), 1, 1, "shop");
        later(first, 1, FIVE_HOURS);
        // The second process does not know the first one's database, so it leaves both.
        Path second = leaves(first, 2, 2, "store");
        Path third = leaves(second, 3, 3, "depot");

        TestSink sink = new TestSink();
        try (Pipeline next = start(third, 4, sink, "shop", "store", "depot")) {
            await().atMost(LONG).until(() -> keys(sink.events()).size() == 3);
            publish(next, 0, 4);
            assertThat(next.flush(LONG)).isTrue();
        }

        assertThat(keys(sink.events())).containsExactly(1L, 2L, 3L, 4L);
        List<Change> changes =
                sink.events().stream().map(event -> (Change) event).toList();
        assertThat(changes).extracting(change -> change.id().instance()).containsExactly(1L, 2L, 3L, 4L);
        // Each tells the time as its own process knew it.
        assertThat(changes.get(0).changedAt() - changes.get(1).changedAt()).isGreaterThan(FIVE_HOURS / 2);
        assertThat(changes.get(3).changedAt())
                .isGreaterThanOrEqualTo(changes.get(2).changedAt());
    }
}
