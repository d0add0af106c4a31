package dev.afterimage.jmh.ratio;

import dev.afterimage.jmh.WorkerProfiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows, in the order of the tables. A new suite adds a method here, and its rows to {@link #all}. */
final class Rows {

    /** Bytes; the half is for what the measuring itself allocates now and then. */
    private static final double WHOLE_ROUND = 400.5;

    private static final String MEMORY = "afterimage-memory";
    private static final String PROCESS = "afterimage";
    private static final String[] CAPTURING = {"p6spy", "datasource-proxy", "opentelemetry"};

    /** Less than a byte in an operation is not the operation's: the JVM's own work lands on its threads now and then. */
    private static final double ZERO = 1;

    /** Bytes: a header and five references, and what is not the operation's. */
    private static final double ONE_SMALL_OBJECT = 32 + ZERO;

    /** A thread whose time is over still has to be given a processor, of which there are fewer than threads. */
    private static final double SCHEDULED = 1.1;

    private Rows() {}

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(applicationThread());
        rows.addAll(PartRows.rings());
        rows.addAll(PartRows.analysers());
        rows.addAll(PartRows.pipeline());
        rows.addAll(PartRows.startup());
        rows.addAll(slowSink());
        return List.copyOf(rows);
    }

    /**
     * What the application's thread pays, beside those that capture parameters as well: with durability {@code memory}, as
     * no peer keeps anything longer, and with the default, which outlives the process.
     */
    private static List<Row> applicationThread() {
        String update = "UPDATE with 3 parameters and commit";
        String round = "whole round, connection to close";
        return List.of(
                cpu(update, MEMORY, "update", Goal.atMostOfBest(1.0 / 4), CAPTURING),
                alloc(update, MEMORY, "update", Goal.atMost(ZERO), CAPTURING),
                cpu(round, MEMORY, "round", Goal.atMostOfBest(1.0 / 3), CAPTURING),
                alloc(round, MEMORY, "round", Goal.atMost(WHOLE_ROUND), CAPTURING),
                // OpenTelemetry records nothing of a batch's rows.
                cpu("row in a batch of 100", MEMORY, "batch", Goal.atMostOfBest(1.0 / 5), "p6spy", "datasource-proxy"),
                alloc("row in a batch of 100", MEMORY, "batch", Goal.atMost(10), "p6spy", "datasource-proxy"),
                cpu("SELECT, 10 rows read", MEMORY, "select", Goal.atMostOver(30), "raw"),
                alloc("SELECT, 10 rows read", MEMORY, "select", Goal.atMostOver(ONE_SMALL_OBJECT), "raw"),
                cpu(update + ", outliving the process", PROCESS, "update", Goal.atMostOfBest(1), CAPTURING),
                alloc(update + ", outliving the process", PROCESS, "update", Goal.atMost(ZERO), CAPTURING),
                cpu(round + ", outliving the process", PROCESS, "round", Goal.atMostOfBest(1), CAPTURING));
    }

    private static Row cpu(String name, String ours, String work, Goal goal, String... rivals) {
        return applicationThread(name + ": CPU", ours, WorkerProfiler.CPU, "ns", work, goal, rivals);
    }

    private static Row alloc(String name, String ours, String work, Goal goal, String... rivals) {
        return applicationThread(name + ": allocated", ours, WorkerProfiler.ALLOC, "B", work, goal, rivals);
    }

    private static Row applicationThread(
            String name, String ours, String metric, String unit, String work, Goal goal, String... rivals) {
        String benchmark = "ApplicationThreadBenchmark." + work;
        List<Contender> others = new ArrayList<>();
        for (String rival : rivals) {
            others.add(wrapper(rival, benchmark));
        }
        return new Row(name, metric, unit, goal, wrapper(ours, benchmark), others);
    }

    private static Contender wrapper(String wrapper, String benchmark) {
        return new JmhContender(wrapper, benchmark, Map.of("wrapper", wrapper), 0);
    }

    private static List<Row> slowSink() {
        Contender slow = new SlowSinkContender();
        return List.of(
                new Row(
                        "8 threads, slow sink: longest hold, as a part of audit.overflow.wait",
                        SlowSinkContender.LONGEST,
                        "×",
                        Goal.atMost(SCHEDULED),
                        slow,
                        List.of()),
                new Row(
                        "8 threads, slow sink: transactions not accounted for",
                        SlowSinkContender.UNACCOUNTED,
                        "",
                        Goal.atMost(0),
                        slow,
                        List.of()));
    }
}
