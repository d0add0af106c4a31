package dev.afterimage.jmh.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** A ring with its consumer and its producers, each on a thread of its own that lives as long as the drive. */
public final class RingDrive implements AutoCloseable {

    private final Ring ring;
    private final Tally tally;
    private final Thread consumer;
    private final List<Producer> producers = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * Starts the threads.
     *
     * @param name of the ring, see {@link Ring#NAMES}
     * @param length of each record in bytes, 24 or more
     */
    public RingDrive(String name, int producerCount, int length) {
        if (length < Tally.SHORTEST) {
            throw new IllegalArgumentException("length=" + length + " is under " + Tally.SHORTEST);
        }
        ring = Ring.of(name, length);
        tally = new Tally(producerCount, length);
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        };
        consumer = daemons.newThread(() -> ring.consume(tally));
        consumer.start();
        threads = Executors.newFixedThreadPool(producerCount, daemons);
        for (int i = 0; i < producerCount; i++) {
            producers.add(new Producer(ring, i, length));
        }
    }

    /** The consumer's thread, for its CPU time. */
    public Thread consumer() {
        return consumer;
    }

    /** Every producer publishes as fast as it can; returns when the consumer has everything. */
    public void saturate(int recordsEach) throws InterruptedException {
        run(recordsEach, producer -> {
            for (int i = 0; i < recordsEach; i++) {
                producer.fill();
                producer.publish();
            }
        });
    }

    /**
     * Runs something on every producer's thread; returns when the consumer has everything.
     *
     * @param recordsEach how many records it publishes on each
     * @throws IllegalStateException if a record was lost, doubled, out of order or torn
     */
    public void run(int recordsEach, Consumer<Producer> work) throws InterruptedException {
        tally.expect((long) recordsEach * producers.size());
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Producer producer : producers) {
            tasks.add(() -> {
                work.accept(producer);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
            try {
                done.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        tally.await();
    }

    /** Ends the threads; the consumer needs a moment to notice. */
    @Override
    public void close() {
        threads.shutdown();
        ring.stop();
    }
}
