package dev.afterimage.jmh.ring;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jctools.queues.MpscArrayQueue;

/**
 * JCTools' queue of references. It brings no way of waiting, so it gets Agrona's: producers never pay for a wake-up. A
 * record is an array of its own, for a queue of references has no other way to own the bytes.
 */
final class JctoolsRing implements Ring {

    private static final int BATCH_RECORDS = 4096;

    private final MpscArrayQueue<byte[]> queue;
    private volatile boolean stopped;

    JctoolsRing(int records) {
        queue = new MpscArrayQueue<>(records);
    }

    @Override
    public void publish(byte[] record) {
        byte[] copy = record.clone();
        if (!queue.offer(copy)) {
            offerWhenRoom(copy);
        }
    }

    private void offerWhenRoom(byte[] copy) {
        IdleStrategy idle = new BackoffIdleStrategy();
        while (!queue.offer(copy)) {
            idle.idle();
        }
    }

    @Override
    public void consume(Tally tally) {
        IdleStrategy idle = new BackoffIdleStrategy();
        while (!stopped) {
            idle.idle(queue.drain(tally::take, BATCH_RECORDS));
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
