package dev.afterimage.jmh.tpcb;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that run transactions one after the other. */
final class Workload {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Recording recording;
    private final int scale;
    private final int threads;
    private final SplittableRandom seeds;
    private final AtomicLong historyIds = new AtomicLong();

    Workload(Recording recording, int scale, int threads, long seed) {
        this.recording = recording;
        this.scale = scale;
        this.threads = threads;
        this.seeds = new SplittableRandom(seed);
    }

    /**
     * What was done.
     *
     * @param transactions committed transactions
     * @param nanos time from the first thread's start to the last one's end
     * @param workerCpuNanos CPU time of the application's threads
     */
    record Done(long transactions, long nanos, long workerCpuNanos) {

        double perSecond() {
            return transactions * 1e9 / nanos;
        }
    }

    /** Runs transactions for a time; the last one of each thread may end a little later. */
    Done run(Duration time) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<Done>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Transaction transaction =
                        new Transaction(recording.dataSource(), recording.outbox(), scale, seeds.split(), historyIds);
                workers.add(executor.submit(() -> work(transaction, start, time.toNanos())));
            }
            Done all = new Done(0, 0, 0);
            for (Future<Done> worker : workers) {
                all = together(all, worker.get());
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }

    private static Done work(Transaction transaction, long start, long nanos) throws Exception {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long count = 0;
        long now;
        do {
            transaction.run();
            count++;
            now = System.nanoTime();
        } while (now - start < nanos && !Thread.currentThread().isInterrupted());
        return new Done(count, now - start, THREADS.getCurrentThreadCpuTime() - cpu);
    }

    private static Done together(Done one, Done other) {
        return new Done(
                one.transactions + other.transactions,
                Math.max(one.nanos, other.nanos),
                one.workerCpuNanos + other.workerCpuNanos);
    }
}
