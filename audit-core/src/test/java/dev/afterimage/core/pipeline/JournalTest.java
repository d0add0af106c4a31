package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Published.gaps;
import static dev.afterimage.core.pipeline.Published.keys;
import static dev.afterimage.core.pipeline.Published.numbers;
import static dev.afterimage.core.pipeline.Published.writer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.codec.Seed;
import dev.afterimage.core.codec.Stage;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.journal.Journal;
import dev.afterimage.core.metrics.AuditCounters;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit.durability=process}: what a process leaves, as a copy of its directory shows it, and what the next makes of it. */
@Timeout(120)
class JournalTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final int CAPACITY = 1 << 16;

    @TempDir
    private Path temporary;

    private final List<Pipeline> started = new ArrayList<>();
    private TestSink sink = new TestSink();

    @AfterEach
    void close() {
        started.forEach(Pipeline::close);
    }

    private Pipeline start(Path directory, long instance) throws IOException {
        return start(directory, instance, LONG);
    }

    private Pipeline start(Path directory, long instance, Duration shutdown) throws IOException {
        Limits limits = new Limits(1_000, 10, 2, LONG, false, false, shutdown);
        Journal journal = Journal.open(directory, 64 << 20, CAPACITY, instance);
        Pipeline pipeline = new Pipeline(instance, journal, sink, limits, new AuditCounters());
        pipeline.register(new Source("shop", new Shapes(), null));
        started.add(pipeline);
        return pipeline;
    }

    private static long announce(Pipeline pipeline, TransactionWriter writer) {
        return pipeline.publisher().announce(0, writer, System.nanoTime(), false);
    }

    private static void conclude(Pipeline pipeline, TransactionWriter writer, Stage stage, long number) {
        long now = System.nanoTime();
        pipeline.publisher().conclude(0, writer, stage, number, now, now);
    }

    private static void commit(Pipeline pipeline, long id) {
        TransactionWriter writer = writer(id);
        conclude(pipeline, writer, Stage.COMMITTED, announce(pipeline, writer));
    }

    /** What kill -9 would leave now. */
    private Path crash(Path directory) throws IOException {
        Path copy = temporary.resolve("copy" + System.nanoTime());
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.toList()) {
                Path to = copy.resolve(directory.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return copy;
    }

    private List<AuditEvent> recovered(Path left) throws IOException {
        sink = new TestSink();
        Pipeline next = start(left, 2);
        await().atMost(LONG).until(() -> rings(left) == 1 && next.flush(LONG));
        next.close();
        assertThat(rings(left)).isZero();
        return sink.events();
    }

    private static long rings(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".ring")).count();
        }
    }

    private static Set<EventId> ids(List<AuditEvent> events) {
        Set<EventId> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.id()));
        return ids;
    }

    @Test
    void whatIsAnnouncedIsToldOnceAndOnlyIfItCommits() throws IOException {
        Pipeline pipeline = start(temporary.resolve("place"), 1);
        commit(pipeline, 1);
        TransactionWriter undone = writer(2);
        conclude(pipeline, undone, Stage.ROLLED_BACK, announce(pipeline, undone));
        TransactionWriter guess = writer(3);
        long number = announce(pipeline, guess);
        long now = System.nanoTime();
        pipeline.publisher().publish(0, writer(4), false, now, now, 0, number);

        assertThat(pipeline.flush(LONG)).isTrue();

        assertThat(keys(sink.events())).containsExactly(1L, 4L);
        pipeline.close();
        assertThat(rings(temporary)).isZero();
    }

    @Test
    void anOpenAnnouncementHoldsUpNeitherFlushNorRing() throws IOException {
        Path place = temporary.resolve("place");
        Pipeline pipeline = start(place, 1);
        TransactionWriter slow = writer(1);
        long number = announce(pipeline, slow);

        for (long id = 2; id < 5_000; id++) { // Several times what the ring holds.
            commit(pipeline, id);
        }
        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).containsExactlyElementsOf(numbers(2, 5_000));
        Path left = crash(place);

        conclude(pipeline, slow, Stage.COMMITTED, number);
        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).hasSize(4_999).endsWith(1L);

        List<AuditEvent> told = recovered(left);
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.class,
                        change -> assertThat(change.transaction().outcome()).isEqualTo(Outcome.IN_DOUBT));
    }

    @Test
    void whatASinkHasNotTakenIsSentByTheNextProcessUnderTheSameNumbers() throws IOException {
        Path place = temporary.resolve("place");
        sink.always(TestSink.NEVER);
        Pipeline pipeline = start(place, 1, Duration.ofMillis(100));
        for (long id = 0; id < 3_000; id++) {
            commit(pipeline, id);
        }
        await().atMost(LONG).until(() -> !sink.events().isEmpty());
        List<AuditEvent> sent = sink.events();
        Path left = crash(place);

        List<AuditEvent> told = recovered(left);

        assertThat(keys(told)).containsExactlyElementsOf(numbers(0, 3_000));
        assertThat(told).startsWith(sent.toArray(AuditEvent[]::new)).doesNotHaveDuplicates();
        assertThat(ids(told)).hasSize(3_000);
    }

    /** At any moment: whatever was concluded as committed is told, whatever was rolled back is not, nothing under two numbers. */
    @Test
    void nothingIsLostOrInventedWhereverItEnds() throws Exception {
        Random random = Seed.random(JournalTest.class);
        for (int round = 0; round < 20; round++) {
            String what = "round " + round;
            Path place = temporary.resolve("place" + round);
            sink = new TestSink();
            if (random.nextBoolean()) {
                sink.always(TestSink.NEVER);
            }
            Pipeline pipeline = start(place, 1, Duration.ofMillis(50));
            Map<Long, Stage> fates = new HashMap<>();
            int transactions = 50 + random.nextInt(2_000);
            for (long id = 0; id < transactions; id++) {
                if (random.nextInt(500) == 0) {
                    pause(pipeline); // So that the crash finds a mark with something behind it.
                }
                TransactionWriter writer = writer(id);
                long number = announce(pipeline, writer);
                int dice = random.nextInt(12);
                Stage fate = dice == 0 ? Stage.ANNOUNCED : dice < 3 ? Stage.ROLLED_BACK : Stage.COMMITTED;
                if (fate != Stage.ANNOUNCED) {
                    conclude(pipeline, writer, fate, number);
                }
                fates.put(id, fate);
            }
            pause(pipeline);
            List<AuditEvent> sent = sink.events();
            Path left = crash(place);

            List<AuditEvent> told = new ArrayList<>(recovered(left));

            Map<EventId, AuditEvent> all = new HashMap<>();
            for (AuditEvent event : sent) {
                all.put(event.id(), event);
            }
            for (AuditEvent event : told) {
                AuditEvent before = all.put(event.id(), event);
                assertThat(before).as(what).isIn(null, event);
            }
            Map<Long, Outcome> outcomes = new HashMap<>();
            for (AuditEvent event : all.values()) {
                Change change = (Change) event;
                long key = keys(List.of(change)).get(0);
                assertThat(outcomes.put(key, change.transaction().outcome()))
                        .as(what)
                        .isNull();
            }
            fates.forEach((id, fate) -> assertThat(outcomes.get(id))
                    .as("%s id=%d %s", what, id, fate)
                    .isEqualTo(
                            fate == Stage.ROLLED_BACK
                                    ? null
                                    : fate == Stage.COMMITTED ? Outcome.COMMITTED : Outcome.IN_DOUBT));
        }
    }

    /** A copy of files that are written to is none of a moment: the thread shall have nothing to do. */
    private static void pause(Pipeline pipeline) {
        await().atMost(LONG).until(() -> pipeline.isResting());
    }

    @Test
    void ofADamagedRingNothingIsInventedAndWhatIsMissingIsAGap() throws Exception {
        Path place = temporary.resolve("place");
        sink.always(TestSink.NEVER);
        Pipeline pipeline = start(place, 1, Duration.ofMillis(50));
        for (long id = 0; id < 200; id++) {
            commit(pipeline, id);
            announce(pipeline, writer(id + 1_000));
        }
        pause(pipeline);
        Random random = Seed.random(JournalTest.class);
        for (int round = 0; round < 30; round++) {
            Path left = crash(place);
            damage(left, random);

            List<AuditEvent> told = recovered(left);

            List<Long> keys = keys(told);
            assertThat(keys).as("round " + round).doesNotHaveDuplicates();
            assertThat(keys).as("round " + round).allMatch(key -> key < 200 || (key >= 1_000 && key < 1_200));
            if (keys.size() < 400) {
                assertThat(gaps(told)).as("round " + round).isNotEmpty();
            }
        }
    }

    private static void damage(Path left, Random random) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(ring(left).toFile(), "rw")) {
            if (random.nextInt(4) == 0) {
                bytes.setLength(random.nextInt(8, (int) bytes.length()));
                return;
            }
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                long at = random.nextInt(4) == 0
                        ? random.nextInt((int) bytes.length())
                        : bytes.length() - 1 - random.nextInt(CAPACITY);
                bytes.seek(at);
                int was = bytes.read();
                bytes.seek(at);
                bytes.write(was ^ 1 << random.nextInt(8));
            }
        }
    }

    @Test
    void aProcessThatDiesBeforeItsRingIsMadeLeavesNoGap() throws IOException {
        Path place = temporary.resolve("spool");
        Random random = Seed.random(JournalTest.class);
        try (Journal begun = Journal.open(place, 64 << 20, CAPACITY, 1)) {
            assertThat(begun.left()).hasSize(1);
            long length = Files.size(ring(place));
            for (long cut : new long[] {0, 20, random.nextLong(length), length}) {
                Path left = crash(place);
                try (RandomAccessFile file = new RandomAccessFile(ring(left).toFile(), "rw")) {
                    file.setLength(cut);
                }
                assertThat(recovered(left)).as("cut off at %d", cut).isEmpty();
            }
        }
    }

    private static Path ring(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".ring"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void twoProcessesShareADirectoryAndNoPlaceInIt() throws IOException {
        Path directory = temporary.resolve("shared");
        Pipeline one = start(directory, 1);
        Pipeline two = start(directory, 2);
        commit(one, 1);
        commit(two, 2);

        assertThat(one.flush(LONG)).isTrue();
        assertThat(two.flush(LONG)).isTrue();

        assertThat(keys(sink.events())).containsExactlyInAnyOrder(1L, 2L);
        assertThat(directory).isDirectoryContaining("glob:**/0").isDirectoryContaining("glob:**/1");
    }

    @Test
    void whatADeadProcessHasLeftInAnotherPlaceIsSentToo() throws IOException {
        Path directory = temporary.resolve("shared");
        sink.always(TestSink.NEVER);
        Pipeline one = start(directory, 1, Duration.ofMillis(50));
        Pipeline two = start(directory, 2, Duration.ofMillis(50));
        commit(one, 1);
        commit(two, 2);
        announce(two, writer(3));
        pause(one);
        pause(two);

        List<AuditEvent> told = recovered(crash(directory));

        assertThat(keys(told)).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    private Pipeline lookAfter(Path directory) throws IOException {
        sink = new TestSink();
        Journal left = Objects.requireNonNull(Journal.openLeft(directory, 64 << 20, 3));
        Limits limits = new Limits(1_000, 10, 2, LONG, false, false, LONG);
        Pipeline pipeline = new Pipeline(3, left, sink, limits, new AuditCounters());
        started.add(pipeline);
        return pipeline;
    }

    @Test
    void whoCapturesNothingSendsWhatDeadProcessesHaveLeftInAllPlaces() throws IOException {
        Path directory = temporary.resolve("shared");
        sink.always(TestSink.NEVER);
        Pipeline one = start(directory, 1, Duration.ofMillis(50));
        Pipeline two = start(directory, 2, Duration.ofMillis(50));
        commit(one, 1);
        commit(two, 2);
        announce(two, writer(3));
        pause(one);
        pause(two);
        Path left = crash(directory);

        Pipeline recovering = lookAfter(left);
        assertThat(recovering.leftovers().values()).contains(Set.of("shop"));
        recovering.register(new Source("shop", new Shapes(), null));
        await().atMost(LONG).until(() -> recovering.leftovers().isEmpty() && recovering.flush(LONG));
        recovering.close();

        assertThat(keys(sink.events())).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(rings(left)).isZero();
        assertThat(Journal.openLeft(left, 64 << 20, 4)).isNull();
        assertThat(left).isDirectoryNotContaining("glob:**/2");
    }

    @Test
    void whatALivingProcessHasIsNobodysElse() throws IOException {
        Path directory = temporary.resolve("shared");
        Pipeline living = start(directory, 1);
        commit(living, 1);

        assertThat(Journal.openLeft(directory, 64 << 20, 3)).isNull();

        assertThat(living.flush(LONG)).isTrue();
        assertThat(keys(sink.events())).containsExactly(1L);
    }

    @Test
    void aRingWhoseDataSourceNobodyKnowsStaysAndHoldsUpNoOther() throws IOException {
        Path directory = temporary.resolve("shared");
        sink.always(TestSink.NEVER);
        Pipeline one = start(directory, 1, Duration.ofMillis(50));
        Pipeline two = start(directory, 2, Duration.ofMillis(50));
        int elsewhere = one.register(new Source("elsewhere", new Shapes(), null));
        one.publisher().announce(elsewhere, writer(1), System.nanoTime(), false);
        announce(two, writer(2));
        pause(one);
        pause(two);
        Path left = crash(directory);

        Pipeline recovering = lookAfter(left);
        recovering.register(new Source("shop", new Shapes(), null));
        await().atMost(LONG).until(() -> recovering.leftovers().size() == 1 && recovering.flush(LONG));
        recovering.close();

        assertThat(keys(sink.events())).containsExactly(2L);
        assertThat(recovering.leftovers()).hasSize(1).containsValue(Set.of("elsewhere"));
        assertThat(recovering.leftovers().keySet()).allMatch(Files::exists);
    }

    /** Its mark is older than what lies in the spool: nothing behind it may be forgotten. */
    @Test
    void whatLiesBesideARingThatStaysIsNotForgotten() throws IOException {
        Path place = temporary.resolve("place");
        Pipeline first = start(place, 1);
        int elsewhere = first.register(new Source("elsewhere", new Shapes(), null));
        first.publisher().announce(elsewhere, writer(1), System.nanoTime(), false);
        pause(first);
        Path left = crash(place);

        sink = new TestSink();
        sink.always(TestSink.NEVER);
        Pipeline second = start(left, 2, Duration.ofMillis(50));
        commit(second, 2);
        pause(second);
        second.close();

        Pipeline third = lookAfter(left);
        third.register(new Source("shop", new Shapes(), null));
        third.register(new Source("elsewhere", new Shapes(), null));
        await().atMost(LONG).until(() -> third.leftovers().isEmpty() && third.flush(LONG));
        third.close();

        assertThat(keys(sink.events())).containsExactlyInAnyOrder(1L, 2L);
        assertThat(rings(left)).isZero();
    }
}
