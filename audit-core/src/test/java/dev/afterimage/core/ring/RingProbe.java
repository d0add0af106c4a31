package dev.afterimage.core.ring;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Run by hand: what publishing costs the publishing thread.
 *
 * <p>Paced: each producer publishes a burst of 100 records, then pauses for a millisecond, as application threads do.
 * The latency is one {@code publish} between two reads of {@code System.nanoTime}, whose own price is printed first.
 * Saturated: each producer publishes as fast as it can, waiting for room. All records are drained in both.
 *
 * <pre>
 *   ./mvnw -q -B -pl audit-core -am test-compile
 *   java -cp audit-core/target/classes:audit-core/target/test-classes dev.afterimage.core.ring.RingProbe
 * </pre>
 */
final class RingProbe {

    private static final int CAPACITY = 4 << 20;
    private static final int BURST = 100;
    private static final int BURSTS = 2_000;
    private static final int SATURATED_RECORDS = 4_000_000;

    private RingProbe() {}

    public static void main(String[] args) throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            System.out.println(round == 0 ? "warm-up" : "measured");
            System.out.println("nanoTime alone: " + quantiles(timerOnly()));
            for (int length : new int[] {64, 512}) {
                for (int producers : new int[] {1, 2, 4}) {
                    paced(producers, length);
                    saturated(producers, length);
                }
            }
        }
    }

    private static void paced(int producers, int length) throws InterruptedException {
        long[][] nanos = new long[producers][BURST * BURSTS];
        byte[] record = new byte[length];
        long[] consumerCpu = new long[1];
        LongAdder full = new LongAdder();
        long elapsed = run(producers, consumerCpu, (ring, producer) -> {
            int n = 0;
            for (int burst = 0; burst < BURSTS; burst++) {
                for (int i = 0; i < BURST; i++) {
                    long start = System.nanoTime();
                    long claim = ring.publish(record, 0, length);
                    nanos[producer][n++] = System.nanoTime() - start;
                    if (claim < 0) {
                        full.increment();
                    }
                }
                LockSupport.parkNanos(1_000_000);
            }
        });
        System.out.printf(
                "paced      producers=%d length=%d: publish %s, consumer CPU %.1f %%, full %d times%n",
                producers, length, quantiles(nanos), 100.0 * consumerCpu[0] / elapsed, full.sum());
    }

    private static void saturated(int producers, int length) throws InterruptedException {
        byte[] record = new byte[length];
        int each = SATURATED_RECORDS / producers;
        long elapsed = run(producers, new long[1], (ring, producer) -> {
            for (int i = 0; i < each; i++) {
                while (ring.publish(record, 0, length, Long.MAX_VALUE) < 0) {
                    Thread.onSpinWait();
                }
            }
        });
        System.out.printf(
                "saturated  producers=%d length=%d: %.1f M records/s, all drained%n",
                producers, length, 1e3 * each * producers / elapsed);
    }

    private interface Producer {
        void run(RingBuffer ring, int producer);
    }

    /** Nanoseconds from the first publish to the last release. */
    private static long run(int producers, long[] consumerCpu, Producer producer) throws InterruptedException {
        RingBuffer ring = RingBuffer.allocate(CAPACITY);
        CountDownLatch start = new CountDownLatch(1);
        Thread consumer = new Thread(() -> {
            byte[] batch = new byte[4096];
            RecordHandler copy = (bytes, offset, length) -> bytes.get(offset, batch, 0, length);
            while (!ring.isClosed() || !ring.isEmpty()) {
                if (ring.drain(copy, 10_000, CAPACITY / 8) == 0) {
                    ring.nap();
                } else {
                    ring.release();
                }
            }
            consumerCpu[0] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        });
        consumer.start();
        Thread[] threads = new Thread[producers];
        for (int i = 0; i < producers; i++) {
            int number = i;
            threads[i] = new Thread(() -> {
                try {
                    start.await();
                    producer.run(ring, number);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            threads[i].start();
        }
        long begin = System.nanoTime();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        ring.close();
        consumer.join();
        return System.nanoTime() - begin;
    }

    private static long[] timerOnly() {
        long[] nanos = new long[BURST * BURSTS];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private static String quantiles(long[]... samples) {
        long[] sorted =
                Arrays.stream(samples).flatMapToLong(Arrays::stream).sorted().toArray();
        return String.format(
                "p50 %d ns, p99 %d ns, p99.9 %d ns",
                sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], sorted[sorted.length / 1000 * 999]);
    }
}
