package dev.afterimage.jmh.tpcb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/** A bounded queue and a thread that empties it and counts: what a listener needs in order not to hold up its caller. */
final class EventQueue implements AutoCloseable {

    private static final int CAPACITY = 65_536;
    private static final int AT_ONCE = 1_000;

    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder taken = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Thread thread = new Thread(this::run, "tpcb-event-queue");

    EventQueue() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Never waits: an event that finds no room is counted as dropped. */
    void offer(Object event) {
        if (!queue.offer(event)) {
            dropped.increment();
        }
    }

    long taken() {
        return taken.sum();
    }

    long dropped() {
        return dropped.sum();
    }

    private void run() {
        List<Object> events = new ArrayList<>(AT_ONCE);
        try {
            while (true) {
                events.add(queue.take());
                queue.drainTo(events, AT_ONCE - 1);
                taken.add(events.size());
                events.clear();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
