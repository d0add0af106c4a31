package dev.afterimage.jmh;

import com.p6spy.engine.logging.P6LogOptions;
import com.p6spy.engine.spy.P6DataSource;
import com.p6spy.engine.spy.P6ModuleManager;
import com.p6spy.engine.spy.P6SpyOptions;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.jdbc.AuditDataSource;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The wrappers that are compared, each around the same data source, each told to capture parameters where it can, and
 * each ending in something that counts and costs as little as possible.
 */
final class Rivals {

    private static final Duration FLUSH = Duration.ofMinutes(1);

    private Rivals() {}

    /**
     * Wraps a driver that does nothing.
     *
     * @param name a value of the parameter {@code wrapper}
     */
    static Rival wrap(String name, DataSource raw) {
        return switch (name) {
            case "raw" -> new Rival(raw);
            case "afterimage" -> afterimage(raw, accounts(), "process");
            case "afterimage-memory" -> afterimage(raw, accounts(), "memory");
            case "afterimage-disk" -> afterimage(raw, accounts(), "disk");
            case "p6spy" -> p6spy(raw);
            case "p6spy-excluded" -> p6spyExcluded(raw);
            case "datasource-proxy" -> datasourceProxy(raw);
            case "opentelemetry" -> openTelemetry(raw);
            case "hikaricp" -> hikari(raw);
            case "jdk-proxy" -> new Rival(JdkProxy.around(DataSource.class, raw));
            default -> throw new IllegalArgumentException("wrapper=" + name);
        };
    }

    /**
     * Afterimage as an application has it: the ring, the background thread, and a sink that counts. A full ring makes the
     * application wait, so that every change is delivered.
     *
     * @param background where the background thread looks up tables and positions
     * @param durability of {@code audit.durability}: no peer keeps anything beyond its memory
     */
    static Rival afterimage(DataSource raw, DataSource background, String durability) {
        CountingSink sink = new CountingSink();
        AuditTrail trail = AuditTrail.start(
                AuditConfiguration.of(Map.of(
                        "audit.durability",
                        durability,
                        "audit.spool.directory",
                        System.getProperty("java.io.tmpdir") + "/afterimage-spool",
                        "audit.overflow",
                        "block",
                        "audit.overflow.wait",
                        "30s")),
                sink);
        DataSource audited =
                AuditDataSource.builder(raw, trail).background(background).build();
        return new Rival(audited, () -> delivered(trail, sink), trail::close);
    }

    private static long delivered(AuditTrail trail, CountingSink sink) {
        if (!trail.flush(FLUSH)) {
            throw new IllegalStateException("The trail was not delivered within " + FLUSH);
        }
        if (sink.holes() + sink.dropped() > 0) {
            throw new IllegalStateException("holes=" + sink.holes() + " dropped=" + sink.dropped());
        }
        return sink.changes();
    }

    /** A real database for the background thread's questions, with the one table of the benchmarks, behind a pool. */
    static DataSource accounts() {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:idle;DB_CLOSE_DELAY=-1", "sa", "");
        Accounts.create(pool);
        return pool;
    }

    /** p6spy with an appender that counts and drops the line it was given: spy.properties on the class path. */
    private static Rival p6spy(DataSource raw) {
        P6ModuleManager.getInstance();
        CountingAppender appender =
                (CountingAppender) P6SpyOptions.getActiveInstance().getAppenderInstance();
        return new Rival(new P6DataSource(raw), appender::statements, () -> {});
    }

    /** What p6spy costs when it has nothing to say. */
    private static Rival p6spyExcluded(DataSource raw) {
        Rival spied = p6spy(raw);
        P6LogOptions.getActiveInstance()
                .setExcludecategories("error,info,batch,debug,statement,commit,rollback,result,resultset,outage");
        return spied;
    }

    private static Rival datasourceProxy(DataSource raw) {
        ParameterCounter counter = new ParameterCounter();
        return new Rival(
                ProxyDataSourceBuilder.create(raw).listener(counter).build(), counter::parameterSets, () -> {});
    }

    private static Rival openTelemetry(DataSource raw) {
        SpanCounter counter = new SpanCounter();
        return new Rival(openTelemetry(raw, counter), counter::spans, () -> {});
    }

    /** The library instrumentation with the SDK, every span recorded with its parameters, and none exported. */
    static DataSource openTelemetry(DataSource raw, SpanProcessor processor) {
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(
                        SdkTracerProvider.builder().addSpanProcessor(processor).build())
                .build();
        return JdbcTelemetry.builder(sdk)
                .setCaptureQueryParameters(true)
                .build()
                .wrap(raw);
    }

    private static Rival hikari(DataSource raw) {
        HikariConfig configuration = new HikariConfig();
        configuration.setDataSource(raw);
        configuration.setAutoCommit(false);
        configuration.setMaximumPoolSize(2);
        HikariDataSource pool = new HikariDataSource(configuration);
        return new Rival(pool, () -> 0, pool::close);
    }
}
