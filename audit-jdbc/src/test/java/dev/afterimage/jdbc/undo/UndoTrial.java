package dev.afterimage.jdbc.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.AuditContext;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.Resolver;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.table.ColumnRules;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.replica.JdbcReplica;
import dev.afterimage.jdbc.replica.JdbcTables;
import dev.afterimage.jdbc.store.HistoryReader;
import dev.afterimage.jdbc.store.JdbcAuditStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** An audited database, whose trail is stored by the same thread as soon as a test looks at it. */
@SuppressWarnings("try") // A scope does its work by being open.
final class UndoTrial implements AutoCloseable {

    static final String SOURCE = "app";

    private static final Duration LONG = Duration.ofSeconds(60);

    private final DataSource bare;
    private final Collected collected = new Collected();
    private final AuditTrail trail;
    private final DataSource audited;
    private final JdbcReplica replica;
    private final JdbcAuditStore store;
    private final Resolver resolver;
    private final HistoryReader history;
    private final Undo undo;
    private int beats;

    UndoTrial(DataSource bare, String fenceKind, Map<String, String> properties) {
        this.bare = bare;
        Map<String, String> settings = new HashMap<>(Map.of("audit.durability", "memory"));
        settings.putAll(properties);
        AuditConfiguration configuration = AuditConfiguration.of(settings);
        trail = AuditTrail.start(configuration, collected);
        audited = AuditDataSource.wrap(bare, trail);
        replica = new JdbcReplica(bare, fenceKind, Duration.ZERO);
        DataSource storage = new UrlDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
        store = new JdbcAuditStore(storage, "audit_history");
        store.prepare();
        resolver = new Resolver(
                replica,
                store,
                new ColumnRules(
                        configuration.patterns(Setting.COLUMNS_EXCLUDE), configuration.patterns(Setting.COLUMNS_MASK)));
        history = new HistoryReader(storage, "audit_history");
        undo = new Undo(history, SOURCE, audited);
    }

    static String kindOf(boolean postgres) {
        return postgres ? Fence.LSN : Fence.CLOCK;
    }

    /** Statements of one transaction. */
    void as(String actor, String... statements) throws SQLException {
        try (var scope = AuditContext.actor(actor).open();
                Connection connection = audited.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, statements);
            connection.commit();
        }
        store();
    }

    /** What no trail tells. */
    void unseen(String... statements) throws SQLException {
        try (Connection connection = bare.getConnection()) {
            execute(connection, statements);
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    DataSource audited() {
        return audited;
    }

    /**
     * Puts everything told so far into the store. Where the clock is the position, a reading of it must lie between this
     * and the next change, so that the trail knows that the rows were read before that: something is told that nobody needs.
     */
    void store() throws SQLException {
        storeTold();
        try (Connection connection = audited.getConnection()) {
            execute(connection, "INSERT INTO beat (id) VALUES (" + ++beats + ")");
        }
        assertThat(trail.flush(LONG)).as("told in time").isTrue();
        collected.take();
    }

    private void storeTold() {
        assertThat(trail.flush(LONG)).as("told in time").isTrue();
        List<AuditEvent> events = collected.take();
        for (AuditEvent event : events) {
            Awaitility.await().atMost(LONG).until(() -> resolver.isDue(event));
        }
        resolver.handle(events);
    }

    HistoryReader history() {
        return history;
    }

    Undo undo() {
        return undo;
    }

    /** The table's full name. */
    TableName table(String name) {
        JdbcTables tables = new JdbcTables(bare);
        Table asWritten = tables.find(new TableName(null, null, name));
        Table folded =
                asWritten == null ? tables.find(new TableName(null, null, name.toUpperCase(Locale.ROOT))) : asWritten;
        return Objects.requireNonNull(folded, name).name();
    }

    /** The newest change of a table. */
    HistoryEntry newest(String table) throws SQLException {
        List<HistoryEntry> all = history.inTable(SOURCE, table(table), Instant.EPOCH, Integer.MAX_VALUE);
        return all.get(all.size() - 1);
    }

    Selection.Transaction newestTransaction(String table) throws SQLException {
        HistoryEntry newest = newest(table);
        return new Selection.Transaction(
                newest.change().id().instance(), newest.change().transaction().number());
    }

    Selection.After after(Instant moment, String... names) {
        List<TableName> tables = new ArrayList<>();
        for (String name : names) {
            tables.add(table(name));
        }
        return new Selection.After(moment, tables, List.of());
    }

    /** A moment by the database's clock, after all that has been committed. */
    Instant now(String clock) throws SQLException {
        try (Connection connection = bare.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(clock)) {
            row.next();
            return Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS);
        }
    }

    UndoPlan plan(Selection selection) throws SQLException {
        return undo.plan(selection, UndoOptions.SAFE);
    }

    UndoResult execute(UndoPlan plan) throws SQLException {
        UndoResult result = undo.execute(plan, new Actor("ops", null, "mistake", null, Map.of()));
        store();
        return result;
    }

    /** Plans and executes what nothing may be in the way of. */
    UndoPlan done(Selection selection) throws SQLException {
        UndoPlan plan = plan(selection);
        assertThat(plan.conflicts()).as(selection.reference()).isEmpty();
        assertThat(execute(plan).conflicts()).isEmpty();
        return plan;
    }

    /** What a plan meets; executing it then changes nothing. */
    List<Conflict.Kind> conflicts(Selection selection, UndoOptions options, String... tables) throws SQLException {
        UndoPlan plan = undo.plan(selection, options);
        Map<String, List<String>> before = rows(tables);
        assertThat(execute(plan).isDone()).as("executed").isEqualTo(plan.isClear());
        if (!plan.isClear()) {
            assertThat(rows(tables)).isEqualTo(before);
        }
        return plan.conflicts().stream().map(Conflict::kind).toList();
    }

    /** All rows of some tables, in order. */
    Map<String, List<String>> rows(String... tables) throws SQLException {
        Map<String, List<String>> all = new TreeMap<>();
        try (Connection connection = bare.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                List<String> rows = new ArrayList<>();
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
                    int columns = row.getMetaData().getColumnCount();
                    while (row.next()) {
                        List<String> cells = new ArrayList<>();
                        for (int i = 1; i <= columns; i++) {
                            cells.add(String.valueOf(row.getString(i)));
                        }
                        rows.add(String.join("|", cells));
                    }
                }
                all.put(table, rows);
            }
        }
        return all;
    }

    /** One row of a table, by its place. */
    String row(String table, int place) throws SQLException {
        return rows(table).getOrDefault(table, List.of()).get(place);
    }

    /** Assignments of NULL to all columns but the first. */
    String nulls(String table) throws SQLException {
        List<String> nulls = new ArrayList<>();
        try (Connection connection = bare.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
                nulls.add(row.getMetaData().getColumnName(i) + " = NULL");
            }
        }
        return String.join(", ", nulls);
    }

    @Override
    public void close() {
        trail.close();
        replica.close();
        store.close();
    }

    /** Keeps what was sent until it is taken. */
    private static final class Collected implements Sink {
        private final List<AuditEvent> events = new ArrayList<>();

        @Override
        public synchronized CompletionStage<Delivery> send(List<AuditEvent> batch) {
            events.addAll(batch);
            return CompletableFuture.completedFuture(Delivery.COMPLETE);
        }

        synchronized List<AuditEvent> take() {
            List<AuditEvent> taken = List.copyOf(events);
            events.clear();
            return taken;
        }

        @Override
        public void close() {}
    }
}
