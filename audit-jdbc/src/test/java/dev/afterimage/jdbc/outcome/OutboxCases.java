package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.jdbc.AuditDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code audit.durability=database}: the outbox table and its relay. */
abstract class OutboxCases extends Cases {

    private static final Duration LONG = Duration.ofSeconds(60);

    OutboxCases(TestDatabase database) throws SQLException {
        super(new OutboxDatabase(database));
    }

    /** A process, as far as the outbox can tell one from another. */
    private final class Instance implements AutoCloseable {
        private final AuditTrail trail;
        private final AuditDataSource dataSource;

        Instance(Sink sink, Map<String, String> more) throws SQLException {
            this(sink, more, database().dataSource());
        }

        Instance(Sink sink, Map<String, String> more, DataSource bare) {
            Map<String, String> settings = new HashMap<>(database().settings());
            settings.put("audit.shutdown-timeout", "500ms");
            settings.putAll(more);
            trail = AuditTrail.start(AuditConfiguration.of(settings), sink);
            try {
                dataSource = AuditDataSource.wrap(bare, trail);
            } catch (RuntimeException e) {
                trail.close();
                throw e;
            }
        }

        Connection connection() throws SQLException {
            return Objects.requireNonNull(dataSource.getConnection());
        }

        @Override
        public void close() {
            trail.close();
        }
    }

    /** Takes everything, and never says so: as a process does that is killed before it hears the answer. */
    private static final class SilentSink implements Sink {
        private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());

        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            events.addAll(batch);
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }

    private void bare(String... texts) throws SQLException {
        try (Connection connection = database().dataSource().getConnection()) {
            run(connection, texts);
        }
    }

    private long count(String query) throws SQLException {
        try (Connection connection = database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private long waiting() throws SQLException {
        return count("SELECT count(*) FROM afterimage_outbox");
    }

    /** No instance relays from now on. */
    private void occupyRelay() throws SQLException {
        trial().close();
        bare("UPDATE afterimage_outbox_relay SET holder = 1, held_until = 99999999999999");
    }

    private void freeRelay() throws SQLException {
        bare("UPDATE afterimage_outbox_relay SET held_until = 0");
    }

    private static Set<EventId> ids(List<AuditEvent> events) {
        Set<EventId> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.id()));
        return ids;
    }

    /** Every number from the first one on, so that nothing can be missing. */
    private static void isDense(Set<EventId> ids) {
        assertThat(ids.stream().map(EventId::instance).distinct()).hasSize(1);
        assertThat(ids.stream().mapToLong(EventId::sequence).sorted().toArray())
                .isEqualTo(LongStream.rangeClosed(1, ids.size()).toArray());
    }

    @Test
    void whatIsCommittedIsRelayedAndPruned() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1), insert(2));
            connection.commit();
            run(connection, insert(3));
            connection.rollback();
            connection.setAutoCommit(true);
            run(connection, insert(4));
        }
        assertThat(trial().told()).hasSize(3);
        trial().agrees();
        assertThat(waiting()).isZero();
        isDense(ids(trial().events()));
    }

    @Test
    void theRecordIsThereExactlyIfTheChangesAre() throws SQLException {
        occupyRelay();
        try (Instance instance = new Instance(new CollectingSink(), Map.of());
                Connection connection = instance.connection()) {
            connection.setAutoCommit(false);
            run(connection, insert(1));
            assertThat(waiting()).isZero();
            connection.commit();
            assertThat(waiting()).isEqualTo(1);
            run(connection, insert(2));
            connection.rollback();
            assertThat(waiting()).isEqualTo(1);
            connection.setAutoCommit(true);
            run(connection, "UPDATE item SET name = 'x' WHERE id = 1");
            assertThat(waiting()).isEqualTo(2);
            run(connection, "UPDATE item SET name = 'x' WHERE id = 99");
            fails(connection, insert(1));
            assertThat(waiting()).isEqualTo(2);
            assertThat(connection.getAutoCommit()).isTrue();
            run(connection, "BEGIN", insert(5), "COMMIT");
            assertThat(waiting()).isEqualTo(3);
        }
        assertThat(waiting()).isEqualTo(3);
    }

    @Test
    void aKilledProcessLeavesItsRecordsToTheNext() throws SQLException {
        occupyRelay();
        CollectingSink first = new CollectingSink();
        try (Instance killed = new Instance(first, Map.of());
                Connection connection = killed.connection()) {
            run(connection, insert(1), insert(2), "DELETE FROM item WHERE id = 1");
        }
        assertThat(first.events()).isEmpty();
        freeRelay();
        CollectingSink second = new CollectingSink();
        try (Instance next = new Instance(second, Map.of())) {
            assertThat(next.trail.flush(LONG)).isTrue();
        }
        assertThat(second.events().stream().map(Trial::line)).containsExactlyElementsOf(Trial.happened(database()));
        assertThat(waiting()).isZero();
    }

    @Test
    void whatWasSentAndNotAnsweredIsSentAgainUnderTheSameIdentity() throws SQLException {
        trial().close();
        SilentSink first = new SilentSink();
        try (Instance killed = new Instance(first, Map.of());
                Connection connection = killed.connection()) {
            connection.setAutoCommit(false);
            run(connection, insert(1), insert(2), insert(3));
            connection.commit();
            await().atMost(LONG).until(() -> first.events.size() == 3);
            run(connection, insert(4));
            connection.commit();
        }
        CollectingSink second = new CollectingSink();
        try (Instance next = new Instance(second, Map.of())) {
            assertThat(next.trail.flush(LONG)).isTrue();
        }
        assertThat(ids(second.events())).containsAll(ids(first.events)).hasSize(4);
        isDense(ids(second.events()));
        assertThat(second.events().stream().map(Trial::line)).containsExactlyElementsOf(Trial.happened(database()));
        for (AuditEvent again : second.events()) {
            first.events.stream()
                    .filter(before -> before.id().equals(again.id()))
                    .forEach(before -> assertThat(Trial.line(before)).isEqualTo(Trial.line(again)));
        }
    }

    @Test
    void instancesShareTheRelayAndOneIsClosedInTheMiddle() throws Exception {
        trial().close();
        long seed = Long.getLong("audit.seed", System.nanoTime());
        GatedSink one = new GatedSink();
        CollectingSink two = new CollectingSink();
        Instance first = new Instance(one, Map.of("audit.batch.max-events", "7"));
        try (Instance second = new Instance(two, Map.of("audit.batch.max-events", "5"))) {
            List<Thread> writers = new ArrayList<>();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            for (int w = 0; w < 4; w++) {
                int writer = w;
                AuditDataSource own = w % 2 == 0 ? first.dataSource : second.dataSource;
                Thread thread = new Thread(() -> {
                    try {
                        write(own, writer, new Random(seed + writer), 60);
                    } catch (SQLException | RuntimeException e) {
                        failures.add(e);
                    }
                });
                thread.start();
                writers.add(thread);
            }
            await().atMost(LONG).until(() -> one.events().size() + two.events().size() > 20);
            one.shut();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(failures).as("seed=" + seed).isEmpty();
            first.close();
            assertThat(second.trail.flush(LONG)).as("seed=" + seed).isTrue();
        }
        List<AuditEvent> all = new ArrayList<>(one.events());
        all.addAll(two.events());
        Map<EventId, String> once = new HashMap<>();
        for (AuditEvent event : all) {
            String before = once.put(event.id(), Trial.line(event));
            assertThat(before == null || before.equals(Trial.line(event)))
                    .as("seed=" + seed)
                    .isTrue();
        }
        isDense(once.keySet());
        assertThat(once.values()).as("seed=" + seed).containsExactlyInAnyOrderElementsOf(Trial.happened(database()));
        assertThat(waiting()).isZero();
    }

    private static void write(AuditDataSource dataSource, int writer, Random random, int transactions)
            throws SQLException {
        try (Connection connection = Objects.requireNonNull(dataSource.getConnection());
                PreparedStatement statement = Objects.requireNonNull(
                        connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)"))) {
            connection.setAutoCommit(false);
            for (int i = 0; i < transactions; i++) {
                for (int row = 0; row <= random.nextInt(3); row++) {
                    statement.setInt(1, (i * 4 + writer) * 10 + row);
                    statement.setString(2, "w" + writer);
                    statement.executeUpdate();
                }
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        }
    }

    @Test
    void aLargeTransactionComesInPartsAndIsOne() throws SQLException {
        int rows = 3000;
        String large = "x".repeat(90);
        try (Connection connection = begin();
                PreparedStatement statement = Objects.requireNonNull(
                        connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)"))) {
            for (int i = 0; i < rows; i++) {
                statement.setInt(1, i);
                statement.setString(2, large);
                statement.executeUpdate();
            }
            connection.commit();
        }
        List<Change> changes = trial().changes();
        assertThat(changes).hasSize(rows);
        assertThat(changes.stream().map(change -> change.transaction().number()).distinct())
                .hasSize(1);
        assertThat(changes.stream().map(change -> change.transaction().index()).distinct())
                .hasSize(rows);
        assertThat(changes.get(rows - 1).transaction().count()).isEqualTo(rows);
        assertThat(waiting()).isZero();
    }

    @Test
    void theLastPartsOfATransactionAreReadWithTheFirst() throws SQLException {
        occupyRelay();
        try (Instance killed = new Instance(new CollectingSink(), Map.of());
                Connection connection = killed.connection();
                PreparedStatement statement = Objects.requireNonNull(
                        connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)"))) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 15_000; i++) {
                statement.setInt(1, i);
                statement.setString(2, "y".repeat(90));
                statement.executeUpdate();
            }
            connection.commit();
        }
        assertThat(count("SELECT sum(octet_length(payload)) FROM afterimage_outbox"))
                .isGreaterThan(2 << 20);
        freeRelay();
        SilentSink silent = new SilentSink();
        try (Instance killed = new Instance(silent, Map.of())) {
            await().atMost(LONG).until(() -> !silent.events.isEmpty());
            assertThat(killed.trail.counters().snapshot().delivered()).isZero();
        }
        CollectingSink sink = new CollectingSink();
        try (Instance next = new Instance(sink, Map.of())) {
            assertThat(next.trail.flush(LONG)).isTrue();
        }
        assertThat(sink.events()).hasSize(15_000);
        isDense(ids(sink.events()));
        assertThat(((Change) sink.events().get(14_999)).transaction().count()).isEqualTo(15_000);
        assertThat(waiting()).isZero();
    }

    @Test
    void onlyTheTablesThatWantIt() throws SQLException {
        occupyRelay();
        CollectingSink sink = new CollectingSink();
        Map<String, String> some = Map.of("audit.durability", "memory", "audit.durability.item", "database");
        try (Instance instance = new Instance(sink, some);
                Connection connection = instance.connection()) {
            run(connection, "INSERT INTO coded (code, name) VALUES ('a', 'b')");
            assertThat(waiting()).isZero();
            connection.setAutoCommit(false);
            run(connection, "INSERT INTO coded (code, name) VALUES ('c', 'd')", insert(1));
            connection.commit();
            assertThat(waiting()).isEqualTo(1);
            await().atMost(LONG).until(() -> !sink.events().isEmpty());
            assertThat(sink.events().stream().map(Trial::line)).containsExactly("INSERT coded a 'b'");
            freeRelay();
            assertThat(instance.trail.flush(LONG)).isTrue();
            assertThat(sink.events().stream().map(Trial::line))
                    .containsExactly("INSERT coded a 'b'", "INSERT coded c 'd'", "INSERT item 1 'n1'");
        }
    }

    @Test
    void theOutboxItselfIsNotAudited() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, insert(1));
            run(connection, "DELETE FROM afterimage_outbox WHERE id < 0", "UPDATE afterimage_outbox_relay SET id = 1");
        }
        assertThat(trial().told()).containsExactly("INSERT item 1 'n1'");
    }

    @Test
    void aRecordThatCannotBeWrittenFailsTheCommit() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1));
            connection.commit();
            assertThat(trial().told()).hasSize(1);
            bare("ALTER TABLE afterimage_outbox RENAME TO gone");
            run(connection, insert(2));
            assertThatThrownBy(connection::commit)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("audit.durability");
            connection.rollback();
            connection.setAutoCommit(true);
            assertThatThrownBy(() -> run(connection, insert(3))).hasMessageContaining("audit.durability");
            assertThat(connection.getAutoCommit()).isTrue();
            bare("ALTER TABLE gone RENAME TO afterimage_outbox");
            run(connection, insert(4));
        }
        assertThat(count("SELECT count(*) FROM item")).isEqualTo(2);
        trial().agrees();
    }

    @Test
    void nothingIsEverInDoubt() throws SQLException {
        try (Connection connection = begin()) {
            for (int i = 0; i < 20; i++) {
                run(connection, insert(i));
                if (i % 3 == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        }
        assertThat(trial().changes())
                .hasSize(13)
                .allMatch(change -> change.transaction().outcome() == Outcome.COMMITTED);
        trial().agrees();
    }

    @Test
    void aTableThatCannotBeMadeIsSaidAtTheStart() throws SQLException {
        Map<String, String> elsewhere = Map.of("audit.outbox.table", "missing.outbox");
        assertThatThrownBy(() -> new Instance(new CollectingSink(), elsewhere))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit.durability=database")
                .hasMessageContaining("missing.outbox_relay")
                .hasMessageContaining("grant SELECT, INSERT and DELETE on missing.outbox");
        assertThatThrownBy(() -> new Instance(new CollectingSink(), Map.of("audit.outbox.table", "a;b")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit.outbox.table=a;b");
    }

    /** The same database, for a user who may write to the item table, and no more. */
    private DataSource weak() throws SQLException {
        DataSource weak = database().dataSource();
        if (weak instanceof PGSimpleDataSource postgres) {
            bare(
                    "DROP ROLE IF EXISTS weak",
                    "CREATE ROLE weak LOGIN PASSWORD 'weak'",
                    "GRANT USAGE ON SCHEMA public TO weak");
            postgres.setUser("weak");
            postgres.setPassword("weak");
        } else if (weak instanceof JdbcDataSource h2) {
            bare("CREATE USER weak PASSWORD 'weak'");
            h2.setURL(h2.getURL().replace("DB_CLOSE_DELAY=-1", "")); // To set it is not allowed to all.
            h2.setUser("weak");
            h2.setPassword("weak");
        }
        grant("SELECT, INSERT", "loose");
        return weak;
    }

    private void grant(String rights, String table) throws SQLException {
        bare("GRANT " + rights + " ON " + table + " TO weak");
    }

    @Test
    void aUserWithoutRightsIsToldWhatToGrant() throws SQLException {
        Assumed.not(is(MARIADB), "The test's server checks no rights");
        DataSource weak = weak();
        assertThatThrownBy(() -> new Instance(new CollectingSink(), Map.of(), weak))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit.durability=database")
                .hasMessageContaining("grant SELECT, INSERT and DELETE on");
        grant("SELECT, INSERT, DELETE", "afterimage_outbox");
        grant("SELECT, INSERT, UPDATE", "afterimage_outbox_relay");
        trial().close();
        CollectingSink sink = new CollectingSink();
        try (Instance instance = new Instance(sink, Map.of(), weak);
                Connection connection = instance.connection()) {
            run(connection, "INSERT INTO loose (id, name) VALUES (9, 'x')");
            assertThat(instance.trail.flush(LONG)).isTrue();
        }
        assertThat(sink.events()).hasSize(1);
        assertThat(waiting()).isZero();
    }

    /** What {@code DURABILITY.md} says of keys: in a transaction they are there, under autocommit they come too late. */
    @Test
    void keysThatTheApplicationReadsAreInTheRecordOfATransaction() throws SQLException {
        try (Connection connection = trial().connection()) {
            insertTicket(connection);
            connection.setAutoCommit(false);
            insertTicket(connection);
            connection.commit();
        }
        assertThat(trial().told()).containsExactly("INSERT ticket *1 ROWS_UNKNOWN", "INSERT ticket 2 't'");
    }

    private static void insertTicket(Connection connection) throws SQLException {
        try (PreparedStatement statement = Objects.requireNonNull(connection.prepareStatement(
                "INSERT INTO ticket (name) VALUES ('t')", Statement.RETURN_GENERATED_KEYS))) {
            statement.executeUpdate();
            try (ResultSet keys = Objects.requireNonNull(statement.getGeneratedKeys())) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt(1)).isPositive();
            }
        }
    }

    @Test
    void processesThatStartAtOnceMakeTheTablesOnce() throws Exception {
        trial().close();
        bare("DROP TABLE afterimage_outbox", "DROP TABLE afterimage_outbox_relay");
        List<CompletableFuture<Instance>> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return new Instance(new CollectingSink(), Map.of());
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (CompletableFuture<Instance> start : starts) {
            start.get().close();
        }
        assertThat(count("SELECT count(*) FROM afterimage_outbox_relay")).isEqualTo(1);
    }

    @Test
    void whatTheApplicationAsksOfItsLastInsertIsItsOwn() throws SQLException {
        only(MARIADB);
        try (Connection connection = begin()) {
            run(connection, "INSERT INTO ticket (name) VALUES ('a')");
            connection.commit();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT LAST_INSERT_ID()")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void rowsThatAreFetchedBitByBitOutliveTheStatement() throws SQLException {
        if (is(H2)) {
            return;
        }
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(1);
            List<Integer> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "INSERT INTO item (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c') RETURNING id")) {
                while (rows.next()) {
                    ids.add(rows.getInt(1));
                }
            }
            assertThat(ids).containsExactly(1, 2, 3);
            assertThat(statement.getFetchSize()).isEqualTo(1);
        }
        trial().agrees();
    }
}
