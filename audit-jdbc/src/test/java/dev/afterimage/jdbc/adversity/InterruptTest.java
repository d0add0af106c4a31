package dev.afterimage.jdbc.adversity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Gap;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.outcome.GatedSink;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that are interrupted while they commit: no call fails for it, the flag stays, and the journal is of use. */
@Timeout(200)
class InterruptTest {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final int TRANSACTIONS = 400;
    /** Of all transactions together it is more than ring and spool have room for. */
    private static final String VALUE = "x".repeat(4_000);

    private static final int THREADS = 200;
    private static final int OF_EACH = 5;

    @TempDir
    private Path directory;

    private final GatedSink sink = new GatedSink();
    private final JdbcDataSource database = new JdbcDataSource();

    @SuppressWarnings("NullAway.Init") // Every test begins with start().
    private AuditTrail trail;

    @SuppressWarnings("NullAway.Init")
    private DataSource audited;

    @BeforeEach
    void create() throws SQLException {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("create table t (id int primary key, v varchar)");
        }
    }

    @AfterEach
    void close() {
        trail.close();
    }

    private void start(String durability, String overflow, String wait) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "audit.durability", durability,
                "audit.overflow", overflow,
                "audit.overflow.wait", wait,
                "audit.ring.size", "64KiB",
                "audit.spool.directory", directory.toString()));
        settings.putAll(
                Map.of("audit.batch.max-events", "10", "audit.batch.in-flight", "1", "audit.spool.max-size", "1MiB"));
        trail = AuditTrail.start(AuditConfiguration.of(settings), sink);
        audited = AuditDataSource.wrap(database, trail);
    }

    /** One transaction of an interrupted thread; answers whether it was committed, and not refused. */
    private static boolean commits(Connection connection, PreparedStatement insert, int id) throws SQLException {
        insert.setInt(1, id);
        insert.setString(2, VALUE);
        assertThat(insert.executeUpdate()).isEqualTo(1);
        boolean committed = true;
        try {
            connection.commit();
        } catch (SQLTransientException refused) {
            connection.rollback();
            committed = false;
        }
        assertThat(Thread.currentThread().isInterrupted())
                .as("still interrupted")
                .isTrue();
        return committed;
    }

    @ParameterizedTest
    @CsvSource({
        "memory, block",
        "memory, reject",
        "process, block",
        "process, reject",
        "disk, block",
        "database, block",
    })
    void aThreadThatIsInterruptedCommitsAsEver(String durability, String overflow) throws SQLException {
        start(durability, overflow, "5ms");
        List<Integer> committed = new ArrayList<>();
        if (!durability.equals("database")) {
            sink.shut(); // So that the ring fills, and the thread comes to wait.
        }
        Thread.currentThread().interrupt();
        try (Connection connection = Objects.requireNonNull(audited.getConnection());
                PreparedStatement insert =
                        Objects.requireNonNull(connection.prepareStatement("insert into t (id, v) values (?, ?)"))) {
            connection.setAutoCommit(false);
            for (int id = 0; id < (durability.equals("database") ? 20 : TRANSACTIONS); id++) {
                if (commits(connection, insert, id)) {
                    committed.add(id);
                }
            }
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        sink.open();
        assertThat(trail.flush(LONG)).isTrue();
        assertThat(told().size() + lost()).isEqualTo(committed.size());
        assertThat(committed).containsAll(told());
        assertThat(committed.size() < TRANSACTIONS)
                .as("refused")
                .isEqualTo(overflow.equals("reject") || durability.equals("database"));
        goesOn();
    }

    private Set<Integer> told() {
        Set<Integer> told = new HashSet<>();
        for (AuditEvent event : sink.events()) {
            if (event instanceof Change change && change.key() != null) {
                told.add(Integer.valueOf(change.key().values().get(0)));
            }
        }
        return told;
    }

    private long lost() {
        return sink.events().stream()
                .mapToLong(event -> event instanceof Gap gap ? gap.lost() : 0)
                .sum();
    }

    /** What is committed afterwards is told, and the next trail finds nothing left. */
    private void goesOn() throws SQLException {
        try (Connection connection = Objects.requireNonNull(audited.getConnection())) {
            connection.createStatement().execute("insert into t (id, v) values (1000000, 'after')");
        }
        assertThat(trail.flush(LONG)).isTrue();
        assertThat(told()).contains(1_000_000);
        trail.close();
        int before = sink.events().size();
        start("process", "block", "5ms");
        assertThat(trail.flush(LONG)).isTrue();
        assertThat(sink.events()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "disk"})
    void virtualThreadsCommitToo(String durability) throws Exception {
        start(durability, "block", "60s");
        try (Connection first = Objects.requireNonNull(audited.getConnection())) {
            first.createStatement().execute("insert into t (id, v) values (-1, 'first')");
        }
        ExecutorService threads = virtualThreads();
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int from = thread * OF_EACH;
                all.add(threads.submit(work(from, thread % 2 == 0)));
            }
            for (Future<Void> each : all) {
                each.get(LONG.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(trail.flush(LONG)).isTrue();
        assertThat(told()).hasSize(THREADS * OF_EACH + 1);
        assertThat(lost()).isZero();
        goesOn();
    }

    private Callable<Void> work(int from, boolean interrupted) {
        return () -> {
            try (Connection connection = Objects.requireNonNull(audited.getConnection());
                    PreparedStatement insert = Objects.requireNonNull(
                            connection.prepareStatement("insert into t (id, v) values (?, ?)"))) {
                connection.setAutoCommit(false);
                for (int id = from; id < from + OF_EACH; id++) {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    insert.setInt(1, id);
                    insert.setString(2, "v");
                    insert.executeUpdate();
                    connection.commit();
                    assertThat(Thread.currentThread().isInterrupted()).isEqualTo(interrupted);
                }
            }
            return null;
        };
    }

    /** By reflection, as the tests are compiled for Java 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        Assumptions.assumeTrue(Runtime.version().feature() >= 21, "Java 21 and later has virtual threads");
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
