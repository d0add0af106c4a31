package dev.afterimage.jdbc.replica;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.FenceUnavailableException;
import dev.afterimage.core.resolve.Observation;
import dev.afterimage.core.resolve.ReplicaUnavailableException;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.fixture.PostgresPair;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fences, table shapes and rows on a real primary with a real standby. */
@SuppressWarnings("NullAway.Init") // JUnit's life cycle
class JdbcReplicaIT {

    private static PostgresPair pair;
    private JdbcReplica replica;
    private JdbcFenceSource fences;

    @BeforeAll
    static void openPair() {
        pair = PostgresPair.open();
    }

    @AfterAll
    static void closePair() {
        pair.close();
    }

    @BeforeEach
    void connect() {
        replica = new JdbcReplica(pair.standby().dataSource(), Fence.LSN, Duration.ZERO);
        fences = new JdbcFenceSource(pair.primary().dataSource());
    }

    @AfterEach
    void disconnect() {
        replica.close();
    }

    private static void run(String... statements) throws SQLException {
        try (Connection connection = pair.primary().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = pair.primary().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Not within a minute: " + what);
            }
            Thread.onSpinWait();
        }
    }

    private static RowKey key(long id) {
        return new RowKey(List.of(new RowKey.Part("id", Long.toString(id))));
    }

    private Table table(String name) {
        return requireNonNull(replica.tables().find(new TableName(null, null, name)));
    }

    @Test
    void aPausedStandbyHasNotReachedWhatAResumedOneHas() throws SQLException {
        run("CREATE TABLE paused (id bigint PRIMARY KEY, v text)");
        pair.awaitReplay();
        pair.pauseReplay();
        run("INSERT INTO paused VALUES (1, 'a')");
        long fence = fences.read().position();
        assertThat(replica.reached()).isLessThan(fence);
        pair.resumeReplay();
        await("fence passed", () -> replica.reached() >= fence);
        Observation seen =
                requireNonNull(replica.read(table("paused"), List.of(key(1))).get(key(1)));
        assertThat(requireNonNull(seen.image()).columns()).containsEntry("v", "a");
        assertThat(seen.from()).isGreaterThanOrEqualTo(fence);
        assertThat(seen.version()).isEqualTo(Long.toString(number("SELECT xmin::text::bigint FROM paused")));
    }

    @Test
    void anIdleStandbyReachesAFenceAtAPageBoundary() throws SQLException {
        assertReachedBehindHeader("page", 8192, 24);
    }

    @Test
    void anIdleStandbyReachesAFenceAtASegmentBoundary() throws SQLException {
        assertReachedBehindHeader("segment", 16 << 20, 40);
    }

    /** Fills the log so that the next record would begin just behind a header, and then writes nothing more. */
    private void assertReachedBehindHeader(String what, long unit, long header) throws SQLException {
        String position = "SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint";
        try (Connection connection = pair.primary().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            boolean hit = false;
            for (int i = 0; i < 400 && !hit; i++) {
                if (i == 0 && unit > 8192) {
                    statement.execute("SELECT pg_switch_wal()");
                    statement.execute("SELECT pg_logical_emit_message(false, 'x', repeat('x', 16000000))");
                }
                long at = number(position);
                long left = unit - at % unit;
                // A message's own head is 56 bytes; pages it crosses add their headers.
                long crossed = (left - 1) / 8192 * 24;
                long size = left - crossed - 56;
                if (size > 300 && size < 60_000) {
                    statement.execute("SELECT pg_logical_emit_message(false, 'x', repeat('x', " + size + "))");
                    hit = number(position) % unit == header;
                } else {
                    statement.execute("SELECT pg_logical_emit_message(false, 'x', repeat('x', "
                            + Math.max(16, Math.min(60_000, left - crossed - 4000)) + "))");
                }
            }
            assertThat(hit).as("a record ends at a %s boundary", what).isTrue();
            long raw = number(position);
            long fence = fences.read().position();
            assertThat(raw - fence).as("the step back").isEqualTo(header);
            await("the standby at the boundary", () -> replica.reached() >= fence);
            System.out.printf("%s boundary: insert %d, fence %d, replayed %d%n", what, raw, fence, replica.reached());
        }
    }

    @Test
    void fiveHundredRowsInOneReadAndTheAbsentAmongThem() throws SQLException {
        run(
                "CREATE TABLE many (id bigint PRIMARY KEY, v text)",
                "INSERT INTO many SELECT i, 'v' || i FROM generate_series(1, 490) i");
        pair.awaitReplay();
        List<RowKey> keys = new ArrayList<>();
        for (long id = 1; id <= 500; id++) {
            keys.add(key(id));
        }
        Map<RowKey, Observation> seen = replica.read(table("many"), keys);
        assertThat(seen).hasSize(500);
        for (long id = 1; id <= 500; id++) {
            Image image = requireNonNull(seen.get(key(id))).image();
            if (id <= 490) {
                assertThat(requireNonNull(image).columns()).containsEntry("v", "v" + id);
            } else {
                assertThat(image).isNull();
            }
        }
    }

    @Test
    void everyTypeReadsAsWhatWasBound() throws SQLException {
        run("CREATE TABLE types (id uuid, n int, s smallint, d numeric(12,2), f real, g double precision, b boolean,"
                + " t text, v varchar(20), c char(8), da date, ti time, ts timestamp(3), tz timestamptz, by bytea,"
                + " u uuid, PRIMARY KEY (id, da))");
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("id", value(ValueType.UUID, new UUID(1, 2)));
        values.put("n", Value.of(-12));
        values.put("s", Value.of(7));
        values.put("d", Value.of(new BigDecimal("12.345")));
        values.put("f", value(ValueType.FLOAT, 1.1f));
        values.put("g", value(ValueType.DOUBLE, 1e22));
        values.put("b", value(ValueType.BOOLEAN, true));
        values.put("t", Value.of("a \"quote\", ünï\n"));
        values.put("v", Value.NULL);
        values.put("c", Value.of("abc"));
        values.put("da", value(ValueType.DATE, LocalDate.of(2024, 2, 29)));
        values.put("ti", value(ValueType.TIME, LocalTime.of(13, 5)));
        values.put("ts", value(ValueType.TIMESTAMP, LocalDateTime.parse("2024-03-31T02:30:00.1236")));
        values.put("tz", value(ValueType.TIMESTAMP_WITH_ZONE, OffsetDateTime.parse("2024-07-01T12:00:00.5+02:00")));
        values.put("by", value(ValueType.BYTES, new byte[] {0, -1, 16}));
        values.put("u", Value.of("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"));
        try (Connection connection = pair.primary().dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO types VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,CAST(? AS uuid))")) {
            int index = 1;
            for (Value value : values.values()) {
                insert.setObject(index++, value.content());
            }
            insert.executeUpdate();
        }
        pair.awaitReplay();
        Table table = table("types");
        assertThat(table.keyColumns()).containsExactly("id", "da");
        Map<String, @Nullable String> told = new LinkedHashMap<>();
        values.forEach((name, value) -> told.put(name, table.typeOf(name).canonical(value)));
        RowKey key = new RowKey(List.of(
                new RowKey.Part("id", requireNonNull(told.get("id"))),
                new RowKey.Part("da", requireNonNull(told.get("da")))));
        Observation seen = requireNonNull(replica.read(table, List.of(key)).get(key));
        assertThat(requireNonNull(seen.image()).columns()).containsExactlyEntriesOf(told);
        assertThat(told).containsEntry("tz", "2024-07-01T10:00:00.5Z").containsEntry("d", "12.35");
    }

    private static Value value(ValueType type, Object content) {
        return new Value(type, content);
    }

    @Test
    void tablesAreFoundByTheSearchPathAndViewsAreNot() throws SQLException {
        run(
                "CREATE SCHEMA \"Odd_s%\"",
                "CREATE TABLE \"Odd_s%\".\"T_1\" (b int, a int, g int GENERATED ALWAYS AS (a * 2) STORED,"
                        + " PRIMARY KEY (a, b))",
                "CREATE TABLE \"Odd_s%\".\"Tx1\" (id int PRIMARY KEY)",
                "CREATE TABLE parted (id int, v int, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100)",
                "INSERT INTO parted VALUES (1, 2)",
                "CREATE VIEW viewed AS SELECT * FROM parted",
                "CREATE TABLE touched (id int PRIMARY KEY, v int)",
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.v = 1; RETURN NEW; END'",
                "CREATE TRIGGER touch BEFORE UPDATE ON touched FOR EACH ROW EXECUTE FUNCTION touch()");
        pair.awaitReplay();
        Table odd = requireNonNull(replica.tables().find(TableName.of("Odd_s%", "T_1")));
        assertThat(odd.keyColumns()).containsExactly("a", "b");
        assertThat(odd.columns()).extracting(column -> column.computed()).containsExactly(false, false, true);
        assertThat(replica.tables().find(new TableName(null, null, "viewed"))).isNull();
        assertThat(replica.tables().find(new TableName(null, null, "T_1"))).isNull();
        assertThat(table("touched").columns()).allMatch(column -> column.computed());
        Table parted = table("parted");
        assertThat(parted.name()).isEqualTo(TableName.of("public", "parted"));
        Observation seen = requireNonNull(replica.read(parted, List.of(key(1))).get(key(1)));
        assertThat(requireNonNull(seen.image()).columns()).containsEntry("v", "2");
    }

    @Test
    void whatCanNeverBeReadIsLeftOutAndTheReplicaStaysUsable() throws SQLException {
        run("CREATE TABLE going (id bigint PRIMARY KEY, v text)");
        pair.awaitReplay();
        Table table = table("going");
        RowKey odd = new RowKey(List.of(new RowKey.Part("id", "not a number")));
        assertThat(replica.read(table, List.of(odd))).isEmpty();
        run("DROP TABLE going");
        pair.awaitReplay();
        assertThat(replica.read(table, List.of(key(1)))).isEmpty();
        assertThat(replica.reached()).isPositive();
    }

    @Test
    void anUnreachableDatabaseIsSaidToBeSo() {
        UrlDataSource nowhere = new UrlDataSource("jdbc:postgresql://127.0.0.1:1/x", "u", "p");
        assertThatThrownBy(() -> new JdbcFenceSource(nowhere).read()).isInstanceOf(FenceUnavailableException.class);
        try (JdbcReplica gone = new JdbcReplica(nowhere, Fence.LSN, Duration.ZERO)) {
            assertThatThrownBy(gone::reached).isInstanceOf(ReplicaUnavailableException.class);
        }
    }

    @Test
    void theReplicaReconnectsAfterTheStandbyWasAway() {
        assertThat(replica.reached()).isPositive();
        pair.stopStandby();
        assertThatThrownBy(replica::reached).isInstanceOf(ReplicaUnavailableException.class);
        pair.startStandby();
        assertThat(replica.reached()).isPositive();
    }

    @Test
    void aDelayServesWhereThereIsNoPosition() throws SQLException {
        UrlDataSource h2 = new UrlDataSource("jdbc:h2:mem:delayed;DB_CLOSE_DELAY=-1", "", "");
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement();
                JdbcReplica delayed = new JdbcReplica(h2, Fence.CLOCK, Duration.ofHours(1))) {
            statement.execute("CREATE TABLE t (id bigint PRIMARY KEY, u uuid, ts timestamp with time zone, c char(5))");
            statement.execute(
                    "INSERT INTO t VALUES (1, random_uuid(), TIMESTAMP WITH TIME ZONE '2024-01-01 01:00:00+01', 'x')");
            JdbcFenceSource source = new JdbcFenceSource(h2);
            assertThat(source.kind()).isEqualTo(Fence.CLOCK);
            long fence = source.read().position();
            assertThat(Math.abs(source.read().clockOffset())).isLessThan(TimeUnit.SECONDS.toMicros(5));
            assertThat(delayed.reached()).isLessThan(fence - TimeUnit.MINUTES.toMicros(59));
            Table table = requireNonNull(delayed.tables().find(new TableName(null, null, "T")));
            assertThat(table.typeOf("U").kind()).isEqualTo(ColumnType.Kind.UUID);
            RowKey key = new RowKey(List.of(new RowKey.Part("ID", "1")));
            Observation seen = requireNonNull(delayed.read(table, List.of(key)).get(key));
            assertThat(seen.until()).isGreaterThanOrEqualTo(fence);
            assertThat(requireNonNull(seen.image()).columns())
                    .containsEntry("TS", "2024-01-01T00:00:00Z")
                    .containsEntry("C", "x");
        }
    }
}
