package dev.afterimage.jmh;

import com.p6spy.engine.spy.P6DataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jmh.pipeline.DelayingSink;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.h2.jdbcx.JdbcDataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;

/**
 * What does auditing add to the start of an application? One measurement in each JVM: start a trail, wrap a data source,
 * take a connection, execute and commit the first prepared UPDATE. The driver, H2, has already executed the same
 * statement by then, and the application has logged something, so what it costs over {@code raw} is ours: classes to
 * load, tables to fill, threads to start.
 *
 * <p>{@code kafka} ends in the Kafka sink, whose broker is not there: what its configuration costs the thread that
 * starts the trail.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(15)
public class StartupBenchmark {

    private static final String UPDATE = "update account set owner = ?, balance = ? where id = ?";

    @Param({"raw", "afterimage", "kafka", "datasource-proxy", "p6spy"})
    public String wrapper;

    private final JdbcDataSource database = new JdbcDataSource();
    private Connection keptOpen;
    private AuditTrail trail;

    @Setup(Level.Trial)
    public void warmDriver() throws SQLException {
        database.setURL("jdbc:h2:mem:startup");
        keptOpen = database.getConnection();
        try (Statement statement = keptOpen.createStatement()) {
            statement.execute("create table account (id int primary key, owner varchar, balance int)");
            statement.execute("insert into account values (1, 'nobody', 0)");
        }
        firstUpdate(database);
        LoggerFactory.getLogger(StartupBenchmark.class).debug("the application is up");
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
        if (trail != null && !wrapper.equals("kafka")) {
            trail.close();
        }
        keptOpen.close();
    }

    /** From nothing to the first committed change. */
    @Benchmark
    public int firstChange() throws SQLException {
        return firstUpdate(wrapped());
    }

    private DataSource wrapped() {
        return switch (wrapper) {
            case "raw" -> database;
            case "afterimage" -> {
                trail = AuditTrail.start(AuditConfiguration.of(Map.of()), new DelayingSink(0));
                yield AuditDataSource.wrap(database, trail);
            }
            case "kafka" -> {
                trail = AuditTrail.start(AuditConfiguration.of(Map.of("audit.kafka.bootstrap-servers", "127.0.0.1:1")));
                yield AuditDataSource.wrap(database, trail);
            }
            case "datasource-proxy" -> ProxyDataSourceBuilder.create(database).build();
            case "p6spy" -> new P6DataSource(database);
            default -> throw new IllegalArgumentException("wrapper=" + wrapper);
        };
    }

    private static int firstUpdate(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
                update.setString(1, "somebody");
                update.setInt(2, 2);
                update.setInt(3, 1);
                int count = update.executeUpdate();
                connection.commit();
                return count;
            }
        }
    }
}
