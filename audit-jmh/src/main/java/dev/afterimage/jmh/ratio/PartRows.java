package dev.afterimage.jmh.ratio;

import dev.afterimage.jmh.PipelineRate;
import dev.afterimage.jmh.PipelineTrial;
import dev.afterimage.jmh.PlanBytes;
import dev.afterimage.jmh.RingTrial;
import dev.afterimage.jmh.WorkerProfiler;
import dev.afterimage.jmh.ring.Ring;
import dev.afterimage.jmh.sql.Analyser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of single parts: ring, analyser, background thread, start. */
final class PartRows {

    private static final String OURS = "afterimage";

    /** Where the shared texts are; without it the few that come along. */
    private static final String CORPUS = System.getProperty("corpus", "");

    /** Between two rings on two cores less than this is chance. */
    private static final double LEVEL = 0.05;

    private static final String HEAP = "-Xmx512m";
    private static final String SMALL_HEAP = "-Xmx128m";

    private PartRows() {}

    /** Each ring in each of six situations: one run gives both rows. */
    static List<Row> rings() {
        List<Row> rows = new ArrayList<>();
        for (int length : new int[] {64, 512}) {
            for (int producers : new int[] {1, 2, 4}) {
                List<Contender> rivals = new ArrayList<>();
                for (String ring : Ring.NAMES.subList(1, Ring.NAMES.size())) {
                    rivals.add(ring(ring, producers, length));
                }
                Contender ours = ring(OURS, producers, length);
                String work = "ring, " + producers + " producers, " + length + " B: ";
                rows.add(new Row(
                        work + "throughput", "recordsPerSecond", "/s", Goal.atLeastOfBest(1 - LEVEL), ours, rivals));
                rows.add(new Row(work + "p99 of publish", "p99", "ns", Goal.atMostOfBest(1 + LEVEL), ours, rivals));
            }
        }
        return rows;
    }

    private static Contender ring(String ring, int producers, int length) {
        return new ChildContender(
                ring,
                RingTrial.class,
                List.of(Ring.EXPORTS, "-Xms1g", "-Xmx1g"),
                List.of("ring=" + ring, "producers=" + producers, "length=" + length, "seconds=0.4"));
    }

    /** Each analyser on the texts that it understands itself; the long form is about those that all understand. */
    static List<Row> analysers() {
        Contender planBytes = new ChildContender(OURS, PlanBytes.class, List.of(), List.of("corpus=" + CORPUS));
        return List.of(
                analyser("new text: median", "p0.50", "ns", "all", Goal.atMost(2000)),
                analyser("new text under 100 characters: median", "p0.50", "ns", "short", Goal.atMost(500)),
                analyser("new text: allocated, mean", WorkerProfiler.ALLOC, "B", "all", Goal.atMostOfBest(1)),
                new Row(
                        "new text: allocated beyond the plan, median",
                        "beyondMedian",
                        "B",
                        Goal.atMost(0),
                        planBytes,
                        List.of()));
    }

    private static Row analyser(String name, String metric, String unit, String texts, Goal goal) {
        List<Contender> rivals = new ArrayList<>();
        for (String rival : Analyser.NAMES.subList(1, Analyser.NAMES.size())) {
            rivals.add(analyser(rival, texts));
        }
        return new Row(name, metric, unit, goal, analyser(OURS, texts), rivals);
    }

    private static Contender analyser(String analyser, String texts) {
        Map<String, String> parameters =
                Map.of("analyser", analyser, "texts", texts, "leftOut", "own", "corpus", CORPUS);
        return new JmhContender(analyser, "AnalyserBenchmark.analyse", parameters, 0);
    }

    static List<Row> pipeline() {
        return List.of(
                alone(
                        "background thread, null sink: changes per CPU second, collector included",
                        "changesPerProcessCpuSecond",
                        Goal.atLeast(200_000),
                        new ChildContender(
                                OURS, PipelineTrial.class, List.of(HEAP), List.of("warmUpSeconds=3", "seconds=2"))),
                alone(
                        "background thread, real broker: changes per second",
                        "changesPerSecond",
                        Goal.atLeast(100_000),
                        new ChildContender(
                                OURS,
                                PipelineRate.class,
                                List.of(),
                                List.of("parts=kafka", "shapes=single", "rounds=1", "seconds=2"))),
                memory("batches of short values", "rows=100", "bytes=8"),
                memory("values of 100 B", "rows=1", "bytes=100"),
                memory("values of 1 MB", "rows=1", "bytes=1000000"));
    }

    private static Row memory(String what, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("delayMillis=50", "warmUpSeconds=1", "seconds=1"));
        return alone(
                "slow sink, " + what + ": heap in use, delivers everything",
                "liveHeapMegabytes",
                Goal.atMost(128),
                new ChildContender(OURS, PipelineTrial.class, List.of(SMALL_HEAP), all));
    }

    private static Row alone(String name, String metric, Goal goal, Contender ours) {
        return new Row(name, metric, metric.endsWith("Megabytes") ? "MB" : "/s", goal, ours, List.of());
    }

    /** Over the bare driver. What Kafka's clients need for their configuration is a row of its own. */
    static List<Row> startup() {
        return List.of(
                startup("start and first change", OURS),
                startup("start and first change, with the Kafka sink", "kafka"));
    }

    private static Row startup(String name, String wrapper) {
        return new Row(name, JmhContender.SCORE, "us", Goal.atMostOver(50_000), start(wrapper), List.of(start("raw")));
    }

    private static Contender start(String wrapper) {
        return JmhContender.cold(wrapper, "StartupBenchmark.firstChange", Map.of("wrapper", wrapper));
    }
}
