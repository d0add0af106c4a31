package dev.afterimage.jmh.ring;

import dev.afterimage.core.ring.RingBuffer;
import java.nio.ByteBuffer;

/** Ours, with the waits and the batches that the publisher and the pipeline have. */
final class AfterimageRing implements Ring {

    private static final long WAIT_NANOS = 10_000_000_000L;
    private static final int BATCH_RECORDS = 4096;
    private static final int BATCH_BYTES = 1 << 20;

    private final RingBuffer ring = RingBuffer.allocate(CAPACITY);
    private final byte[] owned;
    private volatile boolean stopped;

    AfterimageRing(int length) {
        owned = new byte[length];
    }

    @Override
    public void publish(byte[] record) {
        long claim = ring.publish(record, 0, record.length, WAIT_NANOS);
        if (claim < 0) {
            throw new IllegalStateException("claim=" + claim);
        }
    }

    @Override
    public void consume(Tally tally) {
        while (!stopped) {
            int drained = ring.drain(
                    (bytes, offset, length) -> take(bytes, offset, length, tally), BATCH_RECORDS, BATCH_BYTES);
            ring.release();
            if (drained == 0) {
                ring.nap();
            }
        }
    }

    private void take(ByteBuffer bytes, int offset, int length, Tally tally) {
        bytes.get(offset, owned, 0, length);
        tally.take(owned);
    }

    @Override
    public void stop() {
        stopped = true;
        ring.wakeUp();
    }
}
