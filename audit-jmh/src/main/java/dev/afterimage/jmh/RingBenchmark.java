package dev.afterimage.jmh;

import dev.afterimage.jmh.ring.Ring;
import dev.afterimage.jmh.ring.RingDrive;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many records a second go through a ring when its producers do nothing else, all of them received? An operation is
 * one record. See {@link RingLatency} for what an application feels: it does not publish all the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {Ring.EXPORTS, "-Xms1g", "-Xmx1g"})
public class RingBenchmark {

    private static final int RECORDS = 400_000;

    @Param({
        "afterimage",
        "jctools",
        "agrona",
        "disruptor-blocking",
        "disruptor-sleeping",
        "disruptor-yielding",
        "array-blocking-queue"
    })
    public String ring;

    @Param({"1", "2", "4"})
    public int producers;

    /** Bytes of a record. */
    @Param({"64", "512"})
    public int length;

    private RingDrive drive;

    @Setup
    public void start() {
        drive = new RingDrive(ring, producers, length);
    }

    @TearDown
    public void stop() {
        drive.close();
    }

    /** From the first publication until the consumer has everything. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void saturated() throws InterruptedException {
        drive.saturate(RECORDS / producers);
    }
}
