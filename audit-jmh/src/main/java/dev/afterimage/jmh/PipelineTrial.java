package dev.afterimage.jmh;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.jmh.pipeline.AccountUpdates;
import dev.afterimage.jmh.pipeline.DelayingSink;
import dev.afterimage.jmh.pipeline.LiveHeap;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One run of the background thread for {@link PipelineRate}. */
public final class PipelineTrial {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final AuditTrail trail;
    private final AccountUpdates accounts;
    private final long pipelineThread;

    private PipelineTrial(Options options) {
        trail = start(options);
        pipelineThread = threadId("afterimage-pipeline");
        accounts = new AccountUpdates(
                trail.pipeline().publisher(),
                trail.pipeline().register(new Source("bench", AccountUpdates.tables(), null)),
                options.number("statements"),
                options.number("rows"),
                "o".repeat(options.number("bytes")));
    }

    public static void main(String[] arguments) {
        Options options = Options.of(
                arguments,
                Map.of(
                        "servers", "",
                        "topic", "afterimage.changes",
                        "delayMillis", "0",
                        "statements", "1",
                        "rows", "1",
                        "bytes", "8",
                        "warmUpSeconds", "1",
                        "seconds", "1"));
        Map<String, Object> found = new LinkedHashMap<>();
        PipelineTrial trial = new PipelineTrial(options);
        LiveHeap heap = new LiveHeap();
        trial.publishFor(options.decimal("warmUpSeconds"));
        trial.settle();
        trial.measure(options.decimal("seconds"), found);
        trial.trail.close();
        found.put("liveHeapMegabytes", heap.peakMegabytes());
        Child.tell(found);
    }

    private static AuditTrail start(Options options) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "audit.overflow", "block",
                "audit.overflow.wait", "60s",
                "audit.kafka.topic", options.text("topic")));
        if (options.text("servers").isEmpty()) {
            return AuditTrail.start(AuditConfiguration.of(properties), new DelayingSink(options.number("delayMillis")));
        }
        properties.put("audit.kafka.bootstrap-servers", options.text("servers"));
        return AuditTrail.start(AuditConfiguration.of(properties));
    }

    private void publishFor(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            accounts.publish();
        }
    }

    /** From quiet to quiet: the thread works in rounds, and a count in the middle of one would be of the round before. */
    private void measure(double seconds, Map<String, Object> found) {
        long wall = System.nanoTime();
        long delivered = delivered();
        long pipeline = THREADS.getThreadCpuTime(pipelineThread);
        long allocated = THREADS.getThreadAllocatedBytes(pipelineThread);
        long process = SYSTEM.getProcessCpuTime() - THREADS.getCurrentThreadCpuTime();
        publishFor(seconds);
        settle();
        delivered = delivered() - delivered;
        wall = System.nanoTime() - wall;
        pipeline = THREADS.getThreadCpuTime(pipelineThread) - pipeline;
        allocated = THREADS.getThreadAllocatedBytes(pipelineThread) - allocated;
        process = SYSTEM.getProcessCpuTime() - THREADS.getCurrentThreadCpuTime() - process;
        found.put("changes", accounts.changes());
        found.put("changesPerSecond", delivered * 1e9 / wall);
        found.put("changesPerThreadCpuSecond", delivered * 1e9 / pipeline);
        found.put("changesPerProcessCpuSecond", delivered * 1e9 / process);
        found.put("pipelineCpuMicrosPerChange", pipeline / 1e3 / delivered);
        found.put("processCpuMicrosPerChange", process / 1e3 / delivered);
        found.put("allocatedBytesPerChange", (double) allocated / delivered);
    }

    private long delivered() {
        return trail.counters().snapshot().delivered();
    }

    /** Waits for the rest, and is content only if every change was delivered. */
    private void settle() {
        boolean quiet = trail.flush(PATIENCE);
        AuditCounters.Snapshot now = trail.counters().snapshot();
        if (!quiet || now.delivered() != accounts.changes() || now.droppedRecords() + now.failures() > 0) {
            throw new IllegalStateException("published " + accounts.changes() + " changes, but " + now);
        }
    }

    private static long threadId(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getId();
    }
}
