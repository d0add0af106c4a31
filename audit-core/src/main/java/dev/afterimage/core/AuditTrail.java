package dev.afterimage.core;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.pipeline.Pipeline;
import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.sink.SinkProvider;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The running audit trail of a process: ring, background thread and sink. Make one per process, share it between data
 * sources, and close it last: what is captured until then is delivered, within {@code audit.shutdown-timeout}.
 * Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {

    private final AuditConfiguration configuration;
    private final AuditCounters counters = new AuditCounters();
    private final Pipeline pipeline;
    private final long instance;

    private AuditTrail(AuditConfiguration configuration, Sink sink) {
        this.configuration = configuration;
        this.instance = new SecureRandom().nextLong();
        boolean block = configuration.text(Setting.OVERFLOW).equals("block");
        this.pipeline = new Pipeline(
                instance,
                RingBuffer.allocate(ringCapacity(configuration)),
                sink,
                configuration.number(Setting.STATEMENT_MAX_ROWS),
                configuration.number(Setting.BATCH_MAX_EVENTS),
                configuration.number(Setting.BATCH_IN_FLIGHT),
                block ? configuration.duration(Setting.OVERFLOW_WAIT) : Duration.ZERO,
                configuration.duration(Setting.SHUTDOWN_TIMEOUT),
                counters);
    }

    private static int ringCapacity(AuditConfiguration configuration) {
        int size = configuration.number(Setting.RING_SIZE);
        int floor = Integer.highestOneBit(size);
        return floor == size ? size : floor << 1;
    }

    /**
     * Starts a trail that ends in a given sink, which it closes.
     *
     * @throws ConfigurationException if a value cannot be used
     */
    public static AuditTrail start(AuditConfiguration configuration, Sink sink) {
        return new AuditTrail(configuration, sink);
    }

    /**
     * Starts a trail that ends in the sink that {@code audit.sink} names.
     *
     * @throws ConfigurationException if no such sink is on the class path, or a value cannot be used
     */
    public static AuditTrail start(AuditConfiguration configuration) {
        if (!configuration.flag(Setting.ENABLED)) {
            return new AuditTrail(configuration, new NoSink());
        }
        String wanted = configuration.text(Setting.SINK);
        List<String> known = new ArrayList<>();
        for (SinkProvider provider : ServiceLoader.load(SinkProvider.class)) {
            if (provider.name().equals(wanted)) {
                return new AuditTrail(configuration, provider.create(configuration));
            }
            known.add(provider.name());
        }
        throw new ConfigurationException("Property " + Setting.SINK.key() + "=" + wanted
                + " names no sink on the class path. Allowed: " + known);
    }

    /** The configuration it was started with. */
    public AuditConfiguration configuration() {
        return configuration;
    }

    /** What it has done so far. */
    public AuditCounters counters() {
        return counters;
    }

    /** The background thread's side: for modules that capture changes, not for applications. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** This process start's number, sixteen hexadecimal digits: the first half of each event's identity. */
    public String instance() {
        return EventId.instanceText(instance);
    }

    /**
     * Waits until everything captured before the call is delivered or refused for good.
     *
     * @return whether that was so within the time
     */
    public boolean flush(Duration timeout) {
        return pipeline.flush(timeout);
    }

    /** Delivers what is there, within {@code audit.shutdown-timeout}, and ends. Later changes are not recorded. */
    @Override
    public void close() {
        pipeline.close();
    }

    /** Stands where capture is switched off. */
    private static final class NoSink implements Sink {
        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            return CompletableFuture.completedFuture(Delivery.COMPLETE);
        }

        @Override
        public void close() {}
    }
}
