package dev.afterimage.core.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Two threads that meet at one point of the ring, millions of times. Run by {@link RingJcstressTest}. */
public final class RingJcstress {

    private RingJcstress() {}

    /** The payload travels with its header. Values: the two halves of the record that the consumer has drained. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "drained before the commit")
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "drained after the commit, whole")
    @Outcome(expect = FORBIDDEN, desc = "a record was delivered before it was complete")
    @State
    public static class Publication {
        private final RingBuffer ring = RingBuffer.allocate(64);

        @Actor
        public void producer() {
            long claim = ring.claim(16);
            ring.putLong(claim, 8, -1);
            ring.putLong(claim, 0, -1);
            ring.commit(claim);
        }

        @Actor
        public void consumer(JJ_Result result) {
            ring.drain(
                    (bytes, offset, length) -> {
                        result.r1 = bytes.getLong(offset);
                        result.r2 = bytes.getLong(offset + 8);
                    },
                    1,
                    64);
        }
    }

    /** Two producers, room for one record. Values: who got it, and how many records arrived. */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the first got the room")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the second got the room")
    @Outcome(expect = FORBIDDEN, desc = "the budget was exceeded, or the room refused, or a record lost")
    @State
    public static class RoomForOne {
        private final RingBuffer ring = RingBuffer.allocate(64);
        private final byte[] record = new byte[16];

        public RoomForOne() {
            ring.abort(ring.claim(16));
        }

        @Actor
        public void first(III_Result result) {
            result.r1 = ring.publish(record, 0, 16) >= 0 ? 1 : 0;
        }

        @Actor
        public void second(III_Result result) {
            result.r2 = ring.publish(record, 0, 16) >= 0 ? 1 : 0;
        }

        @Arbiter
        public void consumer(III_Result result) {
            result.r3 = ring.drain((bytes, offset, length) -> {}, 10, 64);
        }
    }

    /** Release against claim: the claim begins in zeroed memory and keeps its header. Values: claimed, then drained. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "full: claimed before the release")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "claimed after the release, and delivered")
    @Outcome(expect = FORBIDDEN, desc = "the consumer's zeroes wiped out a header, or a stale one was read")
    @State
    public static class ReleaseAgainstClaim {
        private final RingBuffer ring = RingBuffer.allocate(64);
        private final byte[] record = new byte[16];

        public ReleaseAgainstClaim() {
            ring.publish(record, 0, 16);
            ring.publish(record, 0, 16);
            ring.publish(record, 0, 8);
            ring.drain((bytes, offset, length) -> {}, 10, 64);
        }

        @Actor
        public void producer(II_Result result) {
            result.r1 = ring.publish(record, 0, 16) >= 0 ? 1 : 0;
        }

        @Actor
        public void release() {
            ring.release();
        }

        @Arbiter
        public void drain(II_Result result) {
            result.r2 = ring.drain((bytes, offset, length) -> {}, 10, 64);
        }
    }

    /** Close against publish. Values: whether the ring took the record, and whether it arrived. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "closed first")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "published first")
    @Outcome(expect = FORBIDDEN, desc = "a record was taken and lost, or refused and delivered")
    @State
    public static class CloseAgainstPublish {
        private final RingBuffer ring = RingBuffer.allocate(64);

        @Actor
        public void producer(II_Result result) {
            result.r1 = ring.publish(new byte[1], 0, 1) >= 0 ? 1 : 0;
        }

        @Actor
        public void close() {
            ring.close();
        }

        @Arbiter
        public void consumer(II_Result result) {
            result.r2 = ring.drain((bytes, offset, length) -> {}, 10, 64);
        }
    }

    /** Values: whether the consumer goes to sleep, and whether the producer wakes it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the consumer sees the record and stays awake")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the consumer sleeps and the producer wakes it")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "a wake-up too many")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "a record waits for a sleeping consumer")
    @State
    public static class WakeUp {
        private final AtomicInteger committed = new AtomicInteger();
        private final ConsumerNap nap = new ConsumerNap(this::isReadable);

        private boolean isReadable() {
            return committed.getAcquire() == 1;
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = nap.fallAsleep(this::isReadable) ? 1 : 0;
        }

        @Actor
        public void producer(II_Result result) {
            committed.setRelease(1);
            result.r2 = nap.wakeFromFull() ? 1 : 0;
        }
    }

    /** {@link WakeUp} in its bare form and without the fences: shows that they are needed, and that this test can fail. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the consumer sees the record and stays awake")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the consumer sleeps and the producer wakes it")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "a wake-up too many")
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "a record waits for a sleeping consumer")
    @State
    public static class WakeUpWithoutFences {
        private final AtomicInteger committed = new AtomicInteger();
        private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

        @Actor
        public void consumer(II_Result result) {
            sleeper.setRelease(Thread.currentThread());
            result.r1 = committed.getAcquire() == 0 ? 1 : 0;
        }

        @Actor
        public void producer(II_Result result) {
            committed.setRelease(1);
            result.r2 = sleeper.getAcquire() == null ? 0 : 1;
        }
    }
}
