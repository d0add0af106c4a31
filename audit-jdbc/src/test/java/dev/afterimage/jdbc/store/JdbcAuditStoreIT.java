package dev.afterimage.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.Observation;
import dev.afterimage.core.resolve.ObservedChange;
import dev.afterimage.core.resolve.Resolution;
import dev.afterimage.core.resolve.RowState;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.fixture.MariaDbServer;
import dev.afterimage.jdbc.fixture.PostgresServer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** The store on each of its databases. */
@SuppressWarnings("NullAway.Init") // JUnit's life cycle
class JdbcAuditStoreIT {

    private static final Table TABLE = new Table(
            TableName.of("public", "listing"),
            List.of(
                    new Column("id", new ColumnType(ColumnType.Kind.INTEGER, "int8", 0)),
                    new Column("price", new ColumnType(ColumnType.Kind.INTEGER, "int8", 0)),
                    new Column("note", new ColumnType(ColumnType.Kind.TEXT, "text", -1))),
            List.of("id"));

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
                Named.of("H2", new UrlDataSource("jdbc:h2:mem:store;DB_CLOSE_DELAY=-1", "", "")),
                Named.of("MariaDB", mariaDb.dataSource()));
    }

    private static String newName() {
        return "history_" + ++tables;
    }

    private static RowKey key(long id) {
        return new RowKey(List.of(new RowKey.Part("id", Long.toString(id))));
    }

    private static Change change(
            long sequence, Operation operation, @Nullable Long id, @Nullable Long newId, Assignment... assigned) {
        return new Change(
                new EventId(0xABCDL, sequence),
                "app",
                new TransactionInfo(sequence, 0, 1, 1_000 * sequence + 1, Outcome.COMMITTED),
                operation,
                TABLE.name(),
                id == null ? null : key(id),
                newId == null ? null : key(newId),
                List.of(assigned),
                id == null ? 3 : 1,
                id == null ? "UPDATE listing SET price = ?" : null,
                new Actor("ann", "north", "repricing", "r-1", Map.of("ip", "10.0.0.1")),
                1_000 * sequence,
                0,
                new Fence(Fence.LSN, 10 * sequence - 5, 10 * sequence),
                id == null ? GapReason.ROWS_UNKNOWN : null);
    }

    private static Assignment set(String column, Value value) {
        return new Assignment(column, value);
    }

    private static Image image(long id, long price, @Nullable String note) {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        columns.put("id", Long.toString(id));
        columns.put("price", Long.toString(price));
        columns.put("note", note);
        return new Image(columns);
    }

    /** Seen right after the change. */
    private static ObservedChange seen(Change change, @Nullable Image image) {
        long at = 10 * change.id().sequence();
        return new ObservedChange(change, TABLE, new Observation(image, "v" + at, at, at + 1));
    }

    private static ObservedChange unseen(Change change) {
        return new ObservedChange(change, TABLE, null);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void anythingIsAppliedOnceAndReadBackWhole(DataSource database) throws SQLException {
        String name = newName();
        Change insert = change(
                1,
                Operation.INSERT,
                1L,
                null,
                set("id", Value.of(1)),
                set("price", new Value(ValueType.EXPRESSION, "1 + 1")),
                set("note", Value.of("it's \"new\" \\ ünï")));
        Change update = change(2, Operation.UPDATE, 1L, null, set("price", Value.of(5)), set("note", Value.NULL));
        Gap gap = new Gap(
                new EventId(0xABCDL, 3), "app", GapReason.DROPPED, "The ring was full", 7, 3_000, insert.actor());
        List<ObservedChange> batch = List.of(seen(insert, image(1, 2, "it's \"new\" \\ ünï")), unseen(update));
        try (JdbcAuditStore store = new JdbcAuditStore(database, name)) {
            store.prepare();
            store.prepare();
            store.apply(batch.subList(0, 1), List.of(gap));
            store.apply(batch, List.of(gap));
        }
        try (JdbcAuditStore restarted = new JdbcAuditStore(database, name)) {
            restarted.prepare();
            restarted.apply(List.of(batch.get(1), batch.get(0), batch.get(1)), List.of(gap));
        }
        HistoryReader reader = new HistoryReader(database, name);
        assertThat(reader.counts())
                .isEqualTo(new HistoryReader.Counts(
                        2, 0, 1, Map.of(Resolution.REPLICA, 1L, Resolution.RECONSTRUCTED, 1L)));
        List<HistoryEntry> history = reader.history("app", TABLE.name(), key(1));
        assertThat(history).hasSize(2);
        HistoryEntry first = history.get(0);
        assertThat(first.before()).isEqualTo(RowState.ABSENT);
        assertThat(first.after()).isEqualTo(RowState.of(image(1, 2, "it's \"new\" \\ ünï")));
        assertThat(first.change().assigned())
                .contains(set("id", Value.of("1")), set("price", new Value(ValueType.EXPRESSION, "1 + 1")));
        HistoryEntry second = history.get(1);
        assertThat(second.before()).isEqualTo(first.after());
        assertThat(second.after()).isEqualTo(RowState.of(image(1, 5, null)));
        assertThat(second.delta().columns()).containsOnlyKeys("price", "note");
        assertThat(second.change())
                .usingRecursiveComparison()
                .ignoringFields("assigned")
                .isEqualTo(update);
        assertThat(reader.byActor("ann", Instant.EPOCH, 10)).hasSize(2);
        assertThat(reader.byActor("bob", Instant.EPOCH, 10)).isEmpty();
        assertThat(reader.inTable("app", TABLE.name(), Instant.EPOCH, 1)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aLateChangeCorrectsWhatWasClaimed(DataSource database) throws SQLException {
        String name = newName();
        Change insert = change(1, Operation.INSERT, 1L, null, set("price", Value.of(1)));
        Change late = change(2, Operation.UPDATE, null, null, set("price", Value.of(9)));
        Change move = change(3, Operation.UPDATE, 1L, 2L, set("id", Value.of(2)));
        Change delete = change(4, Operation.DELETE, 2L, null);
        HistoryReader reader = new HistoryReader(database, name);
        try (JdbcAuditStore store = new JdbcAuditStore(database, name)) {
            store.prepare();
            store.apply(List.of(seen(insert, image(1, 1, null)), seen(move, image(2, 1, null))), List.of());
            store.apply(List.of(unseen(delete)), List.of());
            List<HistoryEntry> moved = reader.history("app", TABLE.name(), key(2));
            assertThat(moved).hasSize(2);
            assertThat(moved.get(0).before()).isEqualTo(RowState.of(image(1, 1, null)));
            assertThat(moved.get(1).before()).isEqualTo(RowState.of(image(2, 1, null)));
            assertThat(moved.get(1).after()).isEqualTo(RowState.ABSENT);

            store.apply(List.of(unseen(late)), List.of());
            List<HistoryEntry> old = reader.history("app", TABLE.name(), key(1));
            assertThat(old.get(0).after()).as("read before the statement").isEqualTo(RowState.of(image(1, 1, null)));
            assertThat(old.get(1).before()).as("a statement in between").isEqualTo(RowState.UNKNOWN);
            assertThat(old.get(1).resolution()).isEqualTo(Resolution.REPLICA);
            assertThat(reader.counts().statements()).isEqualTo(1);
        }
    }

    /** What the database itself has returned is a fact: nothing that arrives later changes it. */
    @ParameterizedTest
    @MethodSource("databases")
    void returnedImagesAreNotDerivedAgain(DataSource database) throws SQLException {
        String name = newName();
        Change first = change(1, Operation.UPDATE, 1L, null, set("price", Value.of(2)));
        Change returned = change(3, Operation.UPDATE, 1L, null, set("price", Value.of(4)))
                .withImages(image(1, 3, "x"), image(1, 4, null));
        Change late = change(2, Operation.UPDATE, null, null, set("price", new Value(ValueType.EXPRESSION, "price")));
        try (JdbcAuditStore store = new JdbcAuditStore(database, name)) {
            store.prepare();
            store.apply(List.of(unseen(first)), List.of());
            store.apply(List.of(unseen(returned)), List.of());
            store.apply(List.of(unseen(late)), List.of());
        }
        List<HistoryEntry> history = new HistoryReader(database, name).history("app", TABLE.name(), key(1));
        HistoryEntry last = history.get(1);
        assertThat(last.before()).isEqualTo(RowState.of(image(1, 3, "x")));
        assertThat(last.after()).isEqualTo(RowState.of(image(1, 4, null)));
        assertThat(last.resolution()).isEqualTo(Resolution.CAPTURED);
        assertThat(last.delta().columns()).containsOnlyKeys("price", "note");
        assertThat(last.change())
                .usingRecursiveComparison()
                .ignoringFields("assigned")
                .isEqualTo(returned);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void severalMayPrepareAndApplyAtOnce(DataSource database) throws Exception {
        String name = newName();
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                all.add(executor.submit(() -> {
                    try (JdbcAuditStore store = new JdbcAuditStore(database, name)) {
                        start.await();
                        store.prepare();
                        for (long i = 1; i <= 20; i++) {
                            Change change = change(i, Operation.UPDATE, i % 3, null, set("price", Value.of(i)));
                            store.apply(List.of(seen(change, image(i % 3, i, null))), List.of());
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
        HistoryReader.Counts counts = new HistoryReader(database, name).counts();
        assertThat(counts.changes()).isEqualTo(20);
        assertThat(counts.resolutions()).isEqualTo(Map.of(Resolution.REPLICA, 20L));
    }

    /** A figure for people; it fails only if the work does. */
    @Test
    void speed() throws SQLException {
        String name = newName();
        int batches = 20;
        int size = 1_000;
        try (JdbcAuditStore store = new JdbcAuditStore(postgres.dataSource(), name)) {
            store.prepare();
            long begin = 0;
            for (int batch = 0; batch < batches; batch++) {
                if (batch == 4) {
                    begin = System.nanoTime();
                }
                List<ObservedChange> changes = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    long sequence = (long) batch * size + i + 1;
                    long id = sequence % 3_000;
                    Change change = change(sequence, Operation.UPDATE, id, null, set("price", Value.of(sequence)));
                    changes.add(seen(change, image(id, sequence, "a note of some length, as they are")));
                }
                store.apply(changes, List.of());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("apply on PostgreSQL: %.0f changes/s%n", (batches - 4) * size / seconds);
        }
        assertThat(new HistoryReader(postgres.dataSource(), name).counts().changes())
                .isEqualTo((long) batches * size);
    }
}
