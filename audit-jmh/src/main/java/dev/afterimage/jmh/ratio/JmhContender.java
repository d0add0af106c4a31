package dev.afterimage.jmh.ratio;

import dev.afterimage.jmh.WorkerProfiler;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One benchmark with its parameters, run in a JVM of its own.
 *
 * @param benchmark class and method, {@code RingBenchmark.publish}
 * @param parameters by their names
 * @param threads 0 for what the benchmark itself says
 * @param cold whether the first call of a JVM is what is measured
 */
record JmhContender(String name, String benchmark, Map<String, String> parameters, int threads, boolean cold)
        implements Contender {

    /** The metric that is the benchmark's score, whatever its mode. */
    static final String SCORE = "score";

    private static final TimeValue WARM_UP = TimeValue.milliseconds(1000);
    private static final TimeValue MEASUREMENT = TimeValue.milliseconds(500);
    private static final int WARM_UPS = 5;
    private static final int MEASUREMENTS = 3;
    private static final int COLD_FORKS = 3;

    JmhContender {
        parameters = Map.copyOf(parameters);
    }

    /** A benchmark of code that is warm. */
    JmhContender(String name, String benchmark, Map<String, String> parameters, int threads) {
        this(name, benchmark, parameters, threads, false);
    }

    /** A benchmark of a first call; the mean of a few. */
    static JmhContender cold(String name, String benchmark, Map<String, String> parameters) {
        return new JmhContender(name, benchmark, parameters, 0, true);
    }

    @Override
    public String key() {
        return benchmark + parameters + (threads == 0 ? "" : "x" + threads);
    }

    @Override
    public Map<String, Double> measure() throws MeasurementFailedException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + benchmark.replace(".", "\\.") + "$")
                .forks(cold ? COLD_FORKS : 1)
                .warmupIterations(cold ? 0 : WARM_UPS)
                .warmupTime(WARM_UP)
                .measurementIterations(cold ? 1 : MEASUREMENTS)
                .measurementTime(MEASUREMENT)
                .addProfiler(WorkerProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        if (threads > 0) {
            options.threads(threads);
        }
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            if (results.size() != 1) {
                throw new MeasurementFailedException(key() + " has " + results.size() + " results", null);
            }
            return figures(results.iterator().next());
        } catch (RunnerException e) {
            throw new MeasurementFailedException(key(), e);
        }
    }

    /** The score, and the secondary results by their names: {@code cpu}, or {@code publish:p0.99} as {@code p0.99}. */
    private static Map<String, Double> figures(RunResult result) {
        Map<String, Double> figures = new HashMap<>();
        figures.put(SCORE, result.getPrimaryResult().getScore());
        result.getSecondaryResults()
                .forEach((label, secondary) ->
                        figures.put(label.substring(label.lastIndexOf(':') + 1), secondary.getScore()));
        return figures;
    }
}
