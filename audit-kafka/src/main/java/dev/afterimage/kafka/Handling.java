package dev.afterimage.kafka;

import dev.afterimage.core.resolve.EventHandler;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/**
 * The handling thread's work: hands what is due to the {@link EventHandler}, and what cannot be read to the dead-letter
 * topic. Whatever fails is tried again, with a growing delay, until it works: nothing is skipped.
 */
final class Handling implements Runnable {

    private static final RateLimitedLog FAULTS = new RateLimitedLog(LoggerFactory.getLogger(Handling.class));

    /** Large enough that one read of the replica and one write to the store serve many events. */
    private static final int MOST_RECORDS = 1000;

    /** How often to ask whether something has become due. */
    private static final long LOOK_MILLIS = 20;

    private final HeldRecords held;
    private final EventHandler handler;
    private final DeadLetters deadLetters;
    private final CountDownLatch closing;
    private final Backoff backoff = new Backoff();
    /** Grows by one with each batch, so that a partition with much to do does not keep the others waiting. */
    private int firstQueue;

    private final LongAdder handled = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder retries = new LongAdder();

    Handling(HeldRecords held, EventHandler handler, DeadLetters deadLetters, CountDownLatch closing) {
        this.held = held;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.closing = closing;
    }

    long handled() {
        return handled.sum();
    }

    long deadLettered() {
        return deadLettered.sum();
    }

    long retries() {
        return retries.sum();
    }

    @Override
    public void run() {
        try {
            boolean idle = false;
            while (!closing.await(idle ? LOOK_MILLIS : 0, TimeUnit.MILLISECONDS)) {
                idle = !handleNext();
            }
        } catch (InterruptedException e) {
            // close() has waited long enough for the batch under way; the batch will be handled again.
        } finally {
            deadLetters.close();
        }
    }

    /** Handles one batch, if there is one that works; returns whether there was any. */
    private boolean handleNext() throws InterruptedException {
        try {
            boolean any = handleInTurn();
            backoff.reset();
            return any;
        } catch (RuntimeException | Error e) {
            retries.increment();
            FAULTS.warn("Events wait because handling failed: held=" + held.size(), e);
            closing.await(backoff.nextMillis(), TimeUnit.MILLISECONDS);
            return true;
        }
    }

    private boolean handleInTurn() throws InterruptedException {
        held.turn().lock();
        try {
            if (closing.getCount() == 0) {
                return false;
            }
            DueBatch batch = DueBatch.choose(queuesInTurn(), handler::isDue, MOST_RECORDS);
            if (batch.isEmpty()) {
                return false;
            }
            if (!batch.events().isEmpty()) {
                handler.handle(Collections.unmodifiableList(batch.events()));
            }
            deadLetters.send(batch.unreadable());
            batch.done();
            handled.add(batch.events().size());
            deadLettered.add(batch.unreadable().size());
            return true;
        } finally {
            held.turn().unlock();
        }
    }

    private List<PartitionQueue> queuesInTurn() {
        List<PartitionQueue> queues = held.queues();
        if (!queues.isEmpty()) {
            Collections.rotate(queues, -(firstQueue % queues.size()));
            firstQueue = (firstQueue + 1) & Integer.MAX_VALUE;
        }
        return queues;
    }
}
