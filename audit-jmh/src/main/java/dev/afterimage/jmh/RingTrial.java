package dev.afterimage.jmh;

import dev.afterimage.jmh.ring.Producer;
import dev.afterimage.jmh.ring.RingDrive;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One ring's turn in {@link RingLatency}: first without a pace, which also warms the code up, then with it. */
public final class RingTrial {

    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int BURST_RECORDS = 100;
    private static final int BURSTS_PER_SECOND = 1000;
    private static final int WAVE_RECORDS = 200_000;
    private static final int DIGITS = 3;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final RingDrive drive;
    private final int producers;
    private final Queue<Histogram> histograms = new ConcurrentLinkedQueue<>();
    private final LongAdder late = new LongAdder();

    private RingTrial(RingDrive drive, int producers) {
        this.drive = drive;
        this.producers = producers;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Options options =
                Options.of(arguments, Map.of("ring", "afterimage", "producers", "1", "length", "64", "seconds", "1"));
        int producers = options.number("producers");
        double seconds = options.decimal("seconds");
        try (RingDrive drive = new RingDrive(options.text("ring"), producers, options.number("length"))) {
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("ring", options.text("ring"));
            found.put("producers", producers);
            found.put("length", options.number("length"));
            new RingTrial(drive, producers).measure(seconds, found);
            Child.tell(found);
        }
    }

    private void measure(double seconds, Map<String, Object> found) throws InterruptedException {
        saturated(seconds / 2);
        found.put("recordsPerSecond", Math.round(saturated(seconds / 2)));
        int bursts = (int) (seconds * BURSTS_PER_SECOND);
        paced(bursts / 3 + 1);
        histograms.clear();
        late.reset();
        long cpu = threads.getThreadCpuTime(drive.consumer().getId());
        long begun = System.nanoTime();
        paced(bursts);
        double wall = System.nanoTime() - begun;
        cpu = threads.getThreadCpuTime(drive.consumer().getId()) - cpu;
        Histogram all = new Histogram(LONGEST_NANOS, DIGITS);
        histograms.forEach(all::add);
        found.put("p50", all.getValueAtPercentile(50));
        found.put("p99", all.getValueAtPercentile(99));
        found.put("p999", all.getValueAtPercentile(99.9));
        found.put("max", all.getMaxValue());
        found.put("consumerCpuPercent", 100 * cpu / wall);
        found.put("latePercent", 100.0 * late.sum() / bursts / producers);
    }

    private double saturated(double seconds) throws InterruptedException {
        long begun = System.nanoTime();
        long records = 0;
        long spent;
        do {
            drive.saturate(WAVE_RECORDS / producers);
            records += WAVE_RECORDS;
            spent = System.nanoTime() - begun;
        } while (spent < seconds * 1e9);
        return records * 1e9 / spent;
    }

    private void paced(int bursts) throws InterruptedException {
        long first = System.nanoTime() + BURST_NANOS;
        drive.run(bursts * BURST_RECORDS, producer -> {
            Histogram histogram = new Histogram(LONGEST_NANOS, DIGITS);
            for (int burst = 0; burst < bursts; burst++) {
                waitUntil(first + burst * BURST_NANOS);
                burst(producer, histogram);
            }
            histograms.add(histogram);
        });
    }

    private void waitUntil(long time) {
        long left = time - System.nanoTime();
        if (left < -BURST_NANOS) {
            late.increment();
        }
        for (; left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void burst(Producer producer, Histogram histogram) {
        for (int i = 0; i < BURST_RECORDS; i++) {
            producer.fill();
            long begun = System.nanoTime();
            producer.publish();
            histogram.recordValue(System.nanoTime() - begun);
        }
    }
}
