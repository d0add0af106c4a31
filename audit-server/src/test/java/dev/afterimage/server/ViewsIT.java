package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.AuditContext;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.jdbc.fixture.ShadowRow;
import dev.afterimage.jdbc.fixture.ShadowTable;
import dev.afterimage.jdbc.replica.JdbcTables;
import dev.afterimage.jdbc.store.HistoryViews;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The typed views, in PostgreSQL and H2, of what an application did to tables of PostgreSQL. */
@SuppressWarnings("NullAway.Init") // JUnit's life cycle
class ViewsIT {

    private static final String COLUMNS = " (id bigint PRIMARY KEY, name varchar(20), price numeric(12, 2),"
            + " rate double precision, small real, active boolean, opened date, seen timestamp, touched timestamptz,"
            + " raw bytea, doc jsonb, tags int[], code uuid, mark char(6), note text, \"Odd 'name'\" text,"
            + " audit_time smallint)";

    private static PostgresServer production;
    private static PostgresServer store;
    private static List<DataSource> stores;

    @BeforeAll
    static void open() {
        production = PostgresServer.open();
        store = PostgresServer.open();
        stores = List.of(
                store.dataSource(),
                new UrlDataSource("jdbc:h2:mem:views;DB_CLOSE_DELAY=-1;CASE_INSENSITIVE_IDENTIFIERS=TRUE", "", ""));
    }

    @AfterAll
    static void close() {
        production.close();
        store.close();
    }

    private static Table shape(String table) {
        return Objects.requireNonNull(
                new JdbcTables(production.dataSource()).find(TableName.of("public", table)), "shape");
    }

    private static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Rows as texts, columns divided by bars. */
    private static List<String> rows(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    cells.add(row.getString(i));
                }
                rows.add(String.join("|", cells.stream().map(String::valueOf).toList()));
            }
            return rows;
        }
    }

    @Test
    @SuppressWarnings("try") // The scope is there for what happens within it
    void whatOtherTrailsLoseIsInTheViews() throws Exception {
        execute(production.dataSource(), "CREATE TABLE lost (id int PRIMARY KEY, name varchar(700), qty int)");
        String longText = "x".repeat(650);
        String longActor = "a".repeat(300);
        try (InProcessTrail trail = new InProcessTrail(production.dataSource(), stores, "lost_history")) {
            for (String sql : List.of(
                    "INSERT INTO lost VALUES (1, '" + longText + "', 5)",
                    "UPDATE lost SET name = NULL WHERE id = 1",
                    "UPDATE lost SET qty = 5 WHERE id = 1",
                    "UPDATE lost SET name = '' WHERE id = 1",
                    "DELETE FROM lost WHERE id = 1",
                    "INSERT INTO lost VALUES (1, 'again', 6)",
                    "INSERT INTO lost VALUES (2, 'doomed', 7)",
                    "TRUNCATE lost")) {
                try (AuditContext.Scope as = AuditContext.actor(longActor).open()) {
                    execute(trail.audited(), sql);
                }
                trail.await();
            }
        }
        for (DataSource database : stores) {
            new HistoryViews(database, "lost_history").make(shape("lost"), "lost");
            String order = " ORDER BY audit_micros, audit_sequence";
            assertThat(rows(
                            database,
                            "SELECT audit_operation, audit_key, audit_row, id, CASE WHEN name LIKE 'xxx%' THEN 'long ' ||"
                                    + " char_length(name) ELSE name END, qty, char_length(audit_actor) FROM lost_snapshot"
                                    + order))
                    .containsExactly(
                            "INSERT|id=1|present|1|long 650|5|300",
                            "UPDATE|id=1|present|1|null|5|300",
                            "UPDATE|id=1|present|1|null|5|300",
                            "UPDATE|id=1|present|1||5|300",
                            "DELETE|id=1|absent|null|null|null|300",
                            "INSERT|id=1|present|1|again|6|300",
                            "INSERT|id=2|present|2|doomed|7|300",
                            "TRUNCATE|null|unknown|null|null|null|300");
            assertThat(rows(
                            database,
                            "SELECT audit_operation, audit_changed, audit_new_known, new_name, new_qty FROM lost_delta"
                                    + " WHERE audit_key = 'id=1' AND audit_operation <> 'INSERT'" + order))
                    .as("to NULL, nothing, to the empty text, gone")
                    .satisfiesExactly(
                            row -> assertThat(row).matches("UPDATE\\|[\\[{]name[]}]\\|[\\[{]name[]}]\\|null\\|null"),
                            row -> assertThat(row).matches("UPDATE\\|[\\[{][]}]\\|[\\[{][]}]\\|null\\|null"),
                            row -> assertThat(row).matches("UPDATE\\|[\\[{]name[]}]\\|[\\[{]name[]}]\\|\\|null"),
                            row -> assertThat(row)
                                    .matches("DELETE\\|[\\[{]id, ?name, ?qty[]}]\\|[\\[{][]}]\\|null\\|null"
                                            .replace(", ?", ",\\s?")));
            assertThat(rows(
                            database,
                            "SELECT audit_old_row, audit_new_row, old_name, new_name, old_qty, new_qty FROM lost_compare"
                                    + " WHERE audit_operation IN ('DELETE', 'INSERT') AND audit_key = 'id=1'"
                                    + " AND audit_sequence > 1" + order))
                    .containsExactly("present|absent||null|5|null", "absent|present|null|again|null|6");
        }
    }

    @Test
    void theViewsFollowTheSourceTable() throws Exception {
        execute(production.dataSource(), "CREATE TABLE shifting (id int PRIMARY KEY, a text, b text, mixed text)");
        try (InProcessTrail trail = new InProcessTrail(production.dataSource(), stores, "shift_history")) {
            execute(trail.audited(), "INSERT INTO shifting VALUES (1, 'one', 'two', 'not a number')");
            trail.await();
            for (DataSource database : stores) {
                HistoryViews views = new HistoryViews(database, "shift_history");
                assertThat(views.make(shape("shifting"), "shifting")).hasSize(3);
                views.make(shape("shifting"), "shifting");
            }
        }
        execute(
                production.dataSource(),
                "ALTER TABLE shifting DROP COLUMN a",
                "ALTER TABLE shifting RENAME COLUMN b TO b2",
                "ALTER TABLE shifting ALTER COLUMN mixed TYPE int USING 7",
                "ALTER TABLE shifting ADD COLUMN added date");
        try (InProcessTrail trail = new InProcessTrail(production.dataSource(), stores, "shift_history")) {
            execute(trail.audited(), "UPDATE shifting SET added = '2026-01-02' WHERE id = 1");
            trail.await();
        }
        for (DataSource database : stores) {
            new HistoryViews(database, "shift_history").make(shape("shifting"), "shifting");
            assertThat(
                            rows(
                                    database,
                                    "SELECT id, b2, mixed, added, audit_known, audit_after FROM shifting_snapshot ORDER BY audit_micros"))
                    .satisfiesExactly(
                            old -> assertThat(old)
                                    .matches("1\\|null\\|null\\|null\\|[\\[{]id[]}]\\|.*one.*two.*not a number.*"),
                            now -> assertThat(now)
                                    .matches("1\\|two\\|7\\|2026-01-02\\|[\\[{]id,\\s?b2,\\s?mixed,\\s?added.*"));
            assertThatThrownBy(() -> new HistoryViews(database, "shift_history")
                            .make(
                                    new Table(
                                            TableName.of("other", "shifting"),
                                            shape("shifting").columns(),
                                            List.of("id")),
                                    "shifting"))
                    .hasMessageContaining("public.shifting");
        }
    }

    @Test
    void whatIsNotOursIsNeverReplaced() throws Exception {
        execute(production.dataSource(), "CREATE TABLE mine (id int PRIMARY KEY)");
        try (InProcessTrail trail = new InProcessTrail(production.dataSource(), stores, "mine_history")) {
            trail.await();
        }
        for (DataSource database : stores) {
            execute(database, "CREATE VIEW mine_snapshot AS SELECT 42 AS answer");
            assertThatThrownBy(() -> new HistoryViews(database, "mine_history").make(shape("mine"), "mine"))
                    .hasMessageContaining("somebody else");
            assertThat(rows(database, "SELECT answer FROM mine_snapshot")).containsExactly("42");
        }
    }

    @Test
    void severalMayMakeThemAtOnce() throws Exception {
        execute(production.dataSource(), "CREATE TABLE busy" + COLUMNS);
        try (InProcessTrail trail = new InProcessTrail(production.dataSource(), stores, "busy_history")) {
            trail.await();
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> makers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                HistoryViews views = new HistoryViews(stores.get(i % 2), "busy_history");
                makers.add(threads.submit((Callable<?>) () -> views.make(shape("busy"), "busy")));
            }
            for (Future<?> maker : makers) {
                assertThat(maker.get()).isNotNull();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What the triggers saw is what the compare view shows, column by column and typed. */
    @Test
    void theCompareViewIsWhatTheDatabaseDid() throws Exception {
        long seed = Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        System.out.println("ViewsIT: -Daudit.seed=" + seed);
        execute(production.dataSource(), "CREATE TABLE item" + COLUMNS);
        ShadowTable shadow = ShadowTable.install(production.dataSource(), List.of(TableName.of("public", "item")));
        try (InProcessTrail trail = new InProcessTrail(production.dataSource(), stores, "item_history")) {
            Items items = new Items(trail.audited(), seed);
            for (int i = 0; i < 800; i++) {
                items.transaction();
                if (i % 3 == 0) {
                    trail.await();
                }
            }
            trail.await();
        }
        List<ShadowRow> real = shadow.rows();
        assertThat(real.size()).isGreaterThan(300);
        for (DataSource database : stores) {
            new HistoryViews(database, "item_history").make(shape("item"), "item");
            Comparison comparison = new Comparison(shape("item"));
            comparison.compare(database, real);
            System.out.println("ViewsIT: " + comparison);
            assertThat(comparison.different).as("-Daudit.seed=%d", seed).isEmpty();
            assertThat(comparison.rows).isEqualTo(real.size());
            assertThat(comparison.same).isGreaterThan(comparison.unknown);
        }
    }

    /** Random transactions on few rows, each change of one row by its key. */
    private static final class Items extends RandomTransactions {

        private final Random values;

        Items(DataSource dataSource, long seed) {
            super(dataSource, seed, 0);
            this.values = new Random(seed);
        }

        @Override
        void alone(Connection connection) throws SQLException {
            insert(connection, random.nextInt(12));
        }

        @Override
        void step(Connection connection) throws SQLException {
            long id = random.nextInt(12);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> insert(connection, id);
                case 3 -> update(connection, "DELETE FROM item WHERE id = ?", id);
                case 4 -> update(connection, "UPDATE item SET note = note WHERE id = ?", id);
                case 5 -> update(connection, "UPDATE item SET id = ? WHERE id = ?", 12L + random.nextInt(6), id);
                default ->
                    update(
                            connection,
                            "UPDATE item SET note = ?, price = ?, rate = ?, active = ?, touched = ?, raw = ?, doc = ?::jsonb,"
                                    + " \"Odd 'name'\" = ? WHERE id = ?",
                            text(),
                            values.nextInt(4) == 0 ? null : money(),
                            values.nextGaussian() * 1e12,
                            values.nextInt(3) == 0 ? null : values.nextBoolean(),
                            OffsetDateTime.of(2026, 2, 3, 4, 5, values.nextInt(60), 120_000, ZoneOffset.ofHours(2)),
                            values.nextInt(3) == 0 ? null : new byte[] {0, (byte) values.nextInt(), '\\'},
                            values.nextInt(3) == 0 ? null : "{\"a\": [1, null, \"x\\\"y\"]}",
                            text(),
                            id);
            }
        }

        private void insert(Connection connection, long id) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::int[], ?::uuid, ?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING")) {
                bind(
                        insert,
                        id,
                        "n" + values.nextInt(9),
                        new BigDecimal("12.50"),
                        values.nextDouble(),
                        values.nextFloat(),
                        values.nextBoolean(),
                        LocalDate.of(2026, 1, 1 + values.nextInt(28)),
                        LocalDateTime.of(2026, 3, 4, 5, 6, 7, 1000 * values.nextInt(1_000_000)),
                        OffsetDateTime.now(ZoneOffset.UTC),
                        HexFormat.of().parseHex("00ff5c"),
                        "[]",
                        "{1,NULL,3}",
                        "00000000-0000-0000-0000-00000000000" + values.nextInt(10),
                        "m" + values.nextInt(10),
                        text(),
                        text(),
                        values.nextInt(100));
                insert.executeUpdate();
            }
        }

        private @Nullable String text() {
            return switch (values.nextInt(6)) {
                case 0 -> null;
                case 1 -> "";
                case 2 -> "Zoë's “note”, \\ = \n\t€ 𝄞 \"null\"";
                case 3 -> "null";
                default -> "long " + "y".repeat(values.nextInt(900));
            };
        }
    }

    /** Lays the rows of the view beside those of the triggers, row by row in their order. */
    private static final class Comparison {

        private final Table table;
        private final List<String> different = new ArrayList<>();
        private int rows;
        private long same;
        private long unknown;

        Comparison(Table table) {
            this.table = table;
        }

        void compare(DataSource database, List<ShadowRow> real) throws SQLException {
            Map<String, List<ShadowRow>> byKey = new HashMap<>();
            real.forEach(row -> byKey.computeIfAbsent(row.key().canonical(), any -> new ArrayList<>())
                    .add(row));
            Map<String, Integer> next = new HashMap<>();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT * FROM item_compare ORDER BY audit_micros, audit_instance, audit_sequence")) {
                while (row.next()) {
                    String key = row.getString("audit_key");
                    List<ShadowRow> expected = byKey.getOrDefault(key, List.of());
                    int at = next.merge(key, 1, Integer::sum) - 1;
                    rows++;
                    if (at >= expected.size()) {
                        different.add("too many changes of " + key);
                        continue;
                    }
                    side("old", expected.get(at).before(), row);
                    side("new", expected.get(at).after(), row);
                }
            }
        }

        private void side(String side, @Nullable Image real, ResultSet row) throws SQLException {
            String state = row.getString("audit_" + side + "_row");
            if (state.equals("unknown")) {
                unknown += table.columns().size();
                return;
            }
            if (!state.equals(real == null ? "absent" : "present")) {
                different.add(row.getString("audit_sequence") + " " + side + " is " + state);
                return;
            }
            List<?> known = known(row, side);
            for (Column column : table.columns()) {
                String shown = canonical(column.type(), side + '_' + column.name(), row);
                String there = real == null ? null : real.columns().get(column.name());
                // The triggers keep an array as JSON; PostgreSQL's driver quotes its elements.
                shown = "{\"1\",NULL,\"3\"}".equals(shown) ? "{1,NULL,3}" : shown;
                there = "[1, null, 3]".equals(there) ? "{1,NULL,3}" : there;
                if (real != null && !known.contains(column.name())) {
                    unknown++;
                    there = null;
                } else {
                    same++;
                }
                if (!Objects.equals(shown, there)) {
                    different.add(row.getString("audit_sequence") + ' ' + side + ' ' + column.name() + ": " + shown
                            + " but was " + there);
                }
            }
        }

        private static List<?> known(ResultSet row, String side) throws SQLException {
            Object[] names = (Object[]) row.getArray("audit_" + side + "_known").getArray();
            return names == null ? Collections.emptyList() : Arrays.asList(names);
        }

        private static @Nullable String canonical(ColumnType type, String column, ResultSet row) throws SQLException {
            return switch (type.kind()) {
                case TIMESTAMP -> {
                    LocalDateTime time = row.getObject(column, LocalDateTime.class);
                    yield time == null ? null : type.text(time);
                }
                case TIMESTAMP_WITH_ZONE -> {
                    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                    yield time == null ? null : type.text(time);
                }
                case BYTES -> {
                    // H2 has nothing that makes bytes of hexadecimal digits: its view shows these.
                    Object value = row.getObject(column);
                    yield value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : (String) value;
                }
                default -> {
                    String text = row.getString(column);
                    String canonical = text == null ? null : type.canonical(Value.of(text));
                    yield canonical == null ? text : canonical;
                }
            };
        }

        @Override
        public String toString() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("changes", rows);
            figures.put("values the same", same);
            figures.put("not known", unknown);
            figures.put("different", different.size());
            return figures.toString();
        }
    }
}
