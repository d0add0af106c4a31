package dev.afterimage.core;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.journal.Journal;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.pipeline.Limits;
import dev.afterimage.core.pipeline.Pipeline;
import dev.afterimage.core.ring.RingBuffer;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.sink.SinkProvider;
import dev.afterimage.core.spool.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running audit trail of a process: ring, background thread and sink. Make one per process, share it between data
 * sources, and close it last: what is captured until then is delivered, within {@code audit.shutdown-timeout}.
 * Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    private final AuditConfiguration configuration;
    private final AuditCounters counters = new AuditCounters();
    private final Pipeline pipeline;
    private final long instance;

    private AuditTrail(AuditConfiguration configuration, Sink sink, Disk disk) {
        this.configuration = configuration;
        this.instance = disk.instance();
        Limits limits = limits(configuration);
        Journal journal = disk.journal();
        this.pipeline = journal == null
                ? new Pipeline(
                        instance,
                        RingBuffer.allocate(ringCapacity(configuration)),
                        sink,
                        limits,
                        disk.spool(),
                        counters)
                : new Pipeline(instance, journal, sink, limits, counters);
    }

    /** What of the trail lies on disk; and the number of this process start, after which it is named. */
    private record Disk(
            long instance,
            @Nullable Journal journal,
            @Nullable Spool spool) {

        void close() {
            close(journal);
            close(spool);
        }

        private static void close(@Nullable Closeable open) {
            try {
                if (open != null) {
                    open.close();
                }
            } catch (IOException e) {
                // What made it useless is thrown.
            }
        }
    }

    /** Whether some table's changes shall outlive the process. */
    private static boolean persists(AuditConfiguration configuration) {
        return asksFor(configuration, "process") || asksFor(configuration, "disk");
    }

    private static boolean asksFor(AuditConfiguration configuration, String durability) {
        return configuration.text(Setting.DURABILITY).equals(durability)
                || configuration.under(Setting.DURABILITY_OF).containsValue(durability);
    }

    private static Limits limits(AuditConfiguration configuration) {
        String overflow = configuration.text(Setting.OVERFLOW);
        return new Limits(
                configuration.number(Setting.STATEMENT_MAX_ROWS),
                configuration.number(Setting.BATCH_MAX_EVENTS),
                configuration.number(Setting.BATCH_IN_FLIGHT),
                overflow.equals("drop") ? Duration.ZERO : configuration.duration(Setting.OVERFLOW_WAIT),
                overflow.equals("reject"),
                asksFor(configuration, "disk"),
                configuration.duration(Setting.SHUTDOWN_TIMEOUT));
    }

    private static int ringCapacity(AuditConfiguration configuration) {
        int size = configuration.number(Setting.RING_SIZE);
        int floor = Integer.highestOneBit(size);
        return floor == size ? size : floor << 1;
    }

    /** What {@code audit.durability} and {@code audit.overflow=spill} ask for. */
    private static Disk disk(AuditConfiguration configuration) {
        long instance = InstanceNumber.draw();
        try {
            Path path = Path.of(configuration.text(Setting.SPOOL_DIRECTORY)).toAbsolutePath();
            long maxBytes = configuration.bytes(Setting.SPOOL_MAX_SIZE);
            if (persists(configuration)) {
                return new Disk(instance, Journal.open(path, maxBytes, ringCapacity(configuration), instance), null);
            }
            if (configuration.text(Setting.OVERFLOW).equals("spill")) {
                return new Disk(instance, null, Spool.open(path, maxBytes));
            }
            if (Spool.isLeftIn(path)) {
                LOG.warn(
                        "{} holds events that an earlier start could not send: only audit.overflow=spill sends them",
                        path);
            }
            return new Disk(instance, null, null);
        } catch (IOException | InvalidPathException e) {
            throw unusable(configuration, e, "; without a directory only audit.durability=memory is possible");
        }
    }

    private static AuditTrail start(AuditConfiguration configuration, Supplier<Sink> sink) {
        Disk disk = configuration.flag(Setting.ENABLED) ? disk(configuration) : new Disk(0, null, null);
        return start(configuration, sink, disk);
    }

    private static AuditTrail start(AuditConfiguration configuration, Supplier<Sink> sink, Disk disk) {
        try {
            return new AuditTrail(configuration, sink.get(), disk);
        } catch (RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    /**
     * Starts a trail that ends in a given sink, which it closes.
     *
     * @throws ConfigurationException if a value cannot be used; the sink is closed then
     */
    public static AuditTrail start(AuditConfiguration configuration, Sink sink) {
        try {
            return start(configuration, () -> sink);
        } catch (RuntimeException e) {
            sink.close();
            throw e;
        }
    }

    /**
     * Starts a trail that ends in the sink that {@code audit.sink} names.
     *
     * @throws ConfigurationException if no such sink is on the class path, or a value cannot be used
     */
    public static AuditTrail start(AuditConfiguration configuration) {
        if (!configuration.flag(Setting.ENABLED)) {
            return new AuditTrail(configuration, new NoSink(), new Disk(0, null, null));
        }
        String wanted = configuration.text(Setting.SINK);
        List<String> known = new ArrayList<>();
        for (SinkProvider provider : ServiceLoader.load(SinkProvider.class)) {
            if (provider.name().equals(wanted)) {
                return start(configuration, () -> provider.create(configuration));
            }
            known.add(provider.name());
        }
        throw new ConfigurationException("Property " + Setting.SINK.key() + "=" + wanted
                + " names no sink on the class path. Allowed: " + known);
    }

    /**
     * Starts a trail that captures nothing and sends what processes that are gone have left in
     * {@code audit.spool.directory}, whatever {@code audit.durability} says. What lies there as records needs its data
     * source: {@link Pipeline#leftovers} names them, {@link Pipeline#register} makes one known. What a living process has
     * is not touched, and a process that starts meanwhile takes another place.
     *
     * @param sink closed with the trail, or at once if there is none
     * @return null if nothing is left there that no living process has
     * @throws ConfigurationException if the directory is none, or cannot be used; the sink is closed then
     */
    public static @Nullable AuditTrail recover(AuditConfiguration configuration, Sink sink) {
        AuditTrail trail = null;
        try {
            Disk left = left(configuration);
            trail = left == null ? null : start(configuration, () -> sink, left);
            return trail;
        } finally {
            if (trail == null) {
                sink.close();
            }
        }
    }

    private static @Nullable Disk left(AuditConfiguration configuration) {
        long instance = InstanceNumber.draw();
        try {
            Path path = Path.of(configuration.text(Setting.SPOOL_DIRECTORY)).toAbsolutePath();
            if (!Files.isDirectory(path)) {
                throw new IOException("not a directory");
            }
            Journal journal = Journal.openLeft(path, configuration.bytes(Setting.SPOOL_MAX_SIZE), instance);
            return journal == null ? null : new Disk(instance, journal, null);
        } catch (IOException | InvalidPathException e) {
            throw unusable(configuration, e, "");
        }
    }

    private static ConfigurationException unusable(AuditConfiguration configuration, Exception why, String advice) {
        return new ConfigurationException("Property " + Setting.SPOOL_DIRECTORY.key() + "="
                + configuration.text(Setting.SPOOL_DIRECTORY) + " cannot be used: " + why + advice);
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

    /**
     * Delivers what is there, within {@code audit.shutdown-timeout}, and ends. Later changes are not recorded. What was not
     * delivered stays in the spool, if there is one; the log says how much, and {@link #counters} do.
     */
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
