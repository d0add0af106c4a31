package dev.afterimage.jmh.ring;

import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's ring of bytes with its own idle strategy: spins, yields, then naps of up to a millisecond. */
final class AgronaRing implements Ring {

    private static final int TYPE = 1;
    private static final int LINE_PAIR = 128;
    private static final int BATCH_RECORDS = 4096;

    private final ManyToOneRingBuffer ring = new ManyToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH, LINE_PAIR)));
    private final byte[] owned;
    private volatile boolean stopped;

    AgronaRing(int length) {
        owned = new byte[length];
    }

    @Override
    public void publish(byte[] record) {
        int claim = ring.tryClaim(TYPE, record.length);
        if (claim < 0) {
            claim = claimWhenRoom(record.length);
        }
        ring.buffer().putBytes(claim, record);
        ring.commit(claim);
    }

    private int claimWhenRoom(int length) {
        IdleStrategy idle = new BackoffIdleStrategy();
        int claim;
        do {
            idle.idle();
            claim = ring.tryClaim(TYPE, length);
        } while (claim < 0);
        return claim;
    }

    @Override
    public void consume(Tally tally) {
        IdleStrategy idle = new BackoffIdleStrategy();
        while (!stopped) {
            idle.idle(ring.read((type, buffer, index, length) -> take(buffer, index, length, tally), BATCH_RECORDS));
        }
    }

    private void take(MutableDirectBuffer buffer, int index, int length, Tally tally) {
        buffer.getBytes(index, owned, 0, length);
        tally.take(owned);
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
