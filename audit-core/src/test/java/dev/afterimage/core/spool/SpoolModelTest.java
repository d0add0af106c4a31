package dev.afterimage.core.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.codec.SampleEvents;
import dev.afterimage.core.codec.Seed;
import dev.afterimage.core.event.AuditEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random operations on a spool beside a queue in memory that does the same. */
class SpoolModelTest {

    private static final int ROUNDS = 20;
    private static final int STEPS = 600;
    private static final SpoolLosses NONE = (segment, events) -> {
        throw new AssertionError("lost " + events + " of " + segment);
    };

    @TempDir
    private Path temporary;

    private final List<AuditEvent> unsettled = new ArrayList<>();
    private int read;
    private final Deque<long[]> given = new ArrayDeque<>();

    @Test
    void itDoesWhatTheQueueDoes() throws IOException {
        Random random = Seed.random(SpoolModelTest.class);
        for (int round = 0; round < ROUNDS; round++) {
            unsettled.clear();
            given.clear();
            read = 0;
            run(random, temporary.resolve("spool" + round));
        }
    }

    private void run(Random random, Path directory) throws IOException {
        SampleEvents sample = new SampleEvents(random);
        long max = 20_000L + random.nextInt(200_000);
        Spool spool = Spool.open(directory, max);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(20)) {
                case 0 -> {
                    spool = random.nextBoolean() ? restarted(spool, max) : killed(spool, max);
                    read = 0;
                    given.clear();
                }
                case 1, 2, 3, 4, 5, 6, 7 -> append(spool, sample.events(1 + random.nextInt(30)));
                case 8 -> {
                    if (spool.isDrained() && append(spool, sample.events(3))) {
                        spool.skipToEnd();
                        read = unsettled.size();
                        given.add(new long[] {spool.position(), read});
                    }
                }
                case 9, 10, 11, 12, 13 -> read(spool, 1 + random.nextInt(40));
                default -> settle(spool);
            }
            assertThat(spool.events()).isEqualTo(unsettled.size());
            assertThat(spool.isDrained()).isEqualTo(read == unsettled.size());
            assertThat(spool.bytes()).isLessThanOrEqualTo(max);
        }
        spool.close();
    }

    private static Spool restarted(Spool spool, long max) throws IOException {
        spool.close();
        return Spool.open(spool.directory(), max);
    }

    /** A process that is killed closes nothing: what the next one finds is the files as they are now. */
    private static Spool killed(Spool spool, long max) throws IOException {
        Path copy = spool.directory().resolveSibling(spool.directory().getFileName() + "x");
        Files.createDirectory(copy);
        try (Stream<Path> files = Files.list(spool.directory())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        spool.close();
        return Spool.open(copy, max);
    }

    private boolean append(Spool spool, List<AuditEvent> events) throws IOException {
        boolean taken = spool.append(events);
        if (taken) {
            unsettled.addAll(events);
        }
        return taken;
    }

    private void read(Spool spool, int most) throws IOException {
        List<AuditEvent> events = spool.read(most, NONE);
        assertThat(events).isEqualTo(unsettled.subList(read, Math.min(unsettled.size(), read + most)));
        read += events.size();
        given.add(new long[] {spool.position(), read});
    }

    /** As much as one of the earlier readings. */
    private void settle(Spool spool) throws IOException {
        long[] mark = given.poll();
        if (mark != null) {
            spool.settle(mark[0]);
            int settled = (int) mark[1];
            unsettled.subList(0, settled).clear();
            read -= settled;
            given.forEach(later -> later[1] -= settled);
        }
    }
}
