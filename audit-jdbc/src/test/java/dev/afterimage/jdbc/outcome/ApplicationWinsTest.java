package dev.afterimage.jdbc.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.jdbc.AuditDataSource;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever fails inside the audit, the application's results and exceptions are those of the bare driver. */
class ApplicationWinsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final H2Database database = new H2Database();
    private final CollectingSink sink = new CollectingSink();

    @BeforeEach
    void open() throws SQLException {
        database.recreate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<AuditEvent> eventsOf(Map<String, String> properties, UnaryOperator<AuditDataSource.Builder> with)
            throws SQLException {
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(properties), sink)) {
            AuditDataSource audited = with.apply(AuditDataSource.builder(database.dataSource(), trail))
                    .build();
            work(audited);
            assertThat(trail.flush(LONG)).isTrue();
        }
        try (Connection bare = database.dataSource().getConnection();
                ResultSet count = bare.createStatement().executeQuery("SELECT COUNT(*), MAX(name) FROM item")) {
            count.next();
            assertThat(count.getInt(1)).isEqualTo(2);
            assertThat(count.getString(2)).isEqualTo("hush-2");
        }
        return sink.events();
    }

    private Connection connectionOf(AuditTrail trail) throws SQLException {
        return Objects.requireNonNull(
                AuditDataSource.wrap(database.dataSource(), trail).getConnection());
    }

    /** Ordinary work, its results checked. */
    private static void work(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)")) {
                for (int id = 1; id <= 2; id++) {
                    statement.setInt(1, id);
                    statement.setString(2, "hush-" + id);
                    assertThat(statement.executeUpdate()).isEqualTo(1);
                }
                assertThatThrownBy(statement::executeUpdate)
                        .isInstanceOf(SQLException.class)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("23505");
            }
            connection.setAutoCommit(false);
            Cases.run(connection, "UPDATE item SET name = 'hush-1' WHERE id = 1");
            connection.commit();
        }
    }

    private static List<GapReason> gaps(List<AuditEvent> events) {
        return events.stream()
                .filter(Gap.class::isInstance)
                .map(event -> ((Gap) event).reason())
                .toList();
    }

    @Test
    void anActorThatCannotBeTold() throws SQLException {
        List<AuditEvent> events = eventsOf(
                Map.of(),
                builder -> builder.actor(() -> {
                    throw new IllegalStateException("no session");
                }));
        assertThat(events.stream().filter(Change.class::isInstance)).hasSize(3);
        assertThat(gaps(events)).containsOnly(GapReason.INTERNAL_FAILURE).isNotEmpty();
    }

    @Test
    void anActorThatEndsInAnError() throws SQLException {
        List<AuditEvent> events = eventsOf(
                Map.of(),
                builder -> builder.actor(() -> {
                    throw new StackOverflowError();
                }));
        assertThat(events.stream().filter(Change.class::isInstance)).hasSize(3);
    }

    @Test
    void tablesThatCannotBeLookedUpForNow() throws SQLException {
        AwayDataSource background = new AwayDataSource(database.dataSource());
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(Map.of()), sink)) {
            work(AuditDataSource.builder(database.dataSource(), trail)
                    .background(background)
                    .build());
            assertThat(sink.events()).isEmpty();
            background.comeBack();
            assertThat(trail.flush(LONG)).isTrue();
        }
        assertThat(sink.events()).hasSize(3);
    }

    /** As Oracle's does: JDBC says that a count is asked for once. */
    @Test
    void aDriverThatTellsACountOnlyOnce() throws SQLException {
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(Map.of()), sink);
                Connection connection = Objects.requireNonNull(
                        AuditDataSource.wrap(countingOnce(), trail).getConnection());
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute(Cases.insert(1))).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(statement.execute("INSERT INTO loose VALUES (1, 'a'), (2, 'b')"))
                    .isFalse();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(trail.flush(LONG)).isTrue();
        }
        assertThat(sink.events()).hasSize(2);
    }

    private DataSource countingOnce() {
        return (DataSource) Intercepted.answers(
                DataSource.class,
                database.dataSource(),
                "getConnection",
                connection -> Intercepted.answers(Connection.class, connection, "createStatement", statement -> {
                    Set<Object> told = new HashSet<>();
                    return Intercepted.answers(
                            Statement.class, statement, "getUpdateCount", count -> told.add(count) ? count : -1);
                }));
    }

    /** A container may close the pool first; the position is not known then, but what has committed is told. */
    @Test
    void aPoolThatIsClosedBeforeTheTrail() throws SQLException {
        LaterSink later = new LaterSink(sink);
        Map<String, String> properties = Map.of("audit.shutdown-timeout", "2s");
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(properties), later)) {
            work(AuditDataSource.builder(database.dataSource(), trail)
                    .background(new AwayDataSource(database.dataSource()))
                    .build());
        }
        assertThat(later.arrivedBeforeTheEnd()).hasSize(3);
    }

    /** The changes of one data source wait for its database, those of others do not. */
    @Test
    void anotherDatabaseThatIsAway() throws SQLException {
        Map<String, String> properties = Map.of("audit.shutdown-timeout", "2s");
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(properties), sink)) {
            AuditDataSource gone = AuditDataSource.builder(database.dataSource(), trail)
                    .name("gone")
                    .background(new AwayDataSource(database.dataSource()))
                    .build();
            try (Connection connection = Objects.requireNonNull(gone.getConnection())) {
                Cases.run(connection, "INSERT INTO loose VALUES (1, 'a')");
            }
            work(AuditDataSource.wrap(database.dataSource(), trail));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> sink.events().size() >= 3);
        }
    }

    /** A sink that answers a little later than it was asked. */
    private static final class LaterSink implements Sink {
        private final CollectingSink sink;
        private List<AuditEvent> atTheEnd = List.of();

        LaterSink(CollectingSink sink) {
            this.sink = sink;
        }

        List<AuditEvent> arrivedBeforeTheEnd() {
            return atTheEnd;
        }

        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            return CompletableFuture.supplyAsync(
                            () -> batch, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS, Runnable::run))
                    .thenCompose(sink::send);
        }

        @Override
        public void close() {
            atTheEnd = sink.events();
        }
    }

    @Test
    void aSinkThatIsAwayAndARingThatIsFull() throws SQLException {
        AwaySink away = new AwaySink();
        try (AuditTrail trail = AuditTrail.start(
                        AuditConfiguration.of(Map.of(
                                "audit.ring.size", "1KiB",
                                "audit.batch.max-events", "1",
                                "audit.batch.in-flight", "1",
                                "audit.shutdown-timeout", "100ms")),
                        away);
                Connection connection = connectionOf(trail)) {
            for (int id = 1; id <= 200; id++) {
                Cases.run(connection, Cases.insert(id));
            }
            assertThat(trail.counters().snapshot().droppedRecords()).isPositive();
        }
        try (Connection bare = database.dataSource().getConnection();
                ResultSet count = bare.createStatement().executeQuery("SELECT COUNT(*) FROM item")) {
            count.next();
            assertThat(count.getInt(1)).isEqualTo(200);
        }
    }

    @Test
    void aValueThatCannotBeCopied() throws SQLException {
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(Map.of()), sink);
                Connection connection = connectionOf(trail)) {
            Cases.run(connection, "CREATE TABLE dated (id INT PRIMARY KEY, at DATE)");
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO dated (id, at) VALUES (?, ?)")) {
                statement.setInt(1, 1);
                statement.setDate(2, Date.valueOf("2024-02-29"), new FragileCalendar());
                assertThat(statement.executeUpdate()).isEqualTo(1);
                statement.setInt(1, 2);
                statement.setDate(2, Date.valueOf("2024-02-28"), new FragileCalendar());
                statement.addBatch();
                assertThat(statement.executeBatch()).containsExactly(1);
            }
            assertThat(trail.flush(LONG)).isTrue();
        }
        List<Change> changes = sink.events().stream()
                .filter(Change.class::isInstance)
                .map(Change.class::cast)
                .toList();
        assertThat(changes)
                .hasSize(2)
                .allSatisfy(change ->
                        assertThat(change.assigned().get(1).value().isKnown()).isFalse());
        assertThat(gaps(sink.events())).contains(GapReason.INTERNAL_FAILURE);
    }

    @Test
    void switchedOff() throws SQLException {
        assertThat(eventsOf(Map.of("audit.enabled", "false"), builder -> builder))
                .isEmpty();
    }

    @Test
    void excludedTablesAreNotCaptured() throws SQLException {
        assertThat(eventsOf(Map.of("audit.tables.exclude", "item"), builder -> builder))
                .isEmpty();
    }

    @Test
    void maskedAndExcludedColumnsStayOut() throws SQLException {
        for (String rule : List.of("audit.columns.mask", "audit.columns.exclude")) {
            for (String pattern : List.of("item.name", "*.name", "public.item.name")) {
                database.recreate();
                List<AuditEvent> events = eventsOf(Map.of(rule, pattern), builder -> builder);
                assertThat(events).as("%s=%s", rule, pattern).hasSizeGreaterThanOrEqualTo(3);
                assertThat(everythingIn(events)).as("%s=%s", rule, pattern).doesNotContain("hush");
            }
        }
    }

    private static String everythingIn(List<AuditEvent> events) {
        StringBuilder all = new StringBuilder();
        for (AuditEvent event : events) {
            all.append(event);
            if (event instanceof Change change) {
                change.assigned().forEach(set -> all.append(set.value().content()));
            }
        }
        return all.toString();
    }

    @Test
    void secretsInReturnedKeysStayOut() throws SQLException {
        try (AuditTrail trail =
                        AuditTrail.start(AuditConfiguration.of(Map.of("audit.columns.mask", "coded.code")), sink);
                Connection connection = connectionOf(trail);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO coded (code, name) VALUES ('hush', 'n')", new String[] {"code", "name"});
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getString(1)).isEqualTo("hush");
            }
            // The next statement ends the wait for more keys.
            statement.executeUpdate("DELETE FROM coded");
            assertThat(trail.flush(LONG)).isTrue();
        }
        assertThat(everythingIn(sink.events())).doesNotContain("hush");
        assertThat(sink.events()).hasSize(2);
    }

    /** Works for the driver, fails the second time it is asked: that is the audit's. */
    private static final class FragileCalendar extends GregorianCalendar {
        private static final long serialVersionUID = 1;

        @Override
        public TimeZone getTimeZone() {
            StackTraceElement[] stack = Thread.currentThread().getStackTrace();
            for (StackTraceElement frame : stack) {
                if (frame.getClassName().startsWith("dev.afterimage.jdbc.capture.")) {
                    throw new IllegalStateException("asked by the audit");
                }
            }
            return Calendar.getInstance().getTimeZone();
        }
    }

    /** Keeps every batch under way for ever. */
    private static final class AwaySink implements Sink {
        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }
}
