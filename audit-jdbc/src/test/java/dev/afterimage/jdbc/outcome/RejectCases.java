package dev.afterimage.jdbc.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.pipeline.Publisher;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.outcome.TestDatabase.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code audit.overflow=reject}: what has no room in the trail is not committed, and the application hears why. */
@Timeout(120)
abstract class RejectCases {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String NO_ROOM = "53000";

    private final TestDatabase database;
    private final GatedSink sink = new GatedSink();
    private final AuditTrail trail;
    private final AuditDataSource audited;
    private final List<Long> crumbs = new ArrayList<>();
    private int next = 1000;

    RejectCases(TestDatabase database) throws SQLException {
        this.database = database;
        database.recreate();
        Map<String, String> properties = new HashMap<>(Map.of(
                "audit.durability", "memory",
                "audit.overflow", "reject",
                "audit.overflow.wait", "10ms",
                "audit.ring.size", "16KiB",
                "audit.batch.max-events", "10",
                "audit.batch.in-flight", "1",
                "audit.shutdown-timeout", "2s"));
        this.trail = AuditTrail.start(AuditConfiguration.of(properties), sink);
        this.audited = AuditDataSource.wrap(database.dataSource(), trail);
    }

    @AfterEach
    final void end() {
        sink.open();
        trail.close();
    }

    /** Warms up: shapes are known, positions are read; then the sink stops. */
    @BeforeEach
    final void stop() throws SQLException {
        try (Connection connection = connection()) {
            Cases.run(connection, "INSERT INTO item (id, name) VALUES (1, 'one')");
        }
        assertThat(trail.flush(LONG)).isTrue();
        sink.shut();
    }

    private Connection connection() throws SQLException {
        return Objects.requireNonNull(audited.getConnection());
    }

    private Connection begin() throws SQLException {
        Connection connection = connection();
        connection.setAutoCommit(false);
        return connection;
    }

    private AuditCounters.Snapshot counters() {
        return trail.counters().snapshot();
    }

    /** Fills the ring by small transactions until one is refused, and takes what is left of the room. */
    private void fill() throws SQLException {
        try (Connection connection = connection()) {
            while (counters().rejected() == 0) {
                try {
                    Cases.run(connection, Cases.insert(next));
                    next++;
                } catch (SQLTransientException refused) {
                    assertThat(refused.getSQLState()).isEqualTo(NO_ROOM);
                }
            }
        }
        Publisher publisher = trail.pipeline().publisher();
        for (long crumb = publisher.reserve(1); crumb > 0; crumb = publisher.reserve(1)) {
            crumbs.add(crumb);
        }
    }

    /** The sink goes on, and there is room again. */
    private void makeRoom() {
        sink.open();
        crumbs.forEach(trail.pipeline().publisher()::release);
        crumbs.clear();
        assertThat(trail.flush(LONG)).isTrue();
    }

    private int count(String condition) throws SQLException {
        try (Connection bare = database.dataSource().getConnection();
                Statement statement = bare.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM item WHERE " + condition)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Nothing was dropped: the trail tells exactly what the database kept. */
    private void agrees() throws SQLException {
        makeRoom();
        List<AuditEvent> events = sink.events();
        assertThat(events.stream().map(Trial::line)).containsExactlyInAnyOrderElementsOf(Trial.happened(database));
        assertThat(counters().droppedRecords()).isZero();
        assertThat(counters().failures()).isZero();
    }

    private static void refused(Attempting call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(SQLTransientException.class)
                .hasMessageContaining("audit.overflow=reject")
                .hasMessageContaining("audit.overflow.wait")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo(NO_ROOM);
    }

    /** A call that may be refused. */
    @FunctionalInterface
    private interface Attempting {
        void run() throws SQLException;
    }

    @Test
    void aCommitWithoutRoomIsRefusedAndTheTransactionStaysOpen() throws SQLException {
        fill();
        try (Connection connection = begin()) {
            Cases.run(connection, Cases.insert(10));

            refused(connection::commit);

            assertThat(count("id = 10")).isZero();
            Cases.run(connection, Cases.insert(11)); // Still the same transaction, and healthy.
            makeRoom();
            connection.commit();
        }
        assertThat(count("id IN (10, 11)")).isEqualTo(2);
        agrees();
    }

    @Test
    void aRefusedTransactionCanBeRolledBack() throws SQLException {
        fill();
        try (Connection connection = begin()) {
            Cases.run(connection, Cases.insert(10));
            refused(connection::commit);

            connection.rollback();

            Cases.run(connection, Cases.insert(12));
            makeRoom();
            connection.commit();
        }
        assertThat(count("id IN (10, 12)")).isOne();
        agrees();
    }

    @Test
    void aStatementThatIsATransactionOfItsOwnIsNotExecuted() throws SQLException {
        fill();
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("UPDATE item SET name = ? WHERE id = ?")) {
            refused(() -> statement.executeUpdate(Cases.insert(10)));
            refused(() -> statement.execute(Cases.insert(10)));
            refused(() -> statement.executeLargeUpdate(Cases.insert(10)));
            prepared.setString(1, "two");
            prepared.setInt(2, 1);
            refused(prepared::executeUpdate);
            refused(prepared::execute);

            makeRoom();
            assertThat(prepared.executeUpdate()).isOne();
        }
        assertThat(count("id = 10")).isZero();
        assertThat(count("name = 'two'")).isOne();
        agrees();
    }

    @Test
    void aBatchThatIsRefusedCanBeExecutedLater() throws SQLException {
        fill();
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)")) {
            for (int id = 10; id < 13; id++) {
                prepared.setInt(1, id);
                prepared.setString(2, "n" + id);
                prepared.addBatch();
                statement.addBatch(Cases.insert(id + 10));
            }
            refused(prepared::executeBatch);
            refused(prepared::executeLargeBatch);
            refused(statement::executeBatch);
            assertThat(count("id BETWEEN 10 AND 22")).isZero();

            makeRoom();
            assertThat(prepared.executeBatch()).hasSize(3);
            assertThat(statement.executeBatch()).hasSize(3);
        }
        assertThat(count("id BETWEEN 10 AND 22")).isEqualTo(6);
        agrees();
    }

    @Test
    void readingAndRollingBackAreNeverRefused() throws SQLException {
        fill();
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM item")) {
                assertThat(row.next()).isTrue();
            }
            connection.setAutoCommit(false);
            Cases.run(connection, Cases.insert(10));
            connection.rollback();
            connection.commit(); // Of nothing.
            Cases.run(connection, Cases.insert(10), "ROLLBACK");
        }
        assertThat(count("id = 10")).isZero();
        agrees();
    }

    @Test
    void everyWayToCommitIsAsked() throws SQLException {
        fill();
        try (Connection connection = begin()) {
            Cases.run(connection, Cases.insert(10));

            refused(() -> connection.setAutoCommit(true));
            assertThat(connection.getAutoCommit()).isFalse();
            refused(() -> Cases.run(connection, "COMMIT"));
            if (!database.is(Product.POSTGRESQL)) {
                refused(() -> Cases.run(connection, "CREATE TABLE other_table (id INT)"));
            }
            connection.rollback();
        }
        assertThat(count("id = 10")).isZero();
        agrees();
    }

    /** The database rolls back at this commit, and says nothing: so must we not. */
    @Test
    void aDoomedCommitIsNotRefused() throws SQLException {
        Assumptions.assumeTrue(database.is(Product.POSTGRESQL));
        fill();
        try (Connection connection = begin()) {
            Cases.run(connection, Cases.insert(10));
            Cases.fails(connection, Cases.insert(10));
            connection.commit();
            Cases.run(connection, Cases.insert(10));
            Cases.fails(connection, Cases.insert(10));
            Cases.run(connection, "COMMIT");
        }
        agrees();
    }

    @Test
    void aRowChangedByAResultSetIsAsked() throws SQLException {
        fill();
        try (Connection connection = connection();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet row = statement.executeQuery("SELECT id, name FROM item WHERE id = 1")) {
            assertThat(row.next()).isTrue();
            row.updateString("name", "changed");
            refused(row::updateRow);
            assertThat(count("name = 'changed'")).isZero();

            makeRoom();
            row.updateRow();
        }
        assertThat(count("name = 'changed'")).isOne();
        agrees();
    }

    @Test
    void whatCanNeverFitIsToldApart() throws SQLException {
        try (Connection connection = begin()) {
            for (int id = 10; id < 200; id++) {
                Cases.run(connection, "INSERT INTO item (id, name) VALUES (" + id + ", '" + "x".repeat(90) + "')");
            }
            assertThatThrownBy(connection::commit)
                    .isInstanceOf(SQLNonTransientException.class)
                    .hasMessageContaining("audit.ring.size")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo(NO_ROOM);
            connection.rollback();
        }
        assertThat(count("id = 10")).isZero();
        agrees();
    }

    @Test
    void afterTheTrailIsClosedNothingIsCommitted() throws SQLException {
        sink.open();
        trail.close();
        try (Connection connection = begin()) {
            Cases.run(connection, Cases.insert(10));
            assertThatThrownBy(connection::commit)
                    .isInstanceOf(SQLNonTransientException.class)
                    .hasMessageContaining("closed");
            connection.rollback();
        }
        assertThat(count("id = 10")).isZero();
    }

    /** Statements that fail or change nothing give their room back at once: a pool's idle connections would keep it. */
    @Test
    void whatIsNotUsedIsGivenBack() throws SQLException {
        sink.open();
        List<Connection> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Connection connection = connection();
                idle.add(connection);
                Cases.fails(connection, Cases.insert(1));
                Connection other = connection();
                idle.add(other);
                Cases.run(other, "UPDATE item SET name = 'x' WHERE id = -1");
                Connection third = begin();
                idle.add(third);
                Cases.run(third, Cases.insert(5));
                third.rollback();
            }
        } finally {
            for (Connection connection : idle) {
                connection.close();
            }
        }
        assertThat(counters().rejected()).isZero();
        agrees();
    }

    /** Between the question and the answer of a commit others may take all the room there is: but not what was promised. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasPromisedNobodyElseCanTake(boolean explicit) throws SQLException {
        DataSource taking = (DataSource) Intercepted.answers(
                DataSource.class,
                database.dataSource(),
                "getConnection",
                connection -> Intercepted.answers(
                        Connection.class,
                        connection,
                        explicit ? "commit" : "createStatement",
                        answer -> explicit ? taken(answer) : takingStatement(answer)));
        try (Connection connection = Objects.requireNonNull(AuditDataSource.builder(taking, trail)
                .background(database.dataSource())
                .build()
                .getConnection())) {
            connection.setAutoCommit(!explicit);
            Cases.run(connection, Cases.insert(10));
            if (explicit) {
                connection.commit();
            }
        }
        assertThat(counters().rejected()).isPositive();
        agrees();
    }

    private Object takingStatement(Object statement) {
        return Intercepted.answers(Statement.class, statement, "execute", this::taken);
    }

    /** The database has answered; the audit does not know it yet. */
    private Object taken(Object answer) throws SQLException {
        fill();
        return answer;
    }

    /** Many connections at once, in their own moods: what was committed is told, what was refused is not there. */
    @Test
    void underLoadNothingIsDroppedAndNothingUntold() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        AtomicInteger committed = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = 10_000 + t * 1_000;
            threads.add(new Thread(() -> {
                try (Connection connection = connection()) {
                    for (int id = first; id < first + 200; id++) {
                        connection.setAutoCommit(id % 3 == 0);
                        try {
                            Cases.run(connection, Cases.insert(id));
                            if (!connection.getAutoCommit()) {
                                connection.commit();
                            }
                            committed.incrementAndGet();
                        } catch (SQLTransientException refused) {
                            refusals.incrementAndGet();
                            if (!connection.getAutoCommit()) {
                                connection.rollback();
                            }
                        }
                        if (id % 50 == 0) {
                            sink.turn();
                        }
                    }
                } catch (Throwable e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(count("id >= 10000")).isEqualTo(committed.get());
        assertThat(counters().rejected()).isEqualTo(refusals.get());
        agrees();
    }
}
