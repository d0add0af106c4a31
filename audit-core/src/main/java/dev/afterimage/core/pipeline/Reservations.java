package dev.afterimage.core.pipeline;

import dev.afterimage.core.ring.RingBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Room in the ring that is promised to transactions which are about to commit. Thread-safe.
 *
 * <p>A claim in the ring itself would be simpler, and wrong: the consumer cannot pass an open claim, so one commit that
 * takes long would hold up every record behind it until the ring is full. A promise is a number only. It holds because
 * every publisher of a rejecting pipeline asks for one first: what is taken and what is promised together never exceed
 * the limit.
 *
 * <h2>Why they never do</h2>
 *
 * <p>A promise is counted before the ring's tail is read, and given back after the tail has moved. So whoever asks sees
 * another's record either still as a promise, or in the tail, or for a moment as both; never as neither. An old head
 * makes the ring seem fuller, not emptier.
 *
 * <p>The limit is a longest record short of the capacity: a record that would wrap leaves the end of the ring unused, less
 * than its own length, and in any stretch of a ring's length there is one such place.
 */
final class Reservations {

    private static final long FIRST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000;

    private final RingBuffer ring;
    private final long limit;
    private final AtomicLong promised = new AtomicLong();

    Reservations(RingBuffer ring) {
        this.ring = ring;
        this.limit = (long) ring.capacity() - RingBuffer.sizeOf(ring.maxRecordLength());
    }

    /** Most bytes that can be promised at all. */
    long limit() {
        return limit;
    }

    /** Bytes promised now. */
    long promised() {
        return promised.get();
    }

    /** Promises room, if there is any now. */
    boolean reserve(long bytes) {
        long all = promised.addAndGet(bytes);
        boolean fits = ring.tail() - ring.head() + all <= limit;
        if (!fits) {
            release(bytes);
        }
        return fits;
    }

    /**
     * Promises room, and waits for it if there is none. An interrupt neither ends the wait nor is lost.
     *
     * @return whether there was room in time
     */
    boolean reserve(long bytes, long waitNanos) {
        if (bytes > limit || ring.isClosed()) {
            return false;
        }
        if (reserve(bytes)) {
            return true;
        }
        ring.wakeUp(); // Promises do not show in the ring: its consumer may rest, with room to give back.
        return waitNanos > 0 && reserveWhenRoom(bytes, waitNanos);
    }

    private boolean reserveWhenRoom(long bytes, long waitNanos) {
        long deadline = System.nanoTime() + waitNanos;
        long pause = FIRST_PAUSE_NANOS;
        boolean interrupted = false;
        boolean reserved = false;
        for (long left = waitNanos; !reserved && left > 0; left = deadline - System.nanoTime()) {
            ring.wakeUp();
            LockSupport.parkNanos(this, Math.min(pause, left));
            // Cleared for the wait, since a thread with the flag set does not park but spins.
            interrupted |= Thread.interrupted();
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
            reserved = reserve(bytes);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return reserved;
    }

    /** Gives promised room back: its record is in the ring, or will never come. */
    void release(long bytes) {
        promised.addAndGet(-bytes);
    }
}
