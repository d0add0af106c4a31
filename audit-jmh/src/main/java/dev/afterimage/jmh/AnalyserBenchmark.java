package dev.afterimage.jmh;

import dev.afterimage.jmh.sql.Analyser;
import dev.afterimage.jmh.sql.Text;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a statement text cost that was never seen before? Each invocation reads the next of many texts, and each is
 * timed by itself, so {@code p0.50} is the median text; it includes reading the clock, some twenty nanoseconds. Run with
 * {@code -prof gc} for the bytes, which are a mean, and see {@link PlanBytes} for what of them is not the plan.
 *
 * <p>{@code -p corpus=} names a directory of {@code *.jsonl} or {@code *.jsonl.gz} files with {@code dialect} and
 * {@code sql}; the few statements that come along are enough to see that it works, and so few that a processor learns
 * them by heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AnalyserBenchmark {

    @Param({"afterimage", "druid", "jsqlparser"})
    public String analyser;

    /** {@code short}: those under a hundred characters. */
    @Param({"all", "short"})
    public String texts;

    /** Which texts are left out: those that any analyser does not understand, or only the measured one. */
    @Param({"any", "own"})
    public String leftOut;

    @Param("")
    public String corpus;

    private Analyser measured;
    private List<Text> read;
    private int next;

    @Setup
    public void read() throws IOException {
        measured = Analyser.of(analyser);
        List<Text> all = Text.read(corpus);
        read = Analyser.understood(
                texts.equals("short") ? Text.shortOf(all) : all,
                leftOut.equals("any") ? Analyser.NAMES : List.of(analyser));
    }

    /** The next text. */
    @Benchmark
    public Object analyse() throws Exception {
        next = next + 1 < read.size() ? next + 1 : 0;
        return measured.analyse(read.get(next));
    }
}
