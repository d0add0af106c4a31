package dev.afterimage.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What the threads that run the benchmark have used, and no others: {@code cpu}, their processor time per operation, and
 * {@code alloc}, the bytes that they have allocated per operation.
 *
 * <p>{@code -prof gc} counts the background thread's bytes too; the score counts the time in which a thread only waited.
 * What the background thread uses is real, and belongs to another question (PipelineBenchmark).
 */
public final class WorkerProfiler implements InternalProfiler {

    /** Name of the result that holds processor time, in nanoseconds per operation. */
    public static final String CPU = "cpu";

    /** Name of the result that holds bytes per operation. */
    public static final String ALLOC = "alloc";

    private static final String WORKER = "-jmh-worker-";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private Used before = new Used(0, 0);

    /** What the workers have used since they began. */
    private record Used(long nanos, long bytes) {}

    @Override
    public String getDescription() {
        return "Processor time and allocated bytes of the benchmark's own threads, per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = used();
    }

    @Override
    @SuppressWarnings("rawtypes") // As JMH declares it.
    public Collection<? extends Result> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        Used after = used();
        // All operations: those while the threads wait for each other are in both numbers as well.
        double operations = result.getMetadata().getAllOps();
        return List.of(
                new ScalarResult(CPU, (after.nanos() - before.nanos()) / operations, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(ALLOC, (after.bytes() - before.bytes()) / operations, "B/op", AggregationPolicy.AVG));
    }

    /** JMH keeps its workers from the first iteration to the last, so that no thread's share is lost between two. */
    private Used used() {
        long[] workers = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().contains(WORKER))
                .mapToLong(thread -> thread.getThreadId())
                .toArray();
        return new Used(
                Arrays.stream(threads.getThreadCpuTime(workers)).sum(),
                Arrays.stream(threads.getThreadAllocatedBytes(workers)).sum());
    }
}
