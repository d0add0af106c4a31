package dev.afterimage.jmh;

import dev.afterimage.kafka.fixture.ChildBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How much does the background thread get through? A producer keeps the ring full; changes are counted when the sink has
 * them. Each run has a JVM of its own, and fails unless everything published was delivered.
 *
 * <p>Into a sink that does nothing: changes for each second of CPU, of the thread alone and of the whole process but the
 * producer (so the collector's work counts too). Into a real broker in a process of its own: changes for each second of
 * the clock, with the CPU of both processes, and the broker is asked afterwards how many records it has. And with values
 * from 100 B to 1 MB before a sink that takes its time: whether a small heap is enough for all, and what remains in use,
 * which is the more the less the collector has to do; where the heap is not enough, the run does not end well.
 *
 * <p>{@code java -cp benchmarks.jar dev.afterimage.jmh.PipelineRate rounds=3 seconds=3}
 */
public final class PipelineRate {

    /** More than the topic has. */
    private static final int PARTITIONS = 6;

    private static final String SLOW_SINK_MILLIS = "50";

    /** Statements in a transaction and rows of each. */
    private static final Map<String, List<String>> SHAPES = Map.of(
            "single", List.of("statements=1", "rows=1"),
            "ten", List.of("statements=10", "rows=1"),
            "batch", List.of("statements=1", "rows=100"));

    private final Options options;

    private PipelineRate(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        PipelineRate rate = new PipelineRate(Options.of(
                arguments,
                Map.of(
                        "rounds", "3",
                        "seconds", "2",
                        "kafkaWarmUpSeconds", "5",
                        "parts", "null,kafka,memory",
                        "shapes", "single,ten,batch",
                        "bytes", "100,1000,10000,100000,1000000",
                        "heap", "512m",
                        "smallHeap", "128m")));
        for (String part : rate.options.list("parts")) {
            switch (part) {
                case "null" -> rate.nullSink();
                case "kafka" -> rate.kafka();
                case "memory" -> rate.memory();
                default -> throw new IllegalArgumentException("part=" + part);
            }
        }
    }

    private void nullSink() throws IOException, InterruptedException {
        System.out.println(
                "| null sink, transactions of | changes/s | per CPU second of the thread | of the process but the"
                        + " producer | B allocated per change |");
        System.out.println("|---|---|---|---|---|");
        for (String shape : options.list("shapes")) {
            List<Map<String, String>> results = new ArrayList<>();
            for (int round = 0; round < options.number("rounds"); round++) {
                results.add(trial(SHAPES.get(shape), List.of(), "heap", options.text("seconds")));
            }
            print(
                    "part=null shape=" + shape,
                    shape,
                    results,
                    List.of(
                            "changesPerSecond",
                            "changesPerThreadCpuSecond",
                            "changesPerProcessCpuSecond",
                            "allocatedBytesPerChange"));
        }
    }

    private void kafka() throws IOException, InterruptedException, ExecutionException {
        System.out.println(
                "| real broker, transactions of | changes/s | CPU us per change, background thread | process but the"
                        + " producer | broker |");
        System.out.println("|---|---|---|---|---|");
        Map<String, List<Map<String, String>>> results = new LinkedHashMap<>();
        try (ChildBroker broker = ChildBroker.open()) {
            kafkaRound(broker, "single", "warm-up"); // The broker's own code is cold too.
            for (int round = 0; round < options.number("rounds"); round++) {
                for (String shape : options.list("shapes")) {
                    results.computeIfAbsent(shape, key -> new ArrayList<>())
                            .add(kafkaRound(broker, shape, Integer.toString(round)));
                }
            }
        }
        results.forEach((shape, rounds) -> print(
                "part=kafka shape=" + shape,
                shape,
                rounds,
                List.of(
                        "changesPerSecond",
                        "pipelineCpuMicrosPerChange",
                        "processCpuMicrosPerChange",
                        "brokerCpuMicrosPerChange")));
    }

    private Map<String, String> kafkaRound(ChildBroker broker, String shape, String round)
            throws IOException, InterruptedException, ExecutionException {
        String topic = "changes-" + shape + "-" + round;
        List<String> target = List.of("servers=" + broker.bootstrapServers(), "topic=" + topic);
        Duration before = cpuOfChildren();
        Map<String, String> result = trial(SHAPES.get(shape), target, "heap", options.text("kafkaWarmUpSeconds"));
        double micros = cpuOfChildren().minus(before).toNanos() / 1e3;
        long changes = Long.parseLong(result.get("changes"));
        long records = recordsIn(topic, broker.bootstrapServers());
        if (records < changes) {
            throw new IllegalStateException("topic " + topic + " has " + records + " records of " + changes);
        }
        result.put("brokerCpuMicrosPerChange", Double.toString(micros / changes));
        return result;
    }

    /** Of the broker, which is the only child between two runs. */
    private static Duration cpuOfChildren() {
        return ProcessHandle.current()
                .children()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static long recordsIn(String topic, String servers) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private void memory() throws IOException, InterruptedException {
        System.out.println("| slow sink, bytes of a value, -Xmx" + options.text("smallHeap")
                + " | changes/s | heap in use after a collection, at most, MB |");
        System.out.println("|---|---|---|");
        // The most objects for the bytes of the ring: long batches of short values.
        slowSink("batch", "8");
        for (String bytes : options.list("bytes")) {
            slowSink("single", bytes);
        }
    }

    private void slowSink(String shape, String bytes) throws IOException, InterruptedException {
        List<String> slow = List.of("bytes=" + bytes, "delayMillis=" + SLOW_SINK_MILLIS);
        List<Map<String, String>> results =
                List.of(trial(SHAPES.get(shape), slow, "smallHeap", options.text("seconds")));
        print(
                "part=memory shape=" + shape + " bytes=" + bytes,
                bytes + " (" + shape + ")",
                results,
                List.of("changesPerSecond", "liveHeapMegabytes"));
    }

    private Map<String, String> trial(List<String> shape, List<String> more, String heap, String warmUpSeconds)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(shape);
        arguments.addAll(more);
        arguments.add("warmUpSeconds=" + warmUpSeconds);
        arguments.add("seconds=" + options.text("seconds"));
        return Child.run(PipelineTrial.class, List.of("-Xmx" + options.text(heap)), arguments)
                .get(0);
    }

    private static void print(String names, String label, List<Map<String, String>> results, List<String> figures) {
        StringBuilder row = new StringBuilder("| " + label + " |");
        StringBuilder line = new StringBuilder("result program=PipelineRate ").append(names);
        for (String figure : figures) {
            double median = Child.median(results, figure);
            row.append(String.format(Locale.ROOT, median < 100 ? " %.2f |" : " %,.0f |", median));
            line.append(String.format(Locale.ROOT, " %s=%.3f", figure, median));
        }
        System.out.println(row);
        System.out.println(line);
    }
}
