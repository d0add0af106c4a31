package dev.afterimage.kafka;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to a Kafka topic, each at least once and those under one record key in order, however long the broker is
 * away.
 *
 * <p>{@link #send} only puts the batch into a queue, whose length the pipeline bounds by {@code audit.batch.in-flight}.
 * A thread of the sink's own talks to the producer, because the producer blocks its caller while it has no metadata or
 * no memory. The thread keeps every batch until each of its events has a final word; when a producer fails, it makes
 * another one and sends again what has none.
 *
 * <p>What is sent again may arrive twice, and then an older event may follow a newer one of the same row. The store
 * applies each identity once, so nobody sees that.
 */
final class KafkaSink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final RateLimitedLog FAULTS = new RateLimitedLog(LOG);

    /** How soon a failed producer is noticed while no batch comes. */
    private static final long LOOK_MILLIS = 200;

    /** What close() grants the producer for what was already handed to it. */
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private static final Duration CLOSE = Duration.ofSeconds(4);

    /** Makes sessions; blocks while the cluster cannot be reached, or throws, and is called again. */
    interface SessionSource {
        ProducerSession open() throws InterruptedException;
    }

    private final SessionSource sessions;
    private final BlockingQueue<PendingBatch> arrived = new LinkedBlockingQueue<>();
    /** In order of arrival. Only the delivery thread changes it, until it has ended. */
    private final Queue<PendingBatch> underWay = new ConcurrentLinkedQueue<>();

    private final Backoff backoff = new Backoff();
    private final Thread thread;
    private volatile boolean closing;

    KafkaSink(SessionSource sessions) {
        this.sessions = sessions;
        thread = new Thread(this::run, "afterimage-kafka-sink");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public CompletionStage<Delivery> send(List<AuditEvent> batch) {
        if (closing) {
            return CompletableFuture.failedFuture(closed());
        }
        PendingBatch pending = new PendingBatch(batch);
        arrived.add(pending);
        return pending.delivery();
    }

    private void run() {
        while (!closing) {
            try {
                deliverBySession();
            } catch (InterruptedException | InterruptException e) {
                // Only close() has a reason to interrupt this thread; anybody else's interrupt changes nothing.
                Thread.interrupted();
            } catch (RuntimeException | Error e) {
                FAULTS.warn("Changes wait for Kafka: batches=" + (underWay.size() + arrived.size()), e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(backoff.nextMillis());
        } catch (InterruptedException e) {
            // close() is waiting, and the loop looks.
        }
    }

    /** Returns never; throws when the session has failed or the sink is closed. */
    private void deliverBySession() throws InterruptedException {
        ProducerSession session = sessions.open();
        try {
            for (PendingBatch unfinished : underWay) {
                session.transmit(unfinished);
            }
            while (true) {
                deliverNext(session);
            }
        } finally {
            if (session.hasAcknowledged()) {
                backoff.reset();
            }
            // Kafka's close() gives up at once on an interrupted thread.
            Thread.interrupted();
            session.close(closing ? FLUSH : Duration.ZERO);
        }
    }

    private void deliverNext(ProducerSession session) throws InterruptedException {
        PendingBatch next = arrived.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        underWay.removeIf(PendingBatch::isDone);
        if (next != null) {
            underWay.add(next);
            session.transmit(next);
        }
        session.check();
    }

    /**
     * Grants what was handed to Kafka two seconds, gives up the rest and returns within five. Batches given up complete
     * exceptionally.
     */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        boolean interrupted = false;
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        int givenUp = abandon(underWay) + abandon(arrived);
        if (givenUp > 0) {
            LOG.warn("The Kafka sink was closed before Kafka had acknowledged everything: batches={}", givenUp);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static int abandon(Queue<PendingBatch> batches) {
        int open = 0;
        for (@Nullable PendingBatch batch = batches.poll(); batch != null; batch = batches.poll()) {
            if (!batch.isDone()) {
                open++;
                batch.abandon(closed());
            }
        }
        return open;
    }

    private static KafkaException closed() {
        return new KafkaException("The Kafka sink is closed");
    }
}
