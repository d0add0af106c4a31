package dev.afterimage.jmh.ratio;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs the short form of the suites, and says of each row whether it is met. Every round measures every contender once, in
 * turn from the front and from the back, so that neither the machine's mood nor the order favours anybody.
 */
public final class Ratios {

    private final int rounds;
    private final List<Row> rows;
    private final Path results;
    private final List<Map<Contender, Map<String, Double>>> measured = new ArrayList<>();

    private Ratios(int rounds, List<Row> rows, Path results) {
        this.rounds = rounds;
        this.rows = rows;
        this.results = results;
    }

    /**
     * Runs them.
     *
     * @param arguments {@code --rounds N}, {@code --only REGEXP} for some of the rows by name, {@code --results DIRECTORY}
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> given = given(arguments);
        Pattern only = Pattern.compile(given.getOrDefault("--only", ""));
        List<Row> rows = Rows.all().stream()
                .filter(row -> only.matcher(row.name()).find())
                .toList();
        int rounds = Integer.parseInt(given.getOrDefault("--rounds", "3"));
        Path results = Path.of(given.getOrDefault("--results", "audit-jmh/results"));
        new Ratios(rounds, rows, results).run("ratios.sh " + String.join(" ", arguments));
    }

    private static Map<String, String> given(String[] arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!List.of("--rounds", "--only", "--results").contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        "Not understood: " + arguments[i] + ". Use --rounds N, --only REGEXP, --results DIRECTORY");
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        return given;
    }

    private void run(String command) throws IOException {
        long begun = System.nanoTime();
        List<Contender> contenders = new ArrayList<>(
                rows.stream().flatMap(Row::contenders).distinct().toList());
        for (int round = 1; round <= rounds; round++) {
            measured.add(measure(contenders, round));
            Collections.reverse(contenders);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun).truncatedTo(ChronoUnit.SECONDS);
        List<Outcome> outcomes =
                rows.stream().map(row -> Outcome.of(row, measured)).toList();
        System.out.println();
        machine().forEach((name, value) -> System.out.println(name + ": " + value));
        System.out.println("rounds: " + rounds + ", in " + took);
        System.out.println();
        System.out.println(Outcome.head());
        outcomes.forEach(outcome -> System.out.println(outcome.line()));
        System.out.println();
        System.out.println(write(command, outcomes));
    }

    private Map<Contender, Map<String, Double>> measure(List<Contender> contenders, int round) {
        Map<Contender, Map<String, Double>> figures = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            System.out.print("round " + round + "/" + rounds + " " + contender.key() + " … ");
            try {
                figures.put(contender, contender.measure());
                System.out.println(figures.get(contender));
            } catch (MeasurementFailedException e) { // One that fails must not cost the figures of all others.
                System.out.println("failed: " + e.getMessage() + ", " + e.getCause());
            }
        }
        return figures;
    }

    private static Map<String, Object> machine() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("machine", system.getName() + " " + system.getArch());
        machine.put("processors", system.getAvailableProcessors());
        machine.put("memory, MiB", system.getTotalMemorySize() >> 20);
        machine.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        return machine;
    }

    private Path write(String command, List<Outcome> outcomes) throws IOException {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("date", now + "Z");
        all.put("command", command);
        all.putAll(machine());
        all.put("rounds", rounds);
        all.put("rows", outcomes.stream().map(Ratios::summary).toList());
        all.put("runs", runs());
        Files.createDirectories(results);
        Path file = results.resolve("ratios-" + now.format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm")) + ".json");
        return Files.writeString(file, Json.of(all) + "\n");
    }

    private static Map<String, Object> summary(Outcome outcome) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("name", outcome.row().name());
        summary.put("metric", outcome.row().metric());
        summary.put("unit", outcome.row().unit());
        summary.put("ours", outcome.ours());
        summary.put("rival", outcome.best());
        summary.put("theirs", outcome.theirs());
        summary.put("held", outcome.held());
        summary.put("lowest", outcome.lowest());
        summary.put("highest", outcome.highest());
        summary.put("goal", outcome.row().goal().toString());
        summary.put("verdict", outcome.verdict());
        return summary;
    }

    private List<Object> runs() {
        List<Object> runs = new ArrayList<>();
        for (int round = 0; round < measured.size(); round++) {
            int number = round + 1;
            measured.get(round)
                    .forEach((contender, figures) ->
                            runs.add(Map.of("round", number, "contender", contender.key(), "figures", figures)));
        }
        return runs;
    }
}
