package dev.afterimage.server;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.resolve.Resolver;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.table.ColumnRules;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.replica.JdbcReplica;
import dev.afterimage.jdbc.store.JdbcAuditStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Everything between application and audit stores but the broker: what is captured is resolved and stored by the
 * background thread. The production database is its own replica.
 */
final class InProcessTrail implements AutoCloseable {

    private final List<JdbcAuditStore> stores = new ArrayList<>();
    private final List<JdbcReplica> replicas = new ArrayList<>();
    private final AuditTrail trail;
    private final DataSource audited;

    InProcessTrail(DataSource production, List<DataSource> databases, String history) {
        List<Resolver> resolvers = new ArrayList<>();
        for (DataSource database : databases) {
            JdbcAuditStore store = new JdbcAuditStore(database, history);
            store.prepare();
            stores.add(store);
            JdbcReplica replica = new JdbcReplica(production, Fence.LSN, Duration.ZERO);
            replicas.add(replica);
            resolvers.add(new Resolver(replica, store, new ColumnRules(List.of(), List.of())));
        }
        trail = AuditTrail.start(
                AuditConfiguration.of(Map.of("audit.durability", "memory", "audit.overflow", "block")), new Sink() {
                    @Override
                    public CompletionStage<Delivery> send(List<AuditEvent> batch) {
                        resolvers.forEach(resolver -> resolve(resolver, batch));
                        return CompletableFuture.completedFuture(Delivery.COMPLETE);
                    }

                    @Override
                    public void close() {
                        // Stores and replicas are closed below.
                    }
                });
        audited = AuditDataSource.wrap(production, trail);
    }

    private static void resolve(Resolver resolver, List<AuditEvent> batch) {
        for (AuditEvent event : batch) {
            while (!resolver.isDue(event)) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        resolver.handle(batch);
    }

    DataSource audited() {
        return audited;
    }

    /** Returns when all that has been captured is stored. */
    void await() throws InterruptedException {
        if (!trail.flush(Duration.ofSeconds(60))) {
            throw new IllegalStateException("Not stored within a minute");
        }
    }

    @Override
    public void close() {
        trail.close();
        stores.forEach(JdbcAuditStore::close);
        replicas.forEach(JdbcReplica::close);
    }
}
