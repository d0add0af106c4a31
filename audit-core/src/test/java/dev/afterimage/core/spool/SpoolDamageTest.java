package dev.afterimage.core.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.codec.SampleEvents;
import dev.afterimage.core.codec.Seed;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a crash has torn, or the disk has damaged: nothing is thrown, nothing invented, what is missing is told. */
class SpoolDamageTest {

    private static final int ROUNDS = 150;
    private static final long MAX = 1_000_000;

    @TempDir
    private Path temporary;

    private Path directory = Path.of("");
    private final Random random = Seed.random(SpoolDamageTest.class);
    private final SampleEvents sample = new SampleEvents(random);
    private final List<AuditEvent> appended = new ArrayList<>();
    private long lost;
    private boolean openEnded;

    @BeforeEach
    void choose() {
        directory = temporary.resolve("spool");
    }

    @Test
    void flippedBitsAndTornFilesCostWhatTheyHitAndNothingElse() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            directory = temporary.resolve("spool" + round);
            appended.clear();
            lost = 0;
            openEnded = false;
            damageCostsWhatItHits();
        }
    }

    private void damageCostsWhatItHits() throws IOException {
        fill(1 + random.nextInt(300));
        for (int i = random.nextInt(4); i >= 0; i--) {
            damage();
        }

        List<AuditEvent> read = readAll();

        assertThat(appended).containsAll(read);
        assertThat(read).isSortedAccordingTo((a, b) -> Long.compare(a.id().sequence(), b.id().sequence()));
        assertThat(read).extracting(AuditEvent::id).doesNotHaveDuplicates();
        if (openEnded) {
            assertThat(read.size() + lost).isLessThanOrEqualTo(appended.size());
        } else {
            assertThat(read.size() + lost).isEqualTo(appended.size());
        }
    }

    @Test
    void oneFlippedBitCostsOneEvent() throws IOException {
        fill(100);
        Path file = segments().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);

        assertThat(readAll()).hasSize(99);
        assertThat(lost).isOne();
        assertThat(openEnded).isFalse();
    }

    @Test
    void aTornTailIsCounted() throws IOException {
        fill(50);
        try (RandomAccessFile file = new RandomAccessFile(last().toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }

        List<AuditEvent> read = readAll();

        assertThat(read).isEqualTo(appended.subList(0, 49));
        assertThat(lost).isOne();
        assertThat(openEnded).isFalse();
    }

    @Test
    void whatADyingProcessWasAppendingIsToldWithoutANumber() throws IOException {
        fill(50);
        Files.write(last(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

        assertThat(readAll()).isEqualTo(appended);
        assertThat(openEnded).isTrue();
    }

    @Test
    void aLastSegmentThatIsEmptyOrGoneIsCounted() throws IOException {
        fill(50);
        Files.write(last(), new byte[0]);
        assertThat(readAll()).isEmpty();
        assertThat(lost).isEqualTo(50);

        Files.delete(last());
        assertThat(readAll()).isEmpty();
        assertThat(lost).isEqualTo(100);
    }

    @Test
    void aSegmentThatIsGoneIsCounted() throws IOException {
        fill(2_000);
        assertThat(segments()).hasSizeGreaterThan(2);
        Files.delete(segments().get(1));

        List<AuditEvent> read = readAll();

        assertThat(read.size() + lost).isEqualTo(appended.size());
        assertThat(lost).isPositive();
    }

    @Test
    void aSegmentThatGoesWhileItIsReadIsCounted() throws IOException {
        try (Spool spool = Spool.open(directory, MAX)) {
            List<AuditEvent> events = sample.events(200);
            assertThat(spool.append(events)).isTrue();
            Files.delete(last());

            assertThat(spool.read(300, this::lost)).isEmpty();

            assertThat(lost).isEqualTo(200);
            assertThat(spool.isDrained()).isTrue();
        }
    }

    @Test
    void aMarkThatIsGoneCostsNothing() throws IOException {
        fill(100);
        Files.write(directory.resolve("spool.lock"), new byte[] {1, 2, 3});

        assertThat(readAll()).isEqualTo(appended);
        assertThat(lost).isZero();
    }

    /** What looks like a record and is part of an event is none: its sync word and checksum would need the salt. */
    @Test
    void theBytesOfAnEventAreNeverTakenForARecord() throws IOException {
        fill(1);
        byte[] record = Files.readAllBytes(last());
        StringBuilder forged = new StringBuilder();
        for (byte b : record) {
            forged.append((char) (b & 0x7F));
        }
        try (Spool spool = Spool.open(directory, MAX)) {
            spool.append(List.of(Large.event(900, 10)));
            spool.append(List.of(new Gap(
                    new EventId(7, 901),
                    forged.toString(),
                    GapReason.UNWRAPPED,
                    forged.toString(),
                    0,
                    0,
                    Actor.UNKNOWN)));
        }
        try (RandomAccessFile file = new RandomAccessFile(last().toFile(), "rw")) {
            file.seek(Segment.HEADER_BYTES);
            file.write(new byte[Frame.HEAD_BYTES]);
        }

        assertThat(readAll()).extracting(event -> event.id().sequence()).containsExactly(1L, 901L);
        assertThat(lost).isOne();
    }

    @Test
    void aDamagedSpoolGoesOnAndIsToldAgainOnlyIfItWasNotSettled() throws IOException {
        fill(100);
        byte[] bytes = Files.readAllBytes(segments().get(0));
        bytes[bytes.length / 2] ^= 1;
        Files.write(segments().get(0), bytes);

        try (Spool spool = Spool.open(directory, MAX)) {
            assertThat(spool.events()).isEqualTo(100);
            while (!spool.isDrained()) {
                spool.read(30, this::lost);
            }
            assertThat(lost).isOne();
            List<AuditEvent> more = sample.events(5);
            spool.append(more);
            assertThat(spool.read(30, this::lost)).isEqualTo(more);
            spool.settle(spool.position());
        }
        try (Spool spool = Spool.open(directory, MAX)) {
            assertThat(spool.isDrained()).isTrue();
        }
        assertThat(lost).isOne();
    }

    private void fill(int events) throws IOException {
        try (Spool spool = Spool.open(directory, MAX)) {
            while (appended.size() < events) {
                List<AuditEvent> batch = sample.events(Math.min(events - appended.size(), 1 + random.nextInt(20)));
                assertThat(spool.append(batch)).isTrue();
                appended.addAll(batch);
            }
        }
    }

    private void damage() throws IOException {
        List<Path> files = segments();
        try (RandomAccessFile file =
                new RandomAccessFile(files.get(random.nextInt(files.size())).toFile(), "rw")) {
            if (file.length() == 0) {
                return;
            }
            long at = random.nextLong(file.length());
            switch (random.nextInt(4)) {
                case 0 -> file.setLength(at);
                case 1 -> {
                    file.seek(at);
                    byte[] noise = new byte[1 + random.nextInt(200)];
                    random.nextBytes(noise);
                    file.write(noise);
                }
                default -> {
                    file.seek(at);
                    int old = file.read();
                    file.seek(at);
                    file.write(old ^ 1 << random.nextInt(8));
                }
            }
        }
    }

    private List<AuditEvent> readAll() throws IOException {
        List<AuditEvent> read = new ArrayList<>();
        try (Spool spool = Spool.open(directory, MAX)) {
            while (!spool.isDrained()) {
                read.addAll(spool.read(1 + random.nextInt(50), this::lost));
            }
        }
        return read;
    }

    private void lost(String segment, long events) {
        if (events < 0) {
            openEnded = true;
        } else {
            lost += events;
        }
    }

    private Path last() throws IOException {
        List<Path> files = segments();
        return files.get(files.size() - 1);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Segment::isSegment).sorted().toList();
        }
    }
}
