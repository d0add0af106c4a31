package dev.afterimage.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.resolve.ObservedChange;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.fixture.MariaDbServer;
import dev.afterimage.jdbc.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is missing in the store, on each of its databases. */
@SuppressWarnings("NullAway.Init") // JUnit's life cycle
class SealingIT {

    private static final long INSTANCE = -7;
    private static final long OTHER = 9;

    private static PostgresServer postgres;
    private static MariaDbServer mariaDb;
    private static int tables;

    private final long seed =
            Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));

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
                Named.of("H2", new UrlDataSource("jdbc:h2:mem:sealing;DB_CLOSE_DELAY=-1", "", "")),
                Named.of("MariaDB", mariaDb.dataSource()));
    }

    /** A store of its own, with what looks for its losses. */
    private static final class Trail implements AutoCloseable {
        private final DataSource database;
        private final String name = "sealing_" + ++tables;
        private final JdbcAuditStore store;
        private final Sealing sealing;

        Trail(DataSource database) {
            this.database = database;
            store = new JdbcAuditStore(database, name);
            sealing = new Sealing(database, name);
            store.prepare();
        }

        void apply(AuditEvent... events) {
            apply(List.of(events));
        }

        void apply(Collection<? extends AuditEvent> events) {
            SealingIT.apply(store, events);
        }

        List<Sealed> sealed() throws SQLException {
            return new HistoryReader(database, name).sealed();
        }

        /** What is told as missing, as instance, first and count. */
        List<List<Long>> missing() throws SQLException {
            return query("SELECT instance, sequence, lost FROM " + name + "_gap WHERE reason = 'MISSING'"
                    + " ORDER BY instance, sequence");
        }

        List<List<Long>> query(String sql) throws SQLException {
            List<List<Long>> found = new ArrayList<>();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    List<Long> values = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        values.add(row.getLong(i));
                    }
                    found.add(values);
                }
            }
            return found;
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private static void apply(JdbcAuditStore store, Collection<? extends AuditEvent> events) {
        List<ObservedChange> changes = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (AuditEvent event : events) {
            if (event instanceof Change change) {
                changes.add(new ObservedChange(change, null, null));
            } else {
                gaps.add((Gap) event);
            }
        }
        store.apply(changes, gaps);
    }

    private static Change change(long instance, long sequence) {
        return change(instance, sequence, "shop");
    }

    private static Change change(long instance, long sequence, String source) {
        return new Change(
                new EventId(instance, sequence),
                source,
                new TransactionInfo(sequence, 0, 1, sequence, Outcome.COMMITTED),
                Operation.OTHER,
                null,
                null,
                null,
                List.of(),
                0,
                "text",
                Actor.UNKNOWN,
                sequence,
                0,
                null,
                null);
    }

    private static Gap gap(long instance, long sequence) {
        return new Gap(
                new EventId(instance, sequence), "shop", GapReason.DROPPED, "no room", 1, sequence, Actor.UNKNOWN);
    }

    private static List<Change> changes(long instance, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(sequence -> change(instance, sequence))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatHasArrivedIsSealedAndAHoleHoldsTheSealUp(DataSource database) throws SQLException {
        try (Trail trail = new Trail(database)) {
            assertThat(trail.sealing.advance()).isEmpty();
            trail.apply(changes(INSTANCE, 1, 3));
            trail.apply(gap(INSTANCE, 4), change(INSTANCE, 7), change(OTHER, 1));

            assertThat(trail.sealed())
                    .containsExactly(new Sealed(INSTANCE, "shop", 0, 0, 7), new Sealed(OTHER, "shop", 0, 0, 1));
            assertThat(trail.sealing.advance()).containsExactly(new Sealed(INSTANCE, "shop", 4, 0, 7));
            assertThat(trail.sealed())
                    .containsExactly(new Sealed(INSTANCE, "shop", 4, 0, 7), new Sealed(OTHER, "shop", 1, 0, 1));

            trail.apply(change(INSTANCE, 6), change(INSTANCE, 5));
            assertThat(trail.sealing.advance()).isEmpty();
            assertThat(trail.sealed()).allMatch(Sealed::isWhole);
            assertThat(trail.missing()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatIsGivenUpIsAGapUntilItArrives(DataSource database) throws SQLException {
        try (Trail trail = new Trail(database)) {
            trail.apply(change(INSTANCE, 2), change(INSTANCE, 9), change(INSTANCE, 12));

            assertThat(trail.sealing.giveUp(Map.of(INSTANCE, 9L))).isEqualTo(7);
            assertThat(trail.sealing.giveUp(Map.of(INSTANCE, 9L))).isZero();
            assertThat(trail.missing()).containsExactly(List.of(INSTANCE, 1L, 1L), List.of(INSTANCE, 3L, 6L));
            assertThat(trail.sealed()).containsExactly(new Sealed(INSTANCE, "shop", 9, 7, 12));

            trail.apply(change(INSTANCE, 2), change(INSTANCE, 5), change(INSTANCE, 8), gap(INSTANCE, 1));
            assertThat(trail.missing()).containsExactly(List.of(INSTANCE, 3L, 2L), List.of(INSTANCE, 6L, 2L));
            assertThat(trail.sealed()).containsExactly(new Sealed(INSTANCE, "shop", 9, 4, 12));

            trail.apply(gap(INSTANCE, 3), change(INSTANCE, 4), change(INSTANCE, 6), change(INSTANCE, 7));
            assertThat(trail.missing()).isEmpty();
            trail.apply(change(INSTANCE, 10), change(INSTANCE, 11));
            assertThat(trail.sealing.advance()).isEmpty();
            assertThat(trail.sealed()).containsExactly(new Sealed(INSTANCE, "shop", 12, 0, 12));
            assertThat(trail.query("SELECT sequence FROM " + trail.name + "_gap ORDER BY 1"))
                    .containsExactly(List.of(1L), List.of(3L));
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void anInstanceOfSeveralSourcesIsOfNone(DataSource database) throws SQLException {
        try (Trail trail = new Trail(database)) {
            trail.apply(change(INSTANCE, 1), change(OTHER, 1, "a"), change(OTHER, 2, "b"));
            trail.apply(change(INSTANCE, 3, "billing"));

            assertThat(trail.sealed()).extracting(Sealed::source).containsExactly("", "");
        }
    }

    /** Many at once: more numbers than one look takes, more than one record holds. */
    @ParameterizedTest
    @MethodSource("databases")
    void aHoleMayBeLargerThanAnyBatch(DataSource database) throws SQLException {
        try (Trail trail = new Trail(database)) {
            trail.apply(change(INSTANCE, 1), change(INSTANCE, 150_001), change(INSTANCE, 150_003));
            trail.apply(change(INSTANCE, 400_000));

            assertThat(trail.sealing.advance()).containsExactly(new Sealed(INSTANCE, "shop", 1, 0, 400_000));
            assertThat(trail.sealing.giveUp(Map.of(INSTANCE, 400_000L))).isEqualTo(400_000 - 4);
            assertThat(trail.missing())
                    .containsExactly(
                            List.of(INSTANCE, 2L, 149_999L),
                            List.of(INSTANCE, 150_002L, 1L),
                            List.of(INSTANCE, 150_004L, 249_996L));
        }
    }

    /** However events arrive, however often and by whomever they are given up: what is told is what is not there. */
    @ParameterizedTest
    @MethodSource("databases")
    void severalAtOnceTellWhatIsMissingOnce(DataSource database) throws Exception {
        System.out.println("SealingIT: -Daudit.seed=" + seed);
        Random random = new Random(seed);
        try (Trail trail = new Trail(database)) {
            List<AuditEvent> events = new ArrayList<>();
            for (long sequence = 1; sequence <= 150; sequence++) {
                for (long instance : List.of(INSTANCE, OTHER)) {
                    events.add(random.nextInt(4) == 0 ? gap(instance, sequence) : change(instance, sequence));
                }
            }
            Collections.shuffle(events, random);
            List<AuditEvent> lost = events.subList(0, 40);
            List<AuditEvent> sent = new ArrayList<>(events.subList(40, events.size()));
            sent.addAll(sent.subList(0, 60)); // Some arrive twice.
            inThreads(4, thread -> {
                Random mine = new Random(seed + thread);
                try (JdbcAuditStore store = new JdbcAuditStore(database, trail.name)) {
                    for (int i = thread; i < sent.size(); i += 4) {
                        apply(store, List.of(sent.get(i)));
                        if (mine.nextInt(6) == 0) {
                            trail.sealing.giveUp(newest(trail.sealing.advance()));
                        }
                    }
                }
            });
            inThreads(2, thread -> trail.sealing.giveUp(newest(trail.sealing.advance())));

            assertThat(numbers(trail.missing())).as("-Daudit.seed=%d", seed).isEqualTo(below(trail.sealed(), lost));
            assertThat(trail.sealed()).as("-Daudit.seed=%d", seed).allSatisfy(one -> {
                assertThat(one.to()).isEqualTo(one.newest());
                assertThat(one.missing()).isEqualTo(below(List.of(one), lost).size());
            });
            trail.apply(lost);
            assertThat(trail.missing()).as("-Daudit.seed=%d", seed).isEmpty();
            assertThat(trail.sealing.advance()).isEmpty();
            assertThat(trail.sealed())
                    .containsExactly(new Sealed(INSTANCE, "shop", 150, 0, 150), new Sealed(OTHER, "shop", 150, 0, 150));
        }
    }

    private static Map<Long, Long> newest(List<Sealed> open) {
        Map<Long, Long> newest = new HashMap<>();
        open.forEach(one -> newest.put(one.instance(), one.newest()));
        return newest;
    }

    private static Set<EventId> numbers(List<List<Long>> runs) {
        Set<EventId> numbers = new HashSet<>();
        for (List<Long> run : runs) {
            for (long i = 0; i < run.get(2); i++) {
                assertThat(numbers.add(new EventId(run.get(0), run.get(1) + i))).isTrue();
            }
        }
        return numbers;
    }

    private static Set<EventId> below(List<Sealed> sealed, List<AuditEvent> lost) {
        Set<EventId> below = new HashSet<>();
        for (AuditEvent event : lost) {
            EventId id = event.id();
            if (sealed.stream().anyMatch(one -> one.instance() == id.instance() && one.newest() > id.sequence())) {
                below.add(id);
            }
        }
        return below;
    }

    private interface Task {
        void run(int thread) throws Exception;
    }

    private static void inThreads(int threads, Task task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(thread -> executor.submit(() -> {
                        start.await();
                        task.run(thread);
                        return null;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
