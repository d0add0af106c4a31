package dev.afterimage.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the mark decides when a process has ended between any two of its steps. */
class JournalMarkTest {

    private static final int CAPACITY = 1 << 12;
    private static final long BIG = 64 << 20;

    @TempDir
    private Path temporary;

    private final List<Journal> opened = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Journal journal : opened) {
            journal.close();
        }
    }

    private Journal open(Path directory, long instance) throws IOException {
        Journal journal = Journal.open(directory, BIG, CAPACITY, instance);
        opened.add(journal);
        journal.begin(instance, 0, instance);
        return journal;
    }

    private static List<AuditEvent> event(long sequence) {
        return List.of(new Gap(new EventId(1, sequence), "shop", GapReason.UNWRAPPED, "raw", 1, 0, Actor.UNKNOWN));
    }

    /** The directory as kill -9 would leave it. */
    private Path crash(Path directory) throws IOException {
        Path copy = temporary.resolve("copy" + opened.size() + System.nanoTime());
        Files.createDirectories(copy.resolve("0"));
        try (Stream<Path> files = Files.list(directory.resolve("0"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve("0").resolve(String.valueOf(file.getFileName())));
            }
        }
        return copy;
    }

    private static Mark mark(Journal journal) {
        return new Mark(0, 1, journal.spool().end(), List.of());
    }

    @Test
    void eventsBehindTheMarkWereNeverSentAndAreForgotten() throws IOException {
        Path directory = temporary.resolve("journal");
        Journal first = open(directory, 1);
        first.spool().append(event(1));
        first.mark(mark(first));
        first.spool().append(event(2));

        Journal second = open(crash(directory), 2);

        assertThat(second.spool().events()).isOne();
        assertThat(second.left())
                .singleElement()
                .satisfies(left -> assertThat(left.rings())
                        .singleElement()
                        .satisfies(ring -> assertThat(ring.mark().sequence()).isOne()));
        assertThat(second.spool().read(10, (segment, lost) -> {})).isEqualTo(event(1));
    }

    @Test
    void aRingIsToldOnceItsEventsAreMarked() throws IOException {
        Path directory = temporary.resolve("journal");
        open(directory, 1);
        Path left = crash(directory);
        Journal second = open(left, 2);
        second.spool().append(event(1));
        LeftRing ring = second.left().get(0).rings().get(0);
        ring.told(second.spool().end());

        Journal unmarked = open(crash(left), 3);
        second.mark(mark(second));
        Journal marked = open(crash(left), 4);

        assertThat(unmarked.left().get(0).rings())
                .extracting(LeftRing::instance)
                .containsExactly(1L, 2L);
        assertThat(unmarked.spool().events()).isZero();
        assertThat(marked.left().get(0).rings()).extracting(LeftRing::instance).containsExactly(2L);
        assertThat(marked.spool().events()).isOne();
    }

    @Test
    void ofTwoMarksTheLastWholeOneCounts() throws IOException {
        Path directory = temporary.resolve("journal");
        Journal first = open(directory, 1);
        first.mark(new Mark(8, 1, 0, List.of(0L)));
        first.mark(new Mark(16, 2, 0, List.of(0L, 8L)));
        Path left = crash(directory);
        damageMark(left, 0x10);

        assertThat(open(left, 2).left().get(0).rings().get(0).mark().position()).isEqualTo(8);
        assertThat(open(crash(directory), 3).left().get(0).rings().get(0).mark())
                .isEqualTo(new Mark(16, 2, 0, List.of(0L, 8L)));
    }

    private static void damageMark(Path left, int xor) throws IOException {
        try (Stream<Path> files = Files.list(left.resolve("0"))) {
            Path ring = files.filter(file -> file.toString().endsWith(".ring"))
                    .findFirst()
                    .orElseThrow();
            try (RandomAccessFile bytes = new RandomAccessFile(ring.toFile(), "rw")) {
                bytes.seek(RingFile.MARKS_AT + RingFile.MARK_STRIDE + 8);
                int was = bytes.read();
                bytes.seek(RingFile.MARKS_AT + RingFile.MARK_STRIDE + 8);
                bytes.write(was ^ xor);
            }
        }
    }

    @Test
    void aRingOfALaterFormatIsSetAsideAndNamed() throws IOException {
        Path directory = temporary.resolve("journal");
        open(directory, 1);
        Path left = crash(directory);
        Path ring = left.resolve("0").resolve("0000000000000001.ring");
        try (RandomAccessFile bytes = new RandomAccessFile(ring.toFile(), "rw")) {
            byte[] head = new byte[RingFile.HEAD_CHECKSUM_AT];
            bytes.readFully(head);
            head[4] = 9;
            bytes.seek(0);
            bytes.write(head);
            ByteBuffer sealed =
                    ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).put(head);
            bytes.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(RingFile.headChecksum(sealed))
                    .array());
        }

        Journal second = open(left, 2);

        assertThat(second.left().get(0).unreadable())
                .singleElement()
                .asString()
                .contains("0000000000000001.ring", "format 9", "reads format 1");
        assertThat(ring.resolveSibling("0000000000000001.ring.unreadable")).exists();
    }

    @Test
    void aDirectoryThatIsAFileIsRefused() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> Journal.open(file, BIG, CAPACITY, 1)).isInstanceOf(IOException.class);
    }
}
