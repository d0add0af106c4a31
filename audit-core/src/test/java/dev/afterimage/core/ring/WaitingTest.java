package dev.afterimage.core.ring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom, and what ends it. No test here measures how long. */
@Timeout(60)
class WaitingTest {

    private static final byte[] QUARTER = new byte[56];

    private final RingBuffer ring = RingBuffer.allocate(256);

    @Test
    void aFullRingIsWaitedForUntilTheTimeIsOver() {
        fill();
        long before = System.nanoTime();

        assertThat(ring.publish(QUARTER, 0, 1, 3_000_000)).isEqualTo(RingBuffer.FULL);

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(3_000_000);
        assertThat(ring.publish(QUARTER, 0, 1, 0)).isEqualTo(RingBuffer.FULL);
        assertThat(ring.publish(QUARTER, 0, 1, -1)).isEqualTo(RingBuffer.FULL);
    }

    @Test
    void aReleaseEndsTheWaitForRoom() throws Exception {
        fill();
        FutureTask<Long> waiting = start(() -> ring.publish(QUARTER, 0, 56, Long.MAX_VALUE));

        assertThat(drainAndRelease()).isEqualTo(4);

        assertThat(waiting.get(50, SECONDS)).isNotNegative();
        assertThat(drainAndRelease()).isEqualTo(1);
    }

    @Test
    void aCloseEndsTheWaitForRoom() throws Exception {
        fill();
        FutureTask<Long> waiting = start(() -> ring.publish(QUARTER, 0, 56, Long.MAX_VALUE));

        ring.close();

        assertThat(waiting.get(50, SECONDS)).isEqualTo(RingBuffer.CLOSED);
    }

    @Test
    void anInterruptNeitherEndsTheWaitNorIsLost() {
        fill();
        Thread.currentThread().interrupt();
        long before = System.nanoTime();

        assertThat(ring.publish(QUARTER, 0, 1, 3_000_000)).isEqualTo(RingBuffer.FULL);

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(3_000_000);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void manyWaitingProducersAllGetTheirRoom() throws Exception {
        fill();
        List<FutureTask<Long>> waiting = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waiting.add(start(() -> ring.publish(QUARTER, 0, 56, Long.MAX_VALUE)));
        }
        int drained = 0;
        while (drained < 204) {
            drained += drainAndRelease();
            LockSupport.parkNanos(1);
        }
        for (FutureTask<Long> task : waiting) {
            assertThat(task.get(50, SECONDS)).isNotNegative();
        }
    }

    @Test
    void aNapEndsByItself() {
        new ConsumerNap(() -> false).nap();
    }

    @Test
    void aNapDoesNotBeginWhenARecordWaits() {
        ConsumerNap nap = new ConsumerNap(() -> true, Long.MAX_VALUE, Long.MAX_VALUE);

        nap.nap();
    }

    @Test
    void aWakeUpEndsTheNextNapIfNoneHasBegun() {
        ConsumerNap nap = new ConsumerNap(() -> false, Long.MAX_VALUE, Long.MAX_VALUE);

        nap.wakeUp();

        nap.nap();
    }

    @Test
    void aWakeUpEndsTheNap() throws Exception {
        endsANapWithoutEnd(() -> false, ConsumerNap::wakeUp);
    }

    @Test
    void aFullRingEndsTheNap() throws Exception {
        endsANapWithoutEnd(() -> false, ConsumerNap::wakeFromFull);
    }

    @Test
    void aQuarterFullRingEndsTheNap() throws Exception {
        endsANapWithoutEnd(() -> false, ConsumerNap::wakeIfAsleep);
    }

    /** The missed wake-up: with the consumer's fence or the producer's taken out, one round in many never ends. */
    @Test
    void aRecordCommittedWhileTheConsumerFallsAsleepIsNeverMissed() throws Exception {
        for (int round = 0; round < 20_000; round++) {
            AtomicBoolean committed = new AtomicBoolean();
            ConsumerNap nap = new ConsumerNap(committed::getAcquire, Long.MAX_VALUE, Long.MAX_VALUE);
            Meeting meeting = new Meeting();
            FutureTask<Long> consumer = start(() -> {
                meeting.arrive();
                while (!committed.getAcquire()) {
                    nap.nap();
                }
                return 0L;
            });
            meeting.arrive();
            committed.setRelease(true);
            nap.wakeFromFull();
            assertThat(consumer.get(50, SECONDS)).isZero();
        }
    }

    @Test
    void aProducerThatPassesAQuarterFullWakesTheConsumer() throws Exception {
        CountDownLatch delivered = new CountDownLatch(2);
        FutureTask<Long> consumer = start(() -> {
            while (!ring.isClosed() || !ring.isEmpty()) {
                ring.nap();
                ring.drain((bytes, offset, length) -> delivered.countDown(), 10, 256);
                ring.release();
            }
            return 0L;
        });
        ring.publish(QUARTER, 0, 56);
        ring.publish(QUARTER, 0, 56);

        assertThat(delivered.await(50, SECONDS)).isTrue();
        ring.close();
        assertThat(consumer.get(50, SECONDS)).isZero();
    }

    private void endsANapWithoutEnd(BooleanSupplier readable, Consumer<ConsumerNap> wake) throws Exception {
        ConsumerNap nap = new ConsumerNap(readable, Long.MAX_VALUE, Long.MAX_VALUE);
        FutureTask<Long> consumer = start(() -> {
            nap.nap();
            return 0L;
        });
        while (!nap.isAsleep()) {
            Thread.onSpinWait();
        }
        wake.accept(nap);
        assertThat(consumer.get(50, SECONDS)).isZero();
    }

    private void fill() {
        for (int i = 0; i < 4; i++) {
            assertThat(ring.publish(QUARTER, 0, 56)).isNotNegative();
        }
    }

    private int drainAndRelease() {
        int drained = ring.drain((bytes, offset, length) -> {}, 100, 256);
        ring.release();
        return drained;
    }

    private static FutureTask<Long> start(Callable<Long> body) {
        FutureTask<Long> task = new FutureTask<>(body);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** Lets two threads go on at nearly the same moment. */
    private static final class Meeting {
        private final AtomicInteger arrived = new AtomicInteger();

        void arrive() {
            arrived.incrementAndGet();
            while (arrived.get() < 2) {
                Thread.onSpinWait();
            }
        }
    }
}
