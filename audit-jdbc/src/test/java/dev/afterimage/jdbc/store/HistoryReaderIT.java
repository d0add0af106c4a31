package dev.afterimage.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.Observation;
import dev.afterimage.core.resolve.ObservedChange;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.fixture.MariaDbServer;
import dev.afterimage.jdbc.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The questions, on each of the store's databases. Second n of 1970 is the time of change n. */
@SuppressWarnings("NullAway.Init") // JUnit's life cycle
class HistoryReaderIT {

    private static final Table TABLE = new Table(
            TableName.of("public", "listing"),
            List.of(
                    new Column("id", new ColumnType(ColumnType.Kind.INTEGER, "int8", 0)),
                    new Column("note", new ColumnType(ColumnType.Kind.TEXT, "text", -1))),
            List.of("id"));
    private static final AuditedTable AUDITED = new AuditedTable("app", TABLE.name(), List.of("id"));

    private static PostgresServer postgres;
    private static MariaDbServer mariaDb;
    private static int tables;

    @BeforeAll
    static void open() {
        postgres = PostgresServer.open();
        mariaDb = MariaDbServer.open();
    }

    @AfterAll
    static void close() {
        postgres.close();
        mariaDb.close();
    }

    static Stream<Named<DataSource>> databases() {
        return Stream.of(
                Named.of("PostgreSQL", postgres.dataSource()),
                Named.of("H2", new UrlDataSource("jdbc:h2:mem:reader;DB_CLOSE_DELAY=-1", "", "")),
                Named.of("MariaDB", mariaDb.dataSource()));
    }

    private static RowKey key(long id) {
        return new RowKey(List.of(new RowKey.Part("id", Long.toString(id))));
    }

    private static Change change(
            long instance, long second, Operation operation, @Nullable Long id, @Nullable Long newId) {
        long micros = 1_000_000 * second;
        return new Change(
                new EventId(instance, second),
                "app",
                new TransactionInfo(second, 0, 1, micros + 1, Outcome.COMMITTED),
                operation,
                TABLE.name(),
                id == null ? null : key(id),
                newId == null ? null : key(newId),
                List.of(),
                id == null ? 3 : 1,
                id == null ? operation + " listing" : null,
                new Actor("ann", null, null, null, Map.of()),
                micros,
                0,
                new Fence(Fence.LSN, 10 * second - 5, 10 * second),
                id == null && operation != Operation.TRUNCATE ? GapReason.ROWS_UNKNOWN : null);
    }

    private static ObservedChange seen(Change change, @Nullable String note) {
        RowKey key = change.keyAfter();
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        columns.put("id", key == null ? null : key.values().get(0));
        columns.put("note", note);
        long at = 10 * change.id().sequence();
        Image image = change.operation() == Operation.DELETE ? null : new Image(columns);
        return new ObservedChange(change, TABLE, key == null ? null : new Observation(image, "v" + at, at, at + 1));
    }

    private static ObservedChange row(long second, Operation operation, long id, @Nullable String note) {
        return seen(change(1, second, operation, id, null), note);
    }

    private static String store(DataSource database, ObservedChange... changes) {
        String name = "reader_" + ++tables;
        try (JdbcAuditStore store = new JdbcAuditStore(database, name)) {
            store.prepare();
            for (ObservedChange one : changes) {
                store.apply(List.of(one), List.of());
            }
        }
        return name;
    }

    private static Map<String, String> states(HistoryReader reader, long second, RowKey... keys) throws SQLException {
        Map<String, String> states = new LinkedHashMap<>();
        reader.states(AUDITED, List.of(keys), Instant.ofEpochSecond(second).plusMillis(500), row -> {
            Image image = row.state().image();
            String state = image == null
                    ? row.state().isAbsent() ? "absent" : "unknown"
                    : "" + image.columns().get("note");
            states.put(row.key().canonical(), state);
        });
        return states;
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aTableIsWhatItWasAtATime(DataSource database) throws SQLException {
        String name = store(
                database,
                row(1, Operation.INSERT, 1, "a"),
                row(2, Operation.INSERT, 2, ""),
                row(3, Operation.UPDATE, 1, null),
                row(4, Operation.DELETE, 2, null),
                seen(change(1, 5, Operation.UPDATE, 1L, 9L), "moved"),
                row(6, Operation.INSERT, 2, "again"),
                seen(change(1, 7, Operation.TRUNCATE, null, null), null),
                row(8, Operation.INSERT, 3, "new"),
                seen(change(1, 9, Operation.UPDATE, null, null), null));
        HistoryReader reader = new HistoryReader(database, name);
        assertThat(states(reader, 0))
                .isEqualTo(Map.of("id=1", "absent", "id=2", "absent", "id=3", "unknown", "id=9", "absent"));
        assertThat(states(reader, 2)).containsEntry("id=1", "a").containsEntry("id=2", "");
        assertThat(states(reader, 3)).containsEntry("id=1", "null").containsEntry("id=2", "");
        assertThat(states(reader, 4)).containsEntry("id=2", "absent");
        assertThat(states(reader, 6))
                .containsEntry("id=1", "absent")
                .containsEntry("id=9", "moved")
                .containsEntry("id=2", "again");
        assertThat(states(reader, 7)).containsEntry("id=2", "absent").containsEntry("id=9", "absent");
        assertThat(states(reader, 8)).containsEntry("id=3", "new").containsEntry("id=9", "absent");
        assertThat(states(reader, 9, key(3), key(4))).isEqualTo(Map.of("id=3", "unknown"));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void pagesAndConditionsYieldTheSameEntries(DataSource database) throws SQLException {
        List<ObservedChange> changes = new ArrayList<>();
        for (long second = 1; second <= 20; second++) {
            changes.add(row(second, second <= 3 ? Operation.INSERT : Operation.UPDATE, second % 3, "n" + second));
        }
        HistoryReader reader = new HistoryReader(database, store(database, changes.toArray(new ObservedChange[0])));
        List<Long> paged = new ArrayList<>();
        HistoryQuery query = HistoryQuery.ALL.ofTable("app", TABLE.name());
        List<HistoryEntry> page = new ArrayList<>();
        do {
            page.clear();
            reader.read(query, 7, page::add);
            page.forEach(entry -> paged.add(entry.change().id().sequence()));
            query = page.isEmpty()
                    ? query
                    : query.after(page.get(page.size() - 1).change());
        } while (!page.isEmpty());
        assertThat(paged).hasSize(20).isSorted().doesNotHaveDuplicates();
        List<Long> some = new ArrayList<>();
        HistoryQuery between =
                HistoryQuery.ALL.byActor("ann").since(Instant.ofEpochSecond(5)).until(Instant.ofEpochSecond(7));
        reader.read(
                between,
                HistoryReader.NO_LIMIT,
                entry -> some.add(entry.change().id().sequence()));
        assertThat(some).containsExactly(5L, 6L);
        some.clear();
        reader.read(
                HistoryQuery.ALL.inTransaction(1, 4),
                10,
                entry -> some.add(entry.change().id().sequence()));
        assertThat(some).containsExactly(4L);
        assertThat(reader.tables()).containsExactly(AUDITED);
    }

    /** Servers of which one has a clock that is an hour slow write at once; a follower sees each entry once. */
    @ParameterizedTest
    @MethodSource("databases")
    void aFollowerMissesNothingThatSeveralServersStore(DataSource database) throws Exception {
        int servers = 3;
        int batches = 25;
        String name = store(database, seen(change(77, 1, Operation.INSERT, 1L, null), "first"));
        HistoryReader reader = new HistoryReader(database, name);
        CyclicBarrier start = new CyclicBarrier(servers + 1);
        ExecutorService threads = Executors.newFixedThreadPool(servers + 1);
        List<EventId> followed = new ArrayList<>();
        try {
            Future<?> follower = threads.submit((Callable<Void>) () -> {
                start.await();
                reader.follow(HistoryQuery.ALL, 1, entry -> {
                    followed.add(entry.change().id());
                    return followed.size() < 1 + servers * batches * 2;
                });
                return null;
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int server = 1; server <= servers; server++) {
                long instance = server;
                writers.add(threads.submit((Callable<Void>) () -> {
                    try (JdbcAuditStore store = new JdbcAuditStore(database, name)) {
                        start.await();
                        for (long batch = 1; batch <= batches; batch++) {
                            long id = 1000 * instance + batch;
                            store.apply(
                                    List.of(
                                            seen(change(instance, 2 * batch, Operation.INSERT, id, null), "a"),
                                            seen(change(instance, 2 * batch + 1, Operation.UPDATE, id, null), "b")),
                                    List.of());
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            follower.get();
        } finally {
            threads.shutdownNow();
        }
        Set<EventId> all = new HashSet<>();
        reader.read(
                HistoryQuery.ALL,
                HistoryReader.NO_LIMIT,
                entry -> all.add(entry.change().id()));
        assertThat(followed).doesNotHaveDuplicates().hasSize(1 + servers * batches * 2);
        assertThat(all).isEqualTo(Set.copyOf(followed));
    }

    /** A server whose clock is behind stores later all the same. */
    @Test
    void theOrderOfStoringDoesNotDependOnClocks() throws SQLException {
        DataSource database = postgres.dataSource();
        String name = store(database, row(1, Operation.INSERT, 1, "a"));
        long ahead = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + 3_600_000_000L;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE " + name + "_writer SET recorded_until = " + ahead);
        }
        try (JdbcAuditStore store = new JdbcAuditStore(database, name)) {
            store.apply(List.of(row(2, Operation.UPDATE, 1, "b")), List.of());
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(recorded_at) FROM " + name)) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo(ahead + 1);
        }
    }

    @Test
    void keysAreReadAsPeopleWriteThem() {
        AuditedTable two = new AuditedTable("app", TABLE.name(), List.of("a", "b"));
        assertThat(AUDITED.key("7").canonical()).isEqualTo("id=7");
        assertThat(AUDITED.key("ID=x\\,y").values()).containsExactly("x,y");
        assertThat(two.key("b=2,a=").values()).containsExactly("", "2");
        assertThatThrownBy(() -> two.key("7")).hasMessageContaining("[a, b]");
        assertThatThrownBy(() -> AUDITED.key("id=1,x=2")).hasMessageContaining("[id]");
    }
}
