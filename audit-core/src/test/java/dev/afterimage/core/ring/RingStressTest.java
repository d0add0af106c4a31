package dev.afterimage.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several producers and a consumer on rings so small that they wrap and fill all the time. Every record carries its
 * producer, a number that the producer counts up, and bytes that follow from both.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RingStressTest {

    private static final int ROUNDS = 12;
    private static final int RECORDS = 10_000;
    private static final int FIXED = 8;

    private final long seed = Seed.next(RingStressTest.class);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void deliversEveryRecordOnceInEachProducersOrder() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            round(new Random(seed + 2L * round), false);
        }
    }

    @Test
    void aCloseInTheMiddleLosesNothingThatWasPublishedBefore() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            round(new Random(seed + 2L * round + 1), true);
        }
    }

    private void round(Random random, boolean closeEarly) throws Exception {
        RingBuffer ring = RingBuffer.allocate(128 << random.nextInt(6));
        int producers = 1 + random.nextInt(4);
        List<Future<Integer>> published = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            published.add(threads.submit(new Producer(ring, i, new Random(random.nextLong()))));
        }
        Consumer consumer = new Consumer(ring, producers, new Random(random.nextLong()));
        Future<int[]> delivered = threads.submit(consumer);
        if (closeEarly) {
            long position = 1L + random.nextInt(100_000);
            while (ring.tail() < position && !delivered.isDone()) {
                Thread.onSpinWait();
            }
            ring.close();
        }
        int[] expected = new int[producers];
        for (int i = 0; i < producers; i++) {
            expected[i] = published.get(i).get();
        }
        ring.close();
        assertThat(delivered.get()).containsExactly(expected);
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.abandonedBytes()).isZero();
        if (!closeEarly) {
            assertThat(expected).containsOnly(RECORDS);
        }
    }

    /** Publishes numbers from 0 in every way there is, and returns how many the ring took. */
    private record Producer(RingBuffer ring, int number, Random random) implements Callable<Integer> {

        @Override
        public Integer call() {
            byte[] source = new byte[ring.maxRecordLength() + 3];
            for (int sequence = 0; sequence < RECORDS; sequence++) {
                int length = FIXED + random.nextInt(ring.maxRecordLength() - FIXED + 1);
                int from = random.nextInt(4);
                fill(source, from, length, sequence);
                if (!publish(source, from, length)) {
                    return sequence;
                }
            }
            return RECORDS;
        }

        private void fill(byte[] source, int from, int length, int sequence) {
            ByteBuffer target = ByteBuffer.wrap(source);
            target.putInt(from, number).putInt(from + 4, sequence);
            for (int i = FIXED; i < length; i++) {
                target.put(from + i, filler(number, sequence, i));
            }
        }

        private boolean publish(byte[] source, int from, int length) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    return ring.publish(source, from, length, Long.MAX_VALUE) >= 0;
                }
                case 1 -> {
                    long aborted = ring.claim(length);
                    if (aborted >= 0) {
                        ring.write(aborted, 0, source, from, length);
                        ring.abort(aborted);
                    }
                    return ring.publish(source, from, length, Long.MAX_VALUE) >= 0;
                }
                default -> {
                    return claimWriteCommit(source, from, length);
                }
            }
        }

        private boolean claimWriteCommit(byte[] source, int from, int length) {
            long claim = ring.claim(length);
            while (claim == RingBuffer.FULL) {
                LockSupport.parkNanos(1);
                claim = ring.claim(length);
            }
            if (claim == RingBuffer.CLOSED) {
                return false;
            }
            ring.write(claim, 0, source, from, FIXED);
            if (random.nextInt(50) == 0) {
                LockSupport.parkNanos(1);
            }
            ring.write(claim, FIXED, source, from + FIXED, length - FIXED);
            ring.commit(claim);
            return true;
        }
    }

    /** Checks every record and returns how many came from each producer. */
    private record Consumer(RingBuffer ring, int producers, Random random) implements Callable<int[]> {

        @Override
        public int[] call() {
            int[] next = new int[producers];
            RecordHandler check = (bytes, offset, length) -> {
                byte[] copy = new byte[length];
                bytes.get(offset, copy, 0, length);
                ByteBuffer record = ByteBuffer.wrap(copy);
                int producer = record.getInt();
                int sequence = record.getInt();
                assertThat(sequence).as("next of producer %d", producer).isEqualTo(next[producer]);
                next[producer]++;
                while (record.hasRemaining()) {
                    int i = record.position();
                    if (record.get() != filler(producer, sequence, i)) {
                        throw new AssertionError("producer=" + producer + " sequence=" + sequence + " byte " + i);
                    }
                }
            };
            while (!ring.isClosed() || !ring.isEmpty()) {
                int drained = ring.drain(check, 1 + random.nextInt(20), 1 + random.nextInt(ring.capacity()));
                if (drained == 0 && ring.drained() == ring.head()) {
                    ring.nap();
                } else if (drained == 0 || random.nextInt(3) > 0) {
                    ring.release();
                }
            }
            return next;
        }
    }

    private static byte filler(int producer, int sequence, int index) {
        return (byte) (producer * 31 + sequence * 7 + index);
    }
}
