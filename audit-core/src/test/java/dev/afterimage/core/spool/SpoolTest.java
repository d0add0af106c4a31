package dev.afterimage.core.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.codec.SampleEvents;
import dev.afterimage.core.event.AuditEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final long BIG = 1 << 20;

    @TempDir
    private Path temporary;

    private final SampleEvents sample = new SampleEvents(new Random(1));
    private final List<Long> losses = new ArrayList<>();
    private Path directory;
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        directory = temporary.resolve("a/spool");
        spool = Spool.open(directory, BIG);
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    private void reopen() throws IOException {
        spool.close();
        spool = Spool.open(directory, BIG);
    }

    private List<AuditEvent> readAll() throws IOException {
        List<AuditEvent> all = new ArrayList<>();
        while (!spool.isDrained()) {
            all.addAll(spool.read(7, (segment, events) -> losses.add(events)));
        }
        return all;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Segment::isSegment).sorted().toList();
        }
    }

    @Test
    void whatWasAppendedIsReadInOrder() throws IOException {
        List<AuditEvent> events = sample.events(100);

        assertThat(spool.append(events.subList(0, 60))).isTrue();
        List<AuditEvent> read = new ArrayList<>(spool.read(50, losses()));
        assertThat(spool.append(events.subList(60, 100))).isTrue();
        read.addAll(readAll());

        assertThat(read).isEqualTo(events);
        assertThat(spool.events()).isEqualTo(100);
        assertThat(losses).isEmpty();
    }

    private SpoolLosses losses() {
        return (segment, events) -> losses.add(events);
    }

    @Test
    void anEmptySpoolHasNoFileButTheLock() throws IOException {
        assertThat(segments()).isEmpty();
        spool.append(sample.events(10));
        assertThat(segments()).hasSize(1);

        readAll();
        spool.settle(spool.position());

        assertThat(segments()).isEmpty();
        assertThat(spool.events()).isZero();
        assertThat(spool.bytes()).isZero();
    }

    @Test
    void aSegmentIsDeletedWhenAllOfItIsSettled() throws IOException {
        while (segments().size() < 3) {
            spool.append(sample.events(100));
        }
        List<Path> before = segments();
        long bytes = spool.bytes();
        while (spool.position() < nameOf(before.get(1))) {
            assertThat(spool.read(50, losses())).isNotEmpty();
        }

        spool.settle(nameOf(before.get(1)) - 1);
        assertThat(segments()).isEqualTo(before);
        spool.settle(nameOf(before.get(1)));

        assertThat(segments()).isEqualTo(before.subList(1, 3));
        assertThat(spool.bytes()).isLessThan(bytes);
        assertThat(Files.size(before.get(1)) + Files.size(before.get(2))).isEqualTo(spool.bytes());
    }

    private static long nameOf(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 20));
    }

    @Test
    void theNextProcessReadsExactlyWhatIsNotSettled() throws IOException {
        List<AuditEvent> events = sample.events(300);
        spool.append(events.subList(0, 100));
        spool.append(events.subList(100, 300));
        spool.read(40, losses());
        spool.settle(spool.position());
        spool.read(40, losses());

        reopen();

        assertThat(spool.events()).isEqualTo(260);
        assertThat(readAll()).isEqualTo(events.subList(40, 300));
        List<AuditEvent> more = sample.events(20);
        spool.append(more);
        assertThat(readAll()).isEqualTo(more);
        reopen();
        assertThat(readAll())
                .isEqualTo(Stream.concat(events.subList(40, 300).stream(), more.stream())
                        .toList());
        spool.settle(spool.position());
        reopen();
        assertThat(spool.events()).isZero();
        assertThat(losses).isEmpty();
    }

    @Test
    void whatIsInGoodHandsIsNotReadButKept() throws IOException {
        List<AuditEvent> events = sample.events(30);
        spool.append(events.subList(0, 10));
        spool.skipToEnd();
        spool.append(events.subList(10, 30));

        assertThat(readAll()).isEqualTo(events.subList(10, 30));

        reopen();
        assertThat(readAll()).isEqualTo(events);
    }

    @Test
    void aFullSpoolTakesNothingUntilThereIsRoom() throws IOException {
        List<AuditEvent> accepted = new ArrayList<>();
        List<AuditEvent> batch = sample.events(50);
        while (spool.append(batch)) {
            accepted.addAll(batch);
            batch = sample.events(50);
        }
        assertThat(spool.bytes()).isLessThanOrEqualTo(BIG);
        assertThat(spool.events()).isEqualTo(accepted.size());
        assertThat(spool.append(batch)).isFalse();

        assertThat(readAll()).isEqualTo(accepted);
        assertThat(spool.append(batch)).isFalse();
        spool.settle(spool.position());

        assertThat(spool.append(batch)).isTrue();
        assertThat(readAll()).isEqualTo(batch);
    }

    @Test
    void aLargeEventIsNotDividedAndMayExceedASegment() throws IOException {
        AuditEvent large = Large.event(1, 300_000);
        List<AuditEvent> events = List.of(large, sample.event(), Large.event(2, 100_000), sample.event());
        for (AuditEvent event : events) {
            assertThat(spool.append(List.of(event))).isTrue();
        }

        assertThat(readAll()).isEqualTo(events);
    }

    @Test
    void aDirectoryIsUsedByOneAtATime() throws IOException {
        assertThatThrownBy(() -> Spool.open(directory, BIG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("uses it");

        reopen();

        assertThat(spool.append(sample.events(1))).isTrue();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsAnError() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> Spool.open(file, BIG)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Spool.open(file.resolve("below"), BIG)).isInstanceOf(IOException.class);
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        spool.append(sample.events(1));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        for (Path file : List.of(segments().get(0), directory.resolve("spool.lock"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void anotherFormatIsRefusedByName() throws IOException {
        spool.append(sample.events(1));
        spool.close();
        Path segment = segments().get(0);
        byte[] bytes = Files.readAllBytes(segment);
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(4, 9);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, 24);
        header.putInt(24, (int) checksum.getValue());
        Files.write(segment, bytes);

        assertThatThrownBy(() -> Spool.open(directory, BIG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(segment.getFileName().toString())
                .hasMessageContaining("format 9");
        assertThat(segment).exists();
    }

    @Test
    void otherFilesAreLeftAlone() throws IOException {
        Path other = Files.writeString(directory.resolve("notes.txt"), "mine");
        spool.append(sample.events(1));
        reopen();
        readAll();
        spool.settle(spool.position());

        assertThat(other).hasContent("mine");
    }

    @Test
    void anInterruptDoesNotCostTheSpool() throws IOException {
        List<AuditEvent> events = sample.events(10);
        Thread.currentThread().interrupt();
        try {
            spool.append(events);
            assertThat(readAll()).isEqualTo(events);
            spool.settle(3);
            assertThatThrownBy(() -> Spool.open(directory, BIG)).hasMessageContaining("uses it");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
