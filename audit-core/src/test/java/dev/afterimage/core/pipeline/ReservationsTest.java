package dev.afterimage.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.codec.Seed;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.ring.RingBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Room that is promised is there, whoever else publishes meanwhile. */
@Timeout(60)
class ReservationsTest {

    private static final int CAPACITY = 4096;

    private final RingBuffer ring = RingBuffer.allocate(CAPACITY);
    private final AuditCounters counters = new AuditCounters();
    private final Publisher publisher = new Publisher(ring, Duration.ZERO, true, counters, null);

    private static TransactionWriter writer(int length) {
        TransactionWriter writer = new TransactionWriter(256);
        writer.gap(GapReason.UNWRAPPED, 1, "x".repeat(length));
        return writer;
    }

    private void publish(TransactionWriter writer, long reserved) {
        publisher.publish(0, writer, false, 0, 0, reserved, Publisher.NOT_ANNOUNCED);
    }

    private void drainAll() {
        ring.drain((bytes, offset, length) -> {}, Integer.MAX_VALUE, Integer.MAX_VALUE);
        ring.release();
    }

    @Test
    void promisedRoomIsKeptFreeOfWhatWasNotPromised() {
        TransactionWriter mine = writer(500);
        long reserved = publisher.reserve(mine.length());
        assertThat(reserved).isPositive();
        while (counters.snapshot().droppedRecords() == 0) {
            publish(writer(100), 0);
        }
        assertThat(publisher.reserve(mine.length())).isEqualTo(Publisher.NO_ROOM);

        publish(mine, reserved);

        assertThat(counters.snapshot().droppedRecords()).isOne();
    }

    @Test
    void whoIsRefusedWakesTheConsumerEvenIfHeDoesNotWait() {
        while (publisher.reserve(500) > 0) {
            // Until there is no room.
        }

        assertThat(ring.rest(Long.MAX_VALUE)).isTrue();
    }

    /** A record that would wrap leaves the end of the ring unused: that room is not promised, wherever the tail stands. */
    @Test
    void promisedRoomIsThereWhereverTheRingWraps() {
        for (int start = 0; start + 72 <= CAPACITY; start += 72) {
            while (ring.tail() % CAPACITY != start) {
                publish(writer(1), 0); // 72 bytes of the ring.
                drainAll();
            }
            List<Long> all = new ArrayList<>();
            TransactionWriter large = writer(900);
            for (long more = publisher.reserve(large.length()); more > 0; more = publisher.reserve(large.length())) {
                all.add(more);
            }
            assertThat(all).hasSizeGreaterThan(1);

            all.forEach(reserved -> publish(large, reserved));

            assertThat(counters.snapshot().droppedRecords())
                    .as("start=%s", start)
                    .isZero();
            drainAll();
        }
    }

    @Test
    void releasedRoomIsForOthers() {
        List<Long> all = new ArrayList<>();
        long reserved = publisher.reserve(300);
        while (reserved > 0) {
            all.add(reserved);
            reserved = publisher.reserve(300);
        }
        assertThat(all).hasSizeGreaterThan(3);

        publisher.release(all.get(0));

        assertThat(publisher.reserve(300)).isPositive();
    }

    @Test
    void whatIsPublishedUsesUpItsPromise() {
        for (int i = 0; i < 100; i++) {
            TransactionWriter writer = writer(500);
            long reserved = publisher.reserve(writer.length());
            assertThat(reserved).isPositive();
            publish(writer, reserved);
            drainAll();
        }
        assertThat(counters.snapshot().publishedRecords()).isEqualTo(100);
    }

    @Test
    void aRecordLongerThanItsPromiseIsPublishedWhereThereIsRoomAndElseDropped() {
        long reserved = publisher.reserve(10);
        publish(writer(400), reserved);
        assertThat(counters.snapshot().publishedRecords()).isOne();

        long little = publisher.reserve(10);
        List<Long> rest = new ArrayList<>();
        for (long more = publisher.reserve(10); more > 0; more = publisher.reserve(10)) {
            rest.add(more);
        }
        publish(writer(400), little);
        assertThat(counters.snapshot().droppedRecords()).isOne();

        rest.forEach(publisher::release);
        assertThat(publisher.reserve(1_000)).isPositive();
    }

    @Test
    void whatCanNeverFitIsToldApart() {
        assertThat(publisher.reserve(CAPACITY)).isEqualTo(Publisher.TOO_LARGE);
        ring.close();
        assertThat(publisher.reserve(10)).isEqualTo(Publisher.CLOSED);
    }

    @Test
    void whoMayWaitGetsRoomAsSoonAsThereIsSome() throws InterruptedException {
        Publisher patient = new Publisher(ring, Duration.ofSeconds(50), true, counters, null);
        for (long more = publisher.reserve(300); more > 0; more = publisher.reserve(300)) {
            publish(writer(250), more);
        }
        AtomicLong got = new AtomicLong();
        Thread waiting = new Thread(() -> got.set(patient.reserve(300)));
        waiting.start();

        drainAll();
        waiting.join();

        assertThat(got.get()).isPositive();
    }

    @Test
    void onlyARejectingPublisherReserves() {
        Publisher other = new Publisher(ring, Duration.ZERO, false, counters, null);

        assertThat(other.isRejecting()).isFalse();
        assertThatThrownBy(() -> other.reserve(1)).isInstanceOf(IllegalStateException.class);
    }

    /** Records of any length, of one part or several, wrapping where they will: no promise is ever broken. */
    @Test
    void noPromiseIsBrokenByManyThreads() throws InterruptedException {
        long seed = Seed.random(ReservationsTest.class).nextLong();
        AtomicBoolean done = new AtomicBoolean();
        Thread consumer = new Thread(() -> {
            Random random = new Random(seed);
            while (!done.get() || !ring.isEmpty()) {
                ring.drain((bytes, offset, length) -> {}, 1 + random.nextInt(5), Integer.MAX_VALUE);
                if (random.nextBoolean()) {
                    ring.release();
                }
            }
        });
        consumer.start();
        AtomicLong published = new AtomicLong();
        List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(seed + t + 1);
            producers.add(new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    TransactionWriter writer = writer(random.nextInt(random.nextInt(8) == 0 ? 900 : 100));
                    if (random.nextInt(8) == 0) {
                        writer.gap(GapReason.UNWRAPPED, 1, "x".repeat(random.nextInt(900)));
                    }
                    long reserved = publisher.reserve(writer.length());
                    if (reserved > 0 && random.nextInt(10) == 0) {
                        publisher.release(reserved);
                    } else if (reserved > 0) {
                        publish(writer, reserved);
                        published.incrementAndGet();
                    }
                }
            }));
        }
        producers.forEach(Thread::start);
        for (Thread producer : producers) {
            producer.join();
        }
        done.set(true);
        consumer.join();

        assertThat(published.get()).isPositive();
        assertThat(counters.snapshot().droppedRecords()).isZero();
        assertThat(publisher.reserve(2_000)).as("all promises were used up").isPositive();
    }
}
