package dev.afterimage.core.resolve;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Image;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No image that the trail claims differs from the truth once all facts have arrived. */
class TrailDerivationPropertyTest {

    private static final long SEED = Long.getLong("audit.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("audit.rounds", 200);

    /** How far an event may be from its place in the order of commits, and what the reads are like. */
    @ParameterizedTest(name = "disorder {0}, batches up to {1}, versions {2}, all fenced {3}")
    @CsvSource({
        "0, 1, true, true",
        "0, 12, true, true",
        "3, 4, true, true",
        "3, 4, false, true",
        "20, 5, true, false",
        "20, 5, false, false",
        "1000, 7, true, true",
        "1000, 7, false, false"
    })
    void claimsNothingUntrue(int disorder, int batch, boolean versions, boolean fenced) {
        System.out.println("TrailDerivationPropertyTest: -Daudit.seed=" + SEED);
        Map<Resolution, Integer> tally = new EnumMap<>(Resolution.class);
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            SimulatedDatabase database = new SimulatedDatabase(random, fenced);
            database.run(10 + random.nextInt(60));
            MemoryTrail trail = new MemoryTrail();
            deliver(database, trail, random, disorder, batch, versions);
            check(database, trail, round, tally);
        }
        System.out.println("  " + tally);
        assertThat(tally.get(Resolution.REPLICA)).isGreaterThan(ROUNDS);
        assertThat(tally).containsKeys(Resolution.CAPTURED, Resolution.COALESCED);
    }

    private static void deliver(
            SimulatedDatabase database, MemoryTrail trail, Random random, int disorder, int most, boolean versions) {
        List<Change> queue = disordered(database.published, random, disorder);
        List<Change> sent = new ArrayList<>();
        long reached = 0;
        for (int start = 0; start < queue.size(); ) {
            int end = Math.min(queue.size(), start + 1 + random.nextInt(most));
            List<Change> batch = new ArrayList<>(queue.subList(start, end));
            start = end;
            sent.addAll(batch);
            if (random.nextInt(5) == 0) {
                batch.add(sent.get(random.nextInt(sent.size())));
            }
            reached = Math.max(reached, positionOf(batch));
            if (random.nextInt(4) == 0) {
                reached = Math.max(reached, Math.min(database.end(), reached + random.nextInt(30)));
            }
            trail.apply(observed(database, batch, reached, random, versions));
        }
    }

    private static List<Change> disordered(List<Change> published, Random random, int disorder) {
        Map<Change, Integer> places = new HashMap<>();
        for (int i = 0; i < published.size(); i++) {
            places.put(published.get(i), i + random.nextInt(disorder + 1));
        }
        List<Change> queue = new ArrayList<>(published);
        if (disorder > 0) {
            Collections.shuffle(queue, random);
        }
        queue.sort(Comparator.comparing(places::get));
        return queue;
    }

    private static long positionOf(List<Change> batch) {
        long position = 0;
        for (Change change : batch) {
            Fence fence = change.fence();
            position = Math.max(position, fence == null ? 0 : fence.position());
        }
        return position;
    }

    /** Reads each row once per batch, as the resolver does; the read happens somewhere between its two positions. */
    private static List<ObservedChange> observed(
            SimulatedDatabase database, List<Change> batch, long reached, Random random, boolean versions) {
        Map<RowRef, Observation> reads = new HashMap<>();
        long at = reached + random.nextInt(4);
        long until = at + random.nextInt(4);
        List<ObservedChange> observed = new ArrayList<>();
        for (Change change : batch) {
            RowRef row = RowRef.after(change);
            if (row == null) {
                observed.add(new ObservedChange(change, null, null));
                continue;
            }
            @Nullable
            Observation seen = change.fence() == null
                    ? null
                    : reads.computeIfAbsent(row, any -> database.read(row, reached, at, until, versions));
            observed.add(new ObservedChange(change, SimulatedDatabase.tableOf(change), seen));
        }
        return observed;
    }

    private static void check(
            SimulatedDatabase database, MemoryTrail trail, int round, Map<Resolution, Integer> tally) {
        assertThat(trail.entries).hasSize(database.published.size());
        for (HistoryEntry entry : trail.entries.values()) {
            if (!entry.change().isRowLevel()) {
                continue;
            }
            SimulatedDatabase.Truth truth =
                    requireNonNull(database.truths.get(entry.change().id()));
            String what = "round %d, %s".formatted(round, entry);
            checkState(what, entry.before(), truth.before());
            checkState(what, entry.after(), truth.after());
            tally.merge(entry.resolution(), 1, Integer::sum);
        }
    }

    /** A claimed image may leave out what was masked, but nothing that it says may be untrue. */
    private static void checkState(String what, RowState claimed, @Nullable Image truth) {
        if (!claimed.isKnown()) {
            return;
        }
        Image image = claimed.image();
        if (truth == null || image == null) {
            assertThat(image).as(what).isEqualTo(truth);
        } else {
            assertThat(truth.columns()).as(what).containsAllEntriesOf(image.columns());
            assertThat(image.columns()).as(what).containsKeys("id", "a", "c");
        }
    }
}
