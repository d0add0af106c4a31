package dev.afterimage.core.ring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
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

    @Test
    void aRestGoesOnThoughARecordWaitsUntilSomebodyAsks() throws Exception {
        ConsumerNap nap = new ConsumerNap(() -> true);
        FutureTask<Boolean> consumer = start(() -> nap.rest(() -> false, Long.MAX_VALUE));
        while (!nap.isAsleep()) {
            Thread.onSpinWait();
        }

        nap.wakeUp();

        assertThat(consumer.get(50, SECONDS)).isTrue();
    }

    @Test
    void aRestThatNobodyEndsSaysSo() {
        ring.publish(QUARTER, 0, 1);

        assertThat(ring.rest(1)).isFalse();
    }

    /** Such as a sink that has delivered: it wants to be seen, and is no reason for a round. */
    @Test
    void aThreadThatIsUnparkedRestsNoLongerAndNobodyHasAskedForIt() {
        LockSupport.unpark(Thread.currentThread());

        assertThat(ring.rest(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void nobodyRestsInACrowdedRing() {
        ring.publish(QUARTER, 0, 24);
        assertThat(ring.isCrowded()).isFalse();
        ring.publish(QUARTER, 0, 1);
        assertThat(ring.isCrowded()).isTrue();

        assertThat(ring.rest(Long.MAX_VALUE)).isFalse();

        ring.drain((bytes, offset, length) -> {}, 10, 256);
        assertThat(ring.isCrowded()).isFalse();
    }

    /** What cannot be drained is no reason to stay awake: the consumer would spin. */
    @Test
    void aRingBehindAnOpenClaimIsNotCrowded() {
        long claim = ring.claim(8);
        ring.publish(QUARTER, 0, 56);
        assertThat(ring.isCrowded()).isFalse();

        ring.commit(claim);

        assertThat(ring.isCrowded()).isTrue();
    }

    @Test
    void aProducerThatFindsTheRingFullEndsTheRest() throws Exception {
        fill();
        ring.drain((bytes, offset, length) -> {}, 10, 256);
        // Everything is drained and nothing released, so only the producer's own wish can end it.
        FutureTask<Boolean> consumer = start(() -> ring.rest(Long.MAX_VALUE));
        while (!consumer.isDone()) {
            assertThat(ring.publish(QUARTER, 0, 56)).isEqualTo(RingBuffer.FULL);
        }

        assertThat(consumer.get()).isTrue();
    }

    /** The consumer falls asleep again and again just as the next record comes, in naps that nothing else ends. */
    @Test
    void aRecordCommittedWhileTheConsumerFallsAsleepIsNeverMissed() throws Exception {
        int rounds = 20_000;
        AtomicInteger committed = new AtomicInteger();
        AtomicInteger consumed = new AtomicInteger();
        ConsumerNap nap =
                new ConsumerNap(() -> committed.getAcquire() > consumed.getPlain(), Long.MAX_VALUE, Long.MAX_VALUE);
        FutureTask<Long> consumer = start(() -> {
            while (consumed.getPlain() < rounds) {
                nap.nap();
                consumed.setRelease(committed.getAcquire());
            }
            return 0L;
        });
        Random random = new Random(Seed.next(WaitingTest.class));
        for (int round = 1; round <= rounds; round++) {
            for (int i = random.nextInt(64); i > 0; i--) {
                Thread.onSpinWait();
            }
            committed.setRelease(round);
            nap.wakeFromFull();
            long start = System.nanoTime();
            while (consumed.getAcquire() < round) {
                assertThat(System.nanoTime() - start)
                        .as("round %d is not seen", round)
                        .isLessThan(30_000_000_000L);
                Thread.onSpinWait();
            }
        }
        assertThat(consumer.get(50, SECONDS)).isZero();
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

    private static <T> FutureTask<T> start(Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
