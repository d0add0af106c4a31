package dev.afterimage.jmh.tpcb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the program was asked for.
 *
 * @param variants names in the order of the table; empty for all
 */
record Options(
        List<Integer> threads,
        List<Boolean> fsync,
        int rounds,
        Duration limit,
        int rivalsEvery,
        Duration length,
        Duration warmup,
        int scale,
        List<String> variants,
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        Path files,
        Path output) {

    static final String USAGE = """
            Usage: java -cp audit-jmh/target/benchmarks.jar dev.afterimage.jmh.tpcb.TpcbBenchmark [option ...]

              --short              8 minutes: 2 and 8 threads, 3 seconds each, only what keeps a trail;
                                   with --variants 5 minutes
              --threads 1,2,8      application threads, a table for each number
              --fsync on,off       whether a commit waits for the disk; off is synchronous_commit=off
              --rounds 7           measurements of each variant in each table
              --minutes 120        no round is begun that would probably end later
              --rivals-every 1     rivals take part in each such round only
              --seconds 5          length of a measurement
              --warmup 2           seconds before it
              --scale 10           branches; 100,000 accounts each
              --variants a,b       only these (and raw): %s
              --url URL            a PostgreSQL of yours instead of one of its own; the schema tpcb_benchmark must not exist
              --user, --password   for it
              --files DIR          where servers of its own keep their files, which decides what an fsync costs
              --output DIR         where tpcb.md, tpcb.svg and tpcb.json go
            """.formatted(String.join(", ", Variants.NAMES));

    private static final Set<String> KEYS = Set.of(
            "--threads",
            "--fsync",
            "--rounds",
            "--minutes",
            "--rivals-every",
            "--seconds",
            "--warmup",
            "--scale",
            "--variants",
            "--url",
            "--user",
            "--password",
            "--files",
            "--output");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with one sentence for the user
     */
    static Options parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        boolean quick = false;
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        while (!rest.isEmpty()) {
            String key = rest.remove();
            if (key.equals("--short")) {
                quick = true;
            } else if (KEYS.contains(key) && !rest.isEmpty()) {
                given.put(key, rest.remove());
            } else {
                throw new IllegalArgumentException(
                        KEYS.contains(key) ? key + " needs a value" : "Unknown option " + key);
            }
        }
        return of(given, quick);
    }

    /** The command line as it may be written down. */
    static String withoutPassword(String... arguments) {
        List<String> shown = new ArrayList<>(List.of(arguments));
        int key = shown.indexOf("--password");
        if (key >= 0 && key + 1 < shown.size()) {
            shown.set(key + 1, "***");
        }
        return String.join(" ", shown);
    }

    private static Options of(Map<String, String> given, boolean quick) {
        return new Options(
                list(given.getOrDefault("--threads", quick ? "2,8" : "1,2,8")).stream()
                        .map(text -> number("--threads", text))
                        .toList(),
                list(given.getOrDefault("--fsync", "on,off")).stream()
                        .map(Options::onOrOff)
                        .toList(),
                number("--rounds", given.getOrDefault("--rounds", quick ? "4" : "7")),
                Duration.ofMinutes(
                        number("--minutes", given.getOrDefault("--minutes", quick ? quickMinutes(given) : "120"))),
                number("--rivals-every", given.getOrDefault("--rivals-every", quick ? "2" : "1")),
                seconds("--seconds", given.getOrDefault("--seconds", quick ? "3" : "5")),
                seconds("--warmup", given.getOrDefault("--warmup", quick ? "1" : "2")),
                number("--scale", given.getOrDefault("--scale", "10")),
                variants(given.get("--variants"), quick),
                given.get("--url"),
                given.get("--user"),
                given.get("--password"),
                Path.of(given.getOrDefault("--files", System.getProperty("java.io.tmpdir"))),
                Path.of(given.getOrDefault("--output", "audit-jmh/results")));
    }

    private static String quickMinutes(Map<String, String> given) {
        return given.containsKey("--variants") ? "5" : "8";
    }

    private static List<String> variants(@Nullable String given, boolean quick) {
        if (given == null) {
            return quick ? Variants.WITH_TRAIL : Variants.COMPARED;
        }
        List<String> wanted = list(given);
        if (!Variants.NAMES.containsAll(wanted)) {
            throw new IllegalArgumentException("--variants " + given + ": known are " + Variants.NAMES);
        }
        return wanted;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).map(String::trim).toList();
    }

    private static boolean onOrOff(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("--fsync takes on and off, not " + text);
        };
    }

    private static Duration seconds(String key, String text) {
        return Duration.ofSeconds(number(key, text));
    }

    private static int number(String key, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(key + " takes whole numbers from 1, not " + text);
    }

    Plan plan() {
        return new Plan(
                fsync.stream()
                        .flatMap(durable -> threads.stream().map(number -> new Condition(number, durable)))
                        .toList(),
                rounds,
                Math.min(rivalsEvery, rounds));
    }
}
