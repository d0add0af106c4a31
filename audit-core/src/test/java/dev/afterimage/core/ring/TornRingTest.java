package dev.afterimage.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Producers that die between claim and commit, and processes that die at all: what the consumer sees then. */
class TornRingTest {

    private static final int CAPACITY = 256;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(RingBuffer.bufferSize(CAPACITY));
    private final RingMemory memory = RingMemory.over(buffer);
    private RingBuffer ring = RingBuffer.over(buffer);

    @Test
    void aDeadProducersClaimStopsTheConsumerUntilItIsSkippedAndCounted() throws InterruptedException {
        publish(1);
        Thread dies = new Thread(() -> ring.claim(20));
        dies.start();
        dies.join();
        publish(2);

        assertThat(drain()).containsExactly(1);
        assertThat(drain()).isEmpty();
        assertThat(ring.isEmpty()).isFalse();
        assertThatIllegalStateException().isThrownBy(ring::skipStalled);

        ring.close();
        assertThat(drain()).isEmpty();
        assertThat(ring.skipStalled()).isEqualTo(32);
        assertThat(ring.abandonedBytes()).isEqualTo(32);
        assertThat(drain()).containsExactly(2);
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.skipStalled()).isZero();
    }

    @Test
    void aClaimWhoseHeaderWasNeverWrittenEndsAtTheNextHeader() {
        publish(1);
        moveTailOnly(24);
        moveTailOnly(40);
        publish(2);
        ring.close();

        assertThat(drain()).containsExactly(1);
        assertThat(ring.skipStalled()).isEqualTo(64);
        assertThat(drain()).containsExactly(2);
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void aClaimWhoseHeaderWasNeverWrittenEndsAtTheTailIfNothingFollows() {
        fillUpTo(CAPACITY - 16);
        moveTailOnly(16 + 48);
        ring.close();

        assertThat(drain()).isEmpty();
        assertThat(ring.skipStalled()).isEqualTo(64);
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.abandonedBytes()).isEqualTo(64);
    }

    @Test
    void oneSkipStepsOverOneClaim() {
        ring.claim(8);
        moveTailOnly(16);
        ring.claim(0);
        publish(1);
        ring.close();

        assertThat(ring.skipStalled()).isEqualTo(16);
        assertThat(ring.skipStalled()).isEqualTo(16);
        assertThat(ring.skipStalled()).isEqualTo(8);
        assertThat(ring.skipStalled()).as("a committed record is not skipped").isZero();
        assertThat(drain()).containsExactly(1);
    }

    @Test
    void aProducerThatWakesAfterItWasSkippedHasNoEffect() {
        publish(0);
        long late = ring.claim(8);
        publish(1);
        ring.close();
        ring.drain((bytes, offset, length) -> {}, 1, CAPACITY);
        ring.skipStalled();

        ring.putLong(late, 0, -1);
        ring.commit(late);

        assertThat(drain()).containsExactly(1);
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.abandonedBytes()).isEqualTo(16);
    }

    @Test
    void aProducerThatWakesAfterItWasReleasedIsToldSo() {
        long late = ring.claim(8);
        publish(1);
        ring.close();
        ring.skipStalled();
        assertThat(ring.head()).isEqualTo(16);

        assertThatIllegalStateException().isThrownBy(() -> ring.putLong(late, 0, -1));
        assertThatIllegalStateException().isThrownBy(() -> ring.commit(late));

        assertThat(drain()).containsExactly(1);
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void theNextProcessGoesOnWithWhatWasNotReleased() {
        publish(1);
        drain();
        publish(2);
        publish(3);
        ring.drain((bytes, offset, length) -> {}, 1, CAPACITY);

        ring = RingBuffer.over(buffer);

        assertThat(drain()).containsExactly(2, 3);
        publish(4);
        assertThat(drain()).containsExactly(4);
    }

    @Test
    void theNextProcessFinishesAReleaseThatWasCutShort() {
        publish(1);
        publish(0x01010101);
        publish(3);
        ring.drain((bytes, offset, length) -> {}, 2, CAPACITY);
        memory.releasing(ring.drained());
        memory.zero(0, 20);

        ring = RingBuffer.over(buffer);

        assertThat(ring.head()).isEqualTo(32);
        assertThat(memory.headerAcquire(16)).isZero();
        assertThat(memory.headerAcquire(24)).isZero();
        assertThat(drain()).containsExactly(3);
    }

    /** What a producer has done when it dies right after its claim succeeded. */
    private void moveTailOnly(int size) {
        long tail = ring.tail();
        assertThat(memory.compareAndSetTail(tail, tail + size)).isTrue();
    }

    private void fillUpTo(int position) {
        while (ring.tail() < position) {
            publish(0);
            drain();
        }
    }

    private void publish(int number) {
        long claim = ring.claim(4);
        ring.putInt(claim, 0, number);
        ring.commit(claim);
    }

    private List<Integer> drain() {
        List<Integer> numbers = new ArrayList<>();
        ring.drain((bytes, offset, length) -> numbers.add(bytes.getInt(offset)), 100, CAPACITY);
        ring.release();
        return numbers;
    }
}
