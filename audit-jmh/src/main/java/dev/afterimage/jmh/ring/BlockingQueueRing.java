package dev.afterimage.jmh.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/** What most applications would take: a lock, and an array of its own for each record. */
final class BlockingQueueRing implements Ring {

    private static final int BATCH_RECORDS = 4096;
    private static final byte[] END = new byte[0];

    private final ArrayBlockingQueue<byte[]> queue;

    BlockingQueueRing(int records) {
        queue = new ArrayBlockingQueue<>(records);
    }

    @Override
    public void publish(byte[] record) {
        put(record.clone());
    }

    private void put(byte[] copy) {
        try {
            queue.put(copy);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void consume(Tally tally) {
        List<byte[]> batch = new ArrayList<>(BATCH_RECORDS);
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH_RECORDS - 1);
                for (byte[] record : batch) {
                    if (record == END) {
                        return;
                    }
                    tally.take(record);
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        put(END);
    }
}
