package dev.afterimage.jmh;

import dev.afterimage.jmh.ring.Ring;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long does an application's thread spend in {@code publish}? Under a pace, 100,000 records a second from each
 * producer in bursts of a millisecond, as applications work: there it shows whether the thread that begins a burst pays
 * for waking the consumer. Beside it the throughput without a pace, and what the consumer burns.
 *
 * <p>The pace is a timetable that does not wait for the ring: a producer that is held up publishes what it owes at once
 * afterwards, so a slow ring has no fewer records to publish than a fast one. What is measured is the call. Rings take
 * turns, each in a JVM of its own; the figures are medians over the rounds.
 *
 * <p>{@code java -cp benchmarks.jar dev.afterimage.jmh.RingLatency rounds=3 seconds=0.8}
 */
public final class RingLatency {

    private static final List<String> FIGURES =
            List.of("p50", "p99", "p999", "max", "consumerCpuPercent", "latePercent", "recordsPerSecond");

    private RingLatency() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.of(
                arguments,
                Map.of(
                        "rounds", "3",
                        "seconds", "0.8",
                        "rings", String.join(",", Ring.NAMES),
                        "producers", "1,2,4",
                        "lengths", "64,512"));
        Map<String, List<Map<String, String>>> results = new LinkedHashMap<>();
        for (int round = 1; round <= options.number("rounds"); round++) {
            for (String length : options.list("lengths")) {
                for (String producers : options.list("producers")) {
                    for (String ring : options.list("rings")) {
                        List<String> cell = List.of("ring=" + ring, "producers=" + producers, "length=" + length);
                        results.computeIfAbsent(String.join(" ", cell), key -> new ArrayList<>())
                                .add(trial(cell, options));
                    }
                }
            }
            System.err.println("round " + round + " of " + options.number("rounds"));
        }
        print(results);
    }

    private static Map<String, String> trial(List<String> cell, Options options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(cell);
        arguments.add("seconds=" + options.text("seconds"));
        return Child.run(RingTrial.class, List.of(Ring.EXPORTS, "-Xms1g", "-Xmx1g"), arguments)
                .get(0);
    }

    private static void print(Map<String, List<Map<String, String>>> results) {
        System.out.println(
                "| bytes | producers | ring | p50 ns | p99 ns | p99.9 ns | longest ns | consumer, % of a core"
                        + " | bursts over 1 ms late, % | without pace, records/s |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        results.forEach((cell, rounds) -> {
            Map<String, String> names = rounds.get(0);
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT, "| %s | %s | %s |", names.get("length"), names.get("producers"), names.get("ring")));
            for (String figure : FIGURES) {
                String form = figure.endsWith("Percent") ? " %.1f |" : " %,.0f |";
                line.append(String.format(Locale.ROOT, form, Child.median(rounds, figure)));
            }
            System.out.println(line);
        });
        results.forEach((cell, rounds) -> {
            StringBuilder line = new StringBuilder("result program=RingLatency ").append(cell);
            for (String figure : FIGURES) {
                line.append(String.format(Locale.ROOT, " %s=%.3f", figure, Child.median(rounds, figure)));
            }
            System.out.println(line);
        });
    }
}
