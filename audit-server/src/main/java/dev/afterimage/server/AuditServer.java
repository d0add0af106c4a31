package dev.afterimage.server;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.resolve.ReplicaUnavailableException;
import dev.afterimage.core.resolve.Resolver;
import dev.afterimage.core.resolve.StoreUnavailableException;
import dev.afterimage.core.table.ColumnRules;
import dev.afterimage.jdbc.replica.JdbcReplica;
import dev.afterimage.jdbc.store.JdbcAuditStore;
import dev.afterimage.jdbc.store.Sealing;
import dev.afterimage.kafka.ChangeConsumer;
import dev.afterimage.kafka.ConsumerCounts;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumer, resolver and store together. What is away at the start is waited for: the server says so, and goes on when
 * it is there.
 */
final class AuditServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("afterimage");
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long REPORT_SECONDS = 10;

    private final AuditConfiguration configuration;
    private final JdbcReplica replica;
    private final JdbcAuditStore store;
    private final ChangeConsumer consumer;
    private final MissingCheck missing;
    private final Thread missingThread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Puts the parts together; connects to nothing yet.
     *
     * @throws dev.afterimage.core.config.ConfigurationException if a property is missing or cannot be used
     */
    AuditServer(AuditConfiguration configuration) {
        this.configuration = configuration;
        this.replica = JdbcReplica.of(configuration);
        this.store = JdbcAuditStore.of(configuration);
        ColumnRules rules = new ColumnRules(
                configuration.patterns(Setting.COLUMNS_EXCLUDE), configuration.patterns(Setting.COLUMNS_MASK));
        this.consumer = new ChangeConsumer(configuration, new Resolver(replica, store, rules));
        this.missing = new MissingCheck(
                Sealing.of(configuration), consumer, configuration.duration(Setting.SERVER_MISSING_AFTER));
        this.missingThread = new Thread(missing, "afterimage-missing");
        missingThread.setDaemon(true);
    }

    /** Works until {@link #close}. */
    void run() throws InterruptedException {
        try {
            describe();
            if (prepareStore()) {
                consumer.start();
                missingThread.start();
                LOG.info("Ready");
                report();
                consumer.close();
                ConsumerCounts counts = consumer.counts();
                LOG.info(
                        "Stopped: {} stored, {} dead letters; what is not stored will be read again",
                        counts.handled(),
                        counts.deadLettered());
            }
        } finally {
            missing.close();
            missingThread.interrupt();
            replica.close();
            store.close();
            stopped.countDown();
        }
    }

    private void describe() {
        LOG.info(
                "Changes from topic {} at {}, group {}; unreadable records go to {}",
                configuration.text(Setting.KAFKA_TOPIC),
                configuration.text(Setting.KAFKA_BOOTSTRAP_SERVERS),
                configuration.text(Setting.KAFKA_GROUP),
                configuration.text(Setting.KAFKA_DEAD_LETTER_TOPIC));
        LOG.info("Replica {}: {}", configuration.text(Setting.REPLICA_URL), replicaState());
        LOG.info("Store {}, table {}", configuration.text(Setting.STORE_URL), configuration.text(Setting.STORE_TABLE));
        LOG.info("Not in this version: search index, web console");
    }

    private String replicaState() {
        try {
            return "reachable, " + replica.fenceKind() + " position " + replica.reached();
        } catch (ReplicaUnavailableException e) {
            return "not reachable yet (" + reason(e) + "); changes wait for it";
        }
    }

    private boolean prepareStore() throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (stopping.getCount() > 0) {
            try {
                store.prepare();
                return true;
            } catch (StoreUnavailableException e) {
                LOG.warn("Store not reachable yet, trying again in {} ms: {}", pause, reason(e));
                if (stopping.await(pause, TimeUnit.MILLISECONDS)) {
                    return false;
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
        return false;
    }

    private static @Nullable String reason(RuntimeException e) {
        Throwable cause = e.getCause();
        return cause == null ? e.getMessage() : cause.getMessage();
    }

    private void report() throws InterruptedException {
        ConsumerCounts last = consumer.counts();
        while (!stopping.await(REPORT_SECONDS, TimeUnit.SECONDS)) {
            ConsumerCounts now = consumer.counts();
            if (!now.equals(last)) {
                LOG.info(
                        "{} stored, {} waiting for the replica, {} dead letters, {} retries",
                        now.handled(),
                        now.held(),
                        now.deadLettered(),
                        now.retries());
            }
            last = now;
        }
    }

    /** Stops cleanly: the batch under way is stored, offsets are committed, the group is left. Waits for that. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            if (!stopped.await(25, TimeUnit.SECONDS)) {
                LOG.warn("Not stopped in time; what is not stored will be read again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
