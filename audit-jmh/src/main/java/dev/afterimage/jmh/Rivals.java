package dev.afterimage.jmh;

import com.p6spy.engine.spy.P6DataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.table.Tables;
import dev.afterimage.jdbc.capture.Capture;
import dev.afterimage.jdbc.capture.PreparedWork;
import dev.afterimage.jdbc.capture.Session;
import dev.afterimage.jdbc.proxy.AuditedDataSource;
import dev.afterimage.jdbc.proxy.Auditing;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** The wrappers that are compared, each around the same data source, each told to capture parameters. */
final class Rivals {

    private Rivals() {}

    /** A name from a benchmark's parameter, and what it stands for. */
    static DataSource wrap(String name, DataSource raw, LongAdder captured) {
        return switch (name) {
            case "raw" -> raw;
            case "afterimage" -> new AuditedDataSource(raw, new CountingTrail(captured));
            case "p6spy" -> p6spy(raw);
            case "datasource-proxy" -> datasourceProxy(raw, captured);
            default -> throw new IllegalArgumentException("wrapper=" + name);
        };
    }

    /** p6spy with an appender that drops the line it was given (spy.properties on the class path). */
    private static DataSource p6spy(DataSource raw) {
        return new P6DataSource(raw);
    }

    private static DataSource datasourceProxy(DataSource raw, LongAdder captured) {
        QueryExecutionListener listener = new QueryExecutionListener() {
            @Override
            public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

            @Override
            public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
                for (QueryInfo query : queries) {
                    for (List<ParameterSetOperation> parameters : query.getParametersList()) {
                        captured.add(parameters.size() > 0 ? 1 : 0);
                    }
                }
            }
        };
        return ProxyDataSourceBuilder.create(raw).listener(listener).build();
    }

    /** Afterimage with the whole of capture, ring and background thread; the sink counts. */
    private static final class CountingTrail implements Auditing {
        private final PreparedWork prepared;
        private final Capture capture;

        CountingTrail(LongAdder captured) {
            AuditTrail trail = AuditTrail.start(
                    AuditConfiguration.of(Map.of("audit.overflow", "block", "audit.overflow.wait", "10s")),
                    new CountingSink(captured));
            prepared = new PreparedWork(trail, "bench");
            capture = new Capture(
                    trail, new Source("bench", new Account(), null), SqlDialect.POSTGRESQL, 17, prepared, () -> null);
        }

        @Override
        public Session session(Connection raw) {
            return capture.session(raw);
        }

        @Override
        public PreparedWork prepared() {
            return prepared;
        }

        @Override
        public void unwrapped(Class<?> type) {}
    }

    private static final class CountingSink implements Sink {
        private final LongAdder captured;

        CountingSink(LongAdder captured) {
            this.captured = captured;
        }

        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            captured.add(batch.size());
            return CompletableFuture.completedFuture(Delivery.COMPLETE);
        }

        @Override
        public void close() {}
    }

    /** The one table of the benchmarks, known without a database. */
    private static final class Account implements Tables {
        private static final ColumnType INTEGER = new ColumnType(ColumnType.Kind.INTEGER, "int4", 0);
        private static final ColumnType TEXT = new ColumnType(ColumnType.Kind.TEXT, "text", -1);
        private final Table table = new Table(
                TableName.of("public", "account"),
                List.of(new Column("id", INTEGER), new Column("owner", TEXT), new Column("balance", INTEGER)),
                List.of("id"));

        @Override
        public Table find(TableName name) {
            return table;
        }

        @Override
        public void forget() {}
    }
}
