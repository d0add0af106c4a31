package dev.afterimage.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one thread sees of a ring that is producer and consumer at once. */
class RingBufferTest {

    private static final RecordHandler IGNORE = (bytes, offset, length) -> {};

    private final RingBuffer ring = RingBuffer.allocate(256);

    @Test
    void deliversWhatWasPublishedInOrder() {
        publish("one");
        publish("");
        publish("three");

        assertThat(drain()).containsExactly("one", "", "three");
        assertThat(drain()).isEmpty();
    }

    @Test
    void publishesOnlyTheGivenPartOfTheSource() {
        ring.publish("abcdef".getBytes(StandardCharsets.US_ASCII), 2, 3);

        assertThat(drain()).containsExactly("cde");
    }

    @Test
    void buildsARecordFromItsFields() {
        long claim = ring.claim(16);
        ring.putLong(claim, 0, 0x1122334455667788L);
        ring.putInt(claim, 8, -7);
        ring.putByte(claim, 12, (byte) 42);
        ring.write(claim, 13, new byte[] {0, 1, 2, 3}, 1, 3);
        ring.commit(claim);

        ring.drain(
                (bytes, offset, length) -> {
                    assertThat(length).isEqualTo(16);
                    assertThat(bytes.getLong(offset)).isEqualTo(0x1122334455667788L);
                    assertThat(bytes.getInt(offset + 8)).isEqualTo(-7);
                    assertThat(bytes.get(offset + 12)).isEqualTo((byte) 42);
                    assertThat(bytes.get(offset + 15)).isEqualTo((byte) 3);
                },
                1,
                Integer.MAX_VALUE);
        assertThat(ring.drained()).isEqualTo(ring.tail());
    }

    @Test
    void whatWasNotWrittenIsZeroEvenInUsedMemory() {
        byte[] ones = new byte[56];
        Arrays.fill(ones, (byte) -1);
        for (int lap = 0; lap < 8; lap++) {
            assertThat(ring.publish(ones, 0, 56)).isNotNegative();
            assertThat(drain()).hasSize(1);
        }
        ring.commit(ring.claim(56));

        assertThat(drain()).containsExactly("\0".repeat(56));
    }

    @Test
    void isFullUntilReleasedNotUntilDrained() {
        for (int i = 0; i < 4; i++) {
            assertThat(ring.publish(new byte[56], 0, 56)).isNotNegative();
        }
        assertThat(ring.publish(new byte[0], 0, 0)).isEqualTo(RingBuffer.FULL);

        assertThat(ring.drain((bytes, offset, length) -> {}, 10, 1000)).isEqualTo(4);
        assertThat(ring.drain((bytes, offset, length) -> {}, 10, 1000)).isZero();
        assertThat(ring.publish(new byte[0], 0, 0)).isEqualTo(RingBuffer.FULL);
        assertThat(ring.isEmpty()).isFalse();

        ring.release();
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.publish(new byte[0], 0, 0)).isNotNegative();
    }

    @Test
    void releasesUpToAnEarlierDrain() {
        publish("first");
        publish("second");
        ring.drain((bytes, offset, length) -> {}, 1, 1000);
        long afterFirst = ring.drained();
        ring.drain((bytes, offset, length) -> {}, 1, 1000);

        ring.release(afterFirst);

        assertThat(ring.head()).isEqualTo(afterFirst);
        assertThatIllegalArgumentException().isThrownBy(() -> ring.release(afterFirst - 8));
        assertThatIllegalArgumentException().isThrownBy(() -> ring.release(ring.tail() + 8));
    }

    @Test
    void drainKeepsToItsLimits() {
        for (int i = 0; i < 6; i++) {
            publish("12345678");
        }

        assertThat(ring.drain((bytes, offset, length) -> {}, 2, 1000)).isEqualTo(2);
        assertThat(ring.drain((bytes, offset, length) -> {}, 10, 17)).isEqualTo(2);
        assertThat(ring.drain((bytes, offset, length) -> {}, 10, 1)).isEqualTo(1);
        assertThat(ring.drain((bytes, offset, length) -> {}, 10, 1000)).isEqualTo(1);
    }

    @Test
    void padsTheEndOfTheMemoryInsteadOfWrappingARecord() {
        publish("x".repeat(60));
        publish("y".repeat(60));
        publish("z".repeat(60));
        drain();
        long claim = ring.claim(60);
        assertThat(claim).as("72 bytes do not fit into the last 40").isEqualTo(256);
        ring.commit(claim);

        assertThat(drain()).containsExactly("\0".repeat(60));
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void paddingCountsAgainstTheRoom() {
        publish("x".repeat(60));
        publish("y".repeat(60));
        publish("z".repeat(60));
        ring.drain((bytes, offset, length) -> {}, 1, 1000);
        ring.release();

        assertThat(ring.claim(64))
                .as("40 of padding and 72 of record, 112 free")
                .isEqualTo(256);
        assertThat(ring.claim(0)).isEqualTo(RingBuffer.FULL);
    }

    @Test
    void anAbortedClaimIsSteppedOver() {
        long claim = ring.claim(10);
        publish("after");
        ring.abort(claim);

        assertThat(drain()).containsExactly("after");
    }

    @Test
    void aRingThatEndsInAnAbortedClaimBecomesEmpty() {
        publish("before");
        long claim = ring.claim(10);
        assertThat(drain()).containsExactly("before");
        ring.abort(claim);

        assertThat(drain()).isEmpty();
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void anOpenClaimHidesWhatFollowsAndIsNotEmpty() {
        long claim = ring.claim(5);
        publish("after");

        assertThat(drain()).isEmpty();
        assertThat(ring.isEmpty()).isFalse();

        ring.write(claim, 0, "first".getBytes(StandardCharsets.US_ASCII), 0, 5);
        ring.commit(claim);
        assertThat(drain()).containsExactly("first", "after");
    }

    @Test
    void refusesRecordsThatCouldNeverFit() {
        assertThat(ring.maxRecordLength()).isEqualTo(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.claim(65))
                .withMessageContaining("65")
                .withMessageContaining("64");
        assertThatIllegalArgumentException().isThrownBy(() -> ring.claim(-1));
        assertThat(ring.tail()).isZero();
    }

    @Test
    void refusesBytesOutsideTheSourceBeforeItClaims() {
        assertThatThrownBy(() -> ring.publish(new byte[4], 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(ring.tail()).isZero();
    }

    @Test
    void refusesWritesOutsideTheRecord() {
        long claim = ring.claim(8);

        assertThatThrownBy(() -> ring.putLong(claim, 1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ring.write(claim, 0, new byte[9], 0, 9)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ring.putByte(claim, -1, (byte) 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesAClaimThatIsNotOpen() {
        long claim = ring.claim(8);
        ring.commit(claim);

        assertThatIllegalStateException().isThrownBy(() -> ring.commit(claim));
        assertThatIllegalStateException().isThrownBy(() -> ring.abort(claim));
        assertThatIllegalStateException().isThrownBy(() -> ring.putByte(claim, 0, (byte) 1));
        assertThatIllegalStateException().isThrownBy(() -> ring.commit(RingBuffer.FULL));
        assertThatIllegalStateException().isThrownBy(() -> ring.commit(RingBuffer.CLOSED));
    }

    @Test
    void takesNothingAfterCloseButKeepsWhatWasClaimed() {
        publish("before");
        long claim = ring.claim(0);
        long tail = ring.tail();

        ring.close();
        ring.close();

        assertThat(ring.isClosed()).isTrue();
        assertThat(ring.publish(new byte[1], 0, 1)).isEqualTo(RingBuffer.CLOSED);
        assertThat(ring.publish(new byte[1], 0, 1, Long.MAX_VALUE)).isEqualTo(RingBuffer.CLOSED);
        assertThat(ring.tail()).isEqualTo(tail);
        ring.commit(claim);
        assertThat(drain()).containsExactly("before", "");
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void offersARecordAgainWhoseHandlerThrew() {
        publish("one");
        publish("two");
        List<String> seen = new ArrayList<>();
        RecordHandler failsOnce = (bytes, offset, length) -> {
            seen.add(text(bytes, offset, length));
            if (seen.size() == 2) {
                throw new UnsupportedOperationException("second");
            }
        };

        assertThatThrownBy(() -> ring.drain(failsOnce, 10, 1000)).hasMessage("second");
        assertThat(ring.drain(failsOnce, 10, 1000)).isEqualTo(1);
        assertThat(seen).containsExactly("one", "two", "two");
    }

    @Test
    void handlersCannotWriteIntoTheRing() {
        publish("x");

        ring.drain((bytes, offset, length) -> assertThat(bytes.isReadOnly()).isTrue(), 1, 1000);
    }

    @Test
    void refusesMemoryThatIsNoRing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RingBuffer.allocate(100))
                .withMessageContaining("100");
        assertThatIllegalArgumentException().isThrownBy(() -> RingBuffer.allocate(32));
        int size = RingBuffer.bufferSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> RingBuffer.over(ByteBuffer.allocate(size)));
        ByteBuffer direct = ByteBuffer.allocateDirect(size + 8);
        assertThatIllegalArgumentException().isThrownBy(() -> RingBuffer.over(direct.asReadOnlyBuffer()));
        assertThatIllegalArgumentException().isThrownBy(() -> RingBuffer.over(direct));
        int odd = direct.alignmentOffset(0, 8) == 7 ? 2 : 1;
        assertThatIllegalArgumentException().isThrownBy(() -> RingBuffer.over(direct.slice(odd, size)));
        assertThat(RingBuffer.over(direct.slice(0, size)).capacity()).isEqualTo(64);
    }

    @Test
    void publishingAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] record = new byte[40];
        long allocated = Long.MAX_VALUE;
        // The first rounds may still allocate for the JVM's own sake, such as linking the accessors.
        for (int round = 0; round < 10 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                ring.publish(record, 0, 40);
                ring.commit(ring.claim(40));
                ring.drain(IGNORE, 2, 256);
                ring.release();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
    }

    private void publish(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(ring.publish(bytes, 0, bytes.length)).isNotNegative();
    }

    private List<String> drain() {
        List<String> texts = new ArrayList<>();
        ring.drain((bytes, offset, length) -> texts.add(text(bytes, offset, length)), 100, Integer.MAX_VALUE);
        ring.release();
        return texts;
    }

    private static String text(ByteBuffer bytes, int offset, int length) {
        byte[] copy = new byte[length];
        bytes.get(offset, copy, 0, length);
        return new String(copy, StandardCharsets.US_ASCII);
    }
}
