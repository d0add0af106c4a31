package dev.afterimage.jmh.tpcb;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * What does auditing cost a real database? Runs TPC-B-like transactions on PostgreSQL: bare, with Afterimage, and with
 * what else keeps a trail, in turns, and prints rates, CPU and ratios. See {@link Options#USAGE}.
 */
public final class TpcbBenchmark {

    private static final Duration FIRST_LENGTH = Duration.ofSeconds(4);

    private final PrintStream out;
    private final Database database;
    private final Options options;
    private final List<Variant> variants;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> absent = new LinkedHashMap<>();
    private final RoundClock clock;

    private TpcbBenchmark(Database database, Options options, List<Variant> variants, PrintStream out) {
        this.database = database;
        this.options = options;
        this.variants = variants;
        this.out = out;
        this.clock = new RoundClock(options.limit(), System::nanoTime);
    }

    /** Runs the program. Exits with 1 if it cannot measure, with 2 if the arguments are wrong. */
    public static void main(String[] arguments) {
        int status = 1;
        try {
            run(Options.parse(arguments), Options.withoutPassword(arguments), System.out);
            status = 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            status = 2;
        } catch (Exception e) {
            LoggerFactory.getLogger(TpcbBenchmark.class).error("The benchmark has failed", e);
        }
        System.exit(status); // Debezium's threads would keep the JVM.
    }

    private static void run(Options options, String command, PrintStream out) throws Exception {
        out.println("Starting servers and filling tables ...");
        List<Variant> variants = Variants.of(options.variants(), options.files());
        try (Database database = database(options)) {
            try {
                new TpcbBenchmark(database, options, variants, out).run(command);
            } finally {
                variants.forEach(Variant::close);
            }
        }
    }

    private static Database database(Options options) throws SQLException {
        return options.url() == null
                ? Database.start(options.files(), options.scale())
                : Database.at(options.url(), options.user(), options.password(), options.scale());
    }

    private void run(String command) throws Exception {
        Plan plan = options.plan();
        warmUp(plan.conditions().get(plan.conditions().size() - 1));
        Measurement measurement = new Measurement(database, options.warmup(), options.length());
        int round = 1;
        while (round <= plan.rounds() && clock.hasTimeFor(plan.hasRivals(round))) {
            clock.begin();
            for (Condition condition : plan.conditions()) {
                for (Variant variant : plan.order(present(), round)) {
                    measure(measurement, variant, condition, round);
                }
            }
            clock.end(plan.hasRivals(round));
            round++;
        }
        report(plan, round - 1, command);
    }

    /** Classes are loaded and compiled, caches filled, before anything counts. The last condition is the fastest. */
    private void warmUp(Condition condition) throws Exception {
        out.println("Warming up: " + variants.stream().map(Variant::name).toList());
        Measurement first = new Measurement(database, options.warmup(), FIRST_LENGTH);
        for (Variant variant : variants) {
            measure(first, variant, condition, 0);
        }
        samples.clear();
    }

    private List<Variant> present() {
        return variants.stream()
                .filter(variant -> !absent.containsKey(variant.name()))
                .toList();
    }

    /** A rival that fails is left out from then on and named in the report; without the bare pool there is nothing. */
    private void measure(Measurement measurement, Variant variant, Condition condition, int round) throws Exception {
        try {
            Sample sample = measurement.measure(variant, condition, round);
            samples.add(sample);
            out.printf(
                    "  %s, round %d, %s: %,.0f transactions/s %s%n",
                    condition,
                    round,
                    variant.name(),
                    sample.perSecond(),
                    MarkdownTable.trail(variant, List.of(sample)));
        } catch (Exception e) {
            if (variant.kind() == Variant.Kind.RAW) {
                throw e;
            }
            absent.put(variant.name(), String.valueOf(e.getMessage()));
            out.println("  " + variant.name() + " is left out: " + e);
        }
    }

    private void report(Plan plan, int rounds, String command) throws Exception {
        Comparison comparison = new Comparison(variants, plan.conditions(), samples);
        ResultFiles results =
                new ResultFiles(comparison, Environment.describe(options, rounds, database, command), absent);
        List<String> goals = new Goals(comparison).lines();
        results.write(options.output(), goals);
        out.println();
        out.println(results.markdown());
        out.println("Chart and figures: " + options.output().resolve("tpcb.svg") + ", tpcb.json, tpcb.md");
        out.println();
        goals.forEach(out::println);
    }
}
