package dev.afterimage.jdbc.capture;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.table.Tables;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A capture of a database that has no tables, into a trail that leads nowhere. */
final class TestCapture implements AutoCloseable {

    private final AuditTrail trail;
    private final Capture capture;

    TestCapture(SqlDialect dialect, Map<String, String> settings) {
        trail = AuditTrail.start(AuditConfiguration.of(settings), new Nowhere());
        PreparedWork prepared = new PreparedWork(trail, "test");
        capture = new Capture(trail, new Source("test", new NoTables(), null), dialect, 0, prepared, () -> null, null);
    }

    Capture capture() {
        return capture;
    }

    @Override
    public void close() {
        trail.close();
    }

    private static final class NoTables implements Tables {
        @Override
        public @Nullable Table find(TableName name) {
            return null;
        }

        @Override
        public void forget() {}
    }

    private static final class Nowhere implements Sink {
        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            return CompletableFuture.completedFuture(Delivery.COMPLETE);
        }

        @Override
        public void close() {}
    }
}
