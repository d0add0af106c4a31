package dev.afterimage.server;

import dev.afterimage.jdbc.store.Sealed;
import dev.afterimage.jdbc.store.Sealing;
import dev.afterimage.kafka.ChangeConsumer;
import dev.afterimage.kafka.LogEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what is missing in the store told as gaps. A number is given up when newer ones of its instance have been there for
 * the configured time, and the group has then handled all that the topic holds: what lies in Kafka is late, not lost. Time
 * is this process's own, so no clock can make an event seem lost. Several servers may do the same; the first one records.
 *
 * <p>A thread's work, until {@link #close}.
 */
final class MissingCheck implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("afterimage");
    private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LOOKS_IN_TIME = 8;

    private final Sealing sealing;
    private final ChangeConsumer consumer;
    private final long patienceNanos;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<Long, Mark> marks = new HashMap<>();
    private @Nullable Waiting waiting;
    private boolean failing;

    /** The newest number of an instance at some time. */
    private record Mark(long newest, long sinceNanos) {}

    /** What is to be given up once the group has handled all that lies before the end. */
    private record Waiting(Map<Long, Long> upTo, LogEnd end, long sinceNanos) {}

    MissingCheck(Sealing sealing, ChangeConsumer consumer, Duration patience) {
        this.sealing = sealing;
        this.consumer = consumer;
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public void run() {
        long rest = Math.max(SHORTEST_REST_NANOS, Math.min(patienceNanos / LOOKS_IN_TIME, LONGEST_REST_NANOS));
        try {
            while (!closing.await(rest, TimeUnit.NANOSECONDS)) {
                try {
                    look();
                    failing = false;
                } catch (RuntimeException | Error e) { // The store or the broker is away: the next look may find them.
                    if (!failing) {
                        LOG.warn("What is missing cannot be looked for; trying on: {}", e.toString());
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Map<Long, Long> overdue = overdue(sealing.advance());
        if (overdue.isEmpty()) {
            waiting = null;
            return;
        }
        Waiting now = waiting;
        if (now == null || System.nanoTime() - now.sinceNanos() > patienceNanos) { // A topic made anew ends elsewhere.
            now = new Waiting(overdue, consumer.logEnd(), System.nanoTime());
            waiting = now;
        }
        if (consumer.hasHandled(now.end())) {
            waiting = null;
            now.upTo().keySet().forEach(marks::remove);
            long missing = sealing.giveUp(now.upTo());
            if (missing > 0) {
                LOG.warn("{} events that were published have not arrived; recorded as gaps", missing);
            }
        }
    }

    /** The instances of which some number below one that arrived long ago is missing, with that one. */
    private Map<Long, Long> overdue(List<Sealed> open) {
        long now = System.nanoTime();
        Map<Long, Mark> before = new HashMap<>(marks);
        Map<Long, Long> overdue = new HashMap<>();
        marks.clear();
        for (Sealed one : open) {
            Mark mark = before.get(one.instance());
            if (mark == null || one.to() >= mark.newest()) {
                mark = new Mark(one.newest(), now);
            }
            marks.put(one.instance(), mark);
            if (now - mark.sinceNanos() >= patienceNanos) {
                overdue.put(one.instance(), mark.newest());
            }
        }
        return overdue;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
