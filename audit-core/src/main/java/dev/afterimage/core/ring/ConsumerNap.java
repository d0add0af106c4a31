package dev.afterimage.core.ring;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the consumer sleeps and who wakes it.
 *
 * <p>Waking a thread is a system call of several microseconds, a hundred times the price of publishing a record. A
 * consumer that is woken for the first record of each burst makes producers pay it in every burst. This consumer wakes
 * by itself instead: it naps for a millisecond, or for ten after some ten naps without work, and looks. A producer
 * wakes it only when waiting for the end of the nap could fill the ring, that is from a quarter full; and whoever finds
 * the ring full always does. A producer looks whether the consumer sleeps only as its record passes one of sixteen marks
 * of each lap, and there only from a quarter full.
 *
 * <p>A consumer for which a few records are not worth a round of work lets them wait: it {@link #rest rests}. It does not
 * lie down in a ring that is an eighth full: from there it is not far to where producers wake it.
 *
 * <h2>Why no needed wake-up is missed</h2>
 *
 * <p>The danger is the pattern of two threads that each write one word and read the other's:
 *
 * <pre>
 *   consumer: sleeper = me;   fence;  record committed? no  -&gt; park
 *   producer: commit record;  fence;  sleeper set?      no  -&gt; do not wake
 * </pre>
 *
 * <p>Without both fences each may read before its own write is visible to the other (every processor keeps its writes in
 * a buffer for a while), both answer no, and a full ring waits for a sleeping consumer. With both fences one of the
 * reads comes after the other thread's write, so at least one answers yes.
 *
 * <ul>
 *   <li><b>Consumer.</b> {@link #fallAsleep} fences always. It is about to sleep; the fence costs nothing that matters.
 *   <li><b>Producer, ring full.</b> {@link #wakeFromFull} fences. What it must not miss is the consumer asleep above
 *       committed records: its own, which its fence publishes, or another's, which that producer answers for.
 *   <li><b>Producer, at a mark.</b> {@link #wakeIfAsleep} does not fence. A wake-up can be missed here, and is made good
 *       at the next mark, by the end of the nap, or by the full path, whichever comes first.
 *   <li><b>{@link #wakeUp}</b>, for flush and shutdown, leaves a mark besides, so that it also ends a nap which has not
 *       begun yet.
 * </ul>
 *
 * <p>Every nap ends by itself, so even a missed wake-up costs time and never a record.
 */
final class ConsumerNap {

    private static final long NAP_NANOS = 1_000_000;
    private static final long IDLE_NAP_NANOS = 10_000_000;
    private static final int NAPS_UNTIL_IDLE = 10;

    private final BooleanSupplier readable;
    private final long napNanos;
    private final long idleNapNanos;

    /** The consumer's thread while it sleeps or is about to; null while it is awake. */
    private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

    private final AtomicBoolean wakeUpAsked = new AtomicBoolean();

    /** Consumer only: naps in a row that ended without work. */
    private int fruitlessNaps;

    /**
     * A consumer that is awake.
     *
     * @param readable whether a committed record waits; asked by the consumer's thread only
     */
    ConsumerNap(BooleanSupplier readable) {
        this(readable, NAP_NANOS, IDLE_NAP_NANOS);
    }

    ConsumerNap(BooleanSupplier readable, long napNanos, long idleNapNanos) {
        this.readable = readable;
        this.napNanos = napNanos;
        this.idleNapNanos = idleNapNanos;
    }

    /** Sleeps until a producer or {@link #wakeUp} ends the nap, or its time is over; not at all if a record waits. */
    void nap() {
        boolean woken = sleep(readable, fruitlessNaps < NAPS_UNTIL_IDLE ? napNanos : idleNapNanos);
        fruitlessNaps = woken || readable.getAsBoolean() ? 0 : Math.min(fruitlessNaps + 1, NAPS_UNTIL_IDLE);
    }

    /**
     * Sleeps as {@link #nap} does, though records may wait; not at all if the ring is crowded.
     *
     * @param crowded as it is now; asked by the consumer's thread only
     * @return whether a producer or {@link #wakeUp} has asked for the end, and not the time, or somebody else who has
     *     unparked the thread
     */
    boolean rest(BooleanSupplier crowded, long nanos) {
        return sleep(crowded, nanos);
    }

    private boolean sleep(BooleanSupplier awaited, long nanos) {
        if (fallAsleep(awaited)) {
            LockSupport.parkNanos(this, nanos);
        }
        boolean woken = sleeper.getAndSet(null) == null;
        return wakeUpAsked.getAndSet(false) || woken;
    }

    /** Says that the consumer sleeps, then looks once more; false if there is a reason not to park. */
    boolean fallAsleep(BooleanSupplier awaited) {
        sleeper.setRelease(Thread.currentThread());
        VarHandle.fullFence();
        return !wakeUpAsked.get() && !awaited.getAsBoolean();
    }

    /** Ends the present nap, or the next one if the consumer is awake. */
    void wakeUp() {
        wakeUpAsked.set(true);
        wakeIfAsleep();
    }

    /** As {@link #wakeIfAsleep}, and never misses a consumer that has fallen asleep over committed records. */
    boolean wakeFromFull() {
        VarHandle.fullFence();
        return wakeIfAsleep();
    }

    /** One read if the consumer is awake. Of several producers that find it asleep one makes the system call. */
    boolean wakeIfAsleep() {
        Thread thread = sleeper.getAcquire();
        boolean asleep = thread != null && sleeper.compareAndSet(thread, null);
        if (asleep) {
            LockSupport.unpark(thread);
        }
        return asleep;
    }

    /** Whether the consumer sleeps, or is about to, and nobody has woken it. */
    boolean isAsleep() {
        return sleeper.getAcquire() != null;
    }
}
