package dev.afterimage.jmh.ring;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;

/** LMAX's Disruptor, its slots made beforehand, each as long as the longest record. */
final class DisruptorRing implements Ring {

    private final RingBuffer<byte[]> ring;
    private final BatchEventProcessor<byte[]> processor;
    private final byte[] owned;
    private Tally tally;

    DisruptorRing(String waiting, int records, int length) {
        ring = RingBuffer.createMultiProducer(() -> new byte[length], records, strategy(waiting));
        processor = new BatchEventProcessorBuilder()
                .build(ring, ring.newBarrier(), (slot, sequence, endOfBatch) -> take(slot));
        ring.addGatingSequences(processor.getSequence()); // Before the first record, or producers would overtake.
        owned = new byte[length];
    }

    private static WaitStrategy strategy(String waiting) {
        return switch (waiting) {
            case "blocking" -> new BlockingWaitStrategy();
            case "sleeping" -> new SleepingWaitStrategy();
            case "yielding" -> new YieldingWaitStrategy();
            default -> throw new IllegalArgumentException("waiting=" + waiting);
        };
    }

    @Override
    public void publish(byte[] record) {
        long slot = ring.next();
        try {
            System.arraycopy(record, 0, ring.get(slot), 0, record.length);
        } finally {
            ring.publish(slot);
        }
    }

    @Override
    public void consume(Tally records) {
        tally = records;
        processor.run();
    }

    private void take(byte[] slot) {
        System.arraycopy(slot, 0, owned, 0, slot.length);
        tally.take(owned);
    }

    @Override
    public void stop() {
        processor.halt();
    }
}
