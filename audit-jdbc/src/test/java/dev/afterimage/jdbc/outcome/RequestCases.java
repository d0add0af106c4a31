package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Image;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Statements that are asked to return the rows they change, without the application noticing. */
abstract class RequestCases extends Cases {

    private static final String TICKET = "INSERT INTO ticket (name) VALUES ('t')";
    private static final Map<String, String> KEYS = Map.of("audit.capture.keys", "auto");

    RequestCases(TestDatabase database) throws SQLException {
        super(database);
    }

    /** Statements are asked only once the shape of their tables is known: that is, after a first change. */
    private int start(Map<String, String> properties, String... options) throws SQLException {
        retry(properties, options);
        try (Connection connection = trial().connection()) {
            run(connection, insert(1), insert(2), insert(3), TICKET);
        }
        return trial().changes().size();
    }

    private List<Change> since(int known) {
        return trial().changes().subList(known, trial().changes().size());
    }

    private void agreesSince(int known) throws SQLException {
        assertThat(trial().told().subList(known, trial().told().size()))
                .containsExactlyElementsOf(
                        trial().happened().subList(known, trial().happened().size()));
    }

    @Test
    void keysThatTheApplicationDoesNotAskFor() throws SQLException {
        int known = start(KEYS);
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection();
                    Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement(TICKET)) {
                connection.setAutoCommit(autoCommit);
                assertThat(statement.executeUpdate(TICKET)).isEqualTo(1);
                assertThat(statement.execute(TICKET)).isFalse();
                assertThat(statement.getUpdateCount()).isEqualTo(1);
                assertThat(statement.executeLargeUpdate(TICKET)).isEqualTo(1);
                assertThat(prepared.executeUpdate()).isEqualTo(1);
                assertThat(prepared.execute()).isFalse();
                assertThat(prepared.getUpdateCount()).isEqualTo(1);
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        assertThat(since(known)).hasSize(10);
        agreesSince(known);
    }

    @Test
    void keysOfRowsThatOnlyTheDatabaseFinds() throws SQLException {
        int known = start(KEYS);
        try (Connection connection = trial().connection();
                PreparedStatement update = connection.prepareStatement("UPDATE item SET name = ? WHERE name > ?")) {
            update.setString(1, "z");
            update.setString(2, "n1");
            assertThat(update.executeUpdate()).isEqualTo(2);
            run(connection, "DELETE FROM item WHERE name = 'z';");
        }
        if (is(POSTGRESQL)) {
            assertThat(since(known)).hasSize(4);
            agreesSince(known);
        } else if (is(H2)) {
            // It returns updated rows, not deleted ones.
            assertThat(since(known)).hasSize(3);
            assertThat(since(known).subList(0, 2)).allMatch(Change::isRowLevel);
        } else {
            assertThat(since(known)).hasSize(2).noneMatch(Change::isRowLevel);
        }
    }

    @Test
    void keysOfAClosedStatement() throws SQLException {
        start(KEYS);
        assertThat(keysWhenClosed(trial().connection())).isEqualTo(keysWhenClosed(bare()));
    }

    private Connection bare() throws SQLException {
        return database().dataSource().getConnection();
    }

    private static String keysWhenClosed(Connection connection) throws SQLException {
        try (connection) {
            Statement statement = connection.createStatement();
            statement.executeUpdate(TICKET);
            statement.close();
            statement.getGeneratedKeys();
            return "answered";
        } catch (SQLException e) {
            return e.getClass().getName() + " " + e.getSQLState();
        }
    }

    @Test
    void theFailureOfAStatementWithLimits() throws SQLException {
        trial().close(); // Two of them would share an outbox.
        try (Trial failing = new Trial(database(), closingStatements(), KEYS);
                Connection connection = failing.connection();
                Statement statement = connection.createStatement()) {
            run(connection, TICKET);
            assertThat(failing.changes()).hasSize(1); // Only now the shape of the table is known.
            statement.setFetchSize(10);
            assertThatThrownBy(() -> statement.executeUpdate(TICKET)).hasMessage("lost");
        }
    }

    /** A database whose connection breaks during an update, so that the driver closes the statement. */
    private DataSource closingStatements() throws SQLException {
        return (DataSource) Intercepted.answers(
                DataSource.class,
                database().dataSource(),
                "getConnection",
                connection -> Intercepted.answers(
                        Connection.class,
                        connection,
                        "createStatement",
                        statement -> Intercepted.answers(Statement.class, statement, "executeUpdate", count -> {
                            ((Statement) statement).close();
                            throw new SQLException("lost", "08006");
                        })));
    }

    @Test
    void theApplicationSeesTheKeysOfATableThatIsNotAudited() throws SQLException {
        start(Map.of("audit.capture.keys", "auto", "audit.tables.exclude", "mail"));
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(TICKET);
            statement.executeUpdate("INSERT INTO mail VALUES (5, 'a', 'n')", Statement.RETURN_GENERATED_KEYS);
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isEqualTo(!is(MARIADB));
            }
        }
    }

    @Test
    void theApplicationSeesNoKeysThatItHasNotAskedFor() throws SQLException {
        start(KEYS);
        String update = "UPDATE item SET name = 'q' WHERE name = 'n1'";
        String seen = keysSeen(trial().connection(), TICKET) + keysSeen(trial().connection(), update);
        String bare = keysSeen(database().dataSource().getConnection(), TICKET)
                + keysSeen(database().dataSource().getConnection(), update);
        assertThat(seen).isEqualTo(bare);
    }

    /** What an application sees of a statement without keys, by way of everything that it could look at. */
    private static String keysSeen(Connection connection, String sql) throws SQLException {
        StringBuilder seen = new StringBuilder();
        try (connection;
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(sql)) {
            statement.executeUpdate(sql);
            seen.append(keys(statement)).append(statement.getMoreResults()).append(statement.getUpdateCount());
            prepared.execute();
            seen.append(keys(prepared)).append(prepared.getMoreResults()).append(prepared.getUpdateCount());
            seen.append(prepared.getMetaData() == null)
                    .append(prepared.toString().contains("RETURNING"));
            seen.append(prepared.getParameterMetaData().getParameterCount());
            seen.append(refusal(prepared::executeQuery)).append(refusal(() -> statement.executeQuery(sql)));
        }
        return seen.append('\n').toString();
    }

    private static String keys(Statement statement) {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            return keys.next() + " " + (keys.getStatement() == null);
        } catch (SQLException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    /** Something that may be refused. */
    @FunctionalInterface
    private interface Attempted {
        Object run() throws SQLException;
    }

    private static String refusal(Attempted attempted) {
        try {
            attempted.run();
            return "none";
        } catch (SQLException refused) {
            return refused.getSQLState() + refused.getMessage();
        }
    }

    @Test
    void observingNeverTouchesTheText() throws SQLException {
        int known = start(Map.of());
        try (Connection connection = trial().connection()) {
            run(connection, TICKET);
        }
        assertThat(since(known)).hasSize(1).noneMatch(Change::isRowLevel);
    }

    @Test
    void aTableMayDiffer() throws SQLException {
        int known = start(Map.of("audit.capture.keys", "auto", "audit.capture.keys.tick*", "observe"));
        try (Connection connection = trial().connection()) {
            run(connection, TICKET);
        }
        assertThat(since(known)).hasSize(1).noneMatch(Change::isRowLevel);
    }

    @Test
    void theRowAfterTheChange() throws SQLException {
        Assumed.not(is(MARIADB), "MariaDB's driver returns no rows of an update");
        int known = start(Map.of("audit.capture.images", "after"));
        try (Connection connection = begin()) {
            run(connection, "UPDATE item SET name = name || '\"\\ü\n' WHERE id = 1");
            run(connection, TICKET);
            run(connection, "DELETE FROM item WHERE id = 2");
            connection.commit();
        }
        assertThat(since(known)).hasSize(3).allMatch(Change::isRowLevel);
        assertThat(columns(since(known).get(0).after())).isEqualTo(Map.of("id", "1", "name", "n1\"\\ü\n"));
        assertThat(columns(since(known).get(1).after()))
                .containsEntry("name", "t")
                .containsKey("id");
        assertThat(since(known))
                .allSatisfy(change -> assertThat(change.before()).isNull());
        assertThat(since(known).get(2).after()).isNull();
    }

    /** H2 names columns in capitals. */
    private static Map<String, @Nullable String> columns(@Nullable Image image) {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        Objects.requireNonNull(image)
                .columns()
                .forEach((name, value) -> columns.put(name.toLowerCase(Locale.ROOT), value));
        return columns;
    }

    @Test
    void theRowBeforeAndAfterTheChange() throws SQLException {
        only(POSTGRESQL);
        int known = start(Map.of("audit.capture.images.item", "full"));
        try (Connection connection = begin();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE item AS i SET id = id + ?, name = 'm'")) {
            update.setInt(1, 10);
            assertThat(update.executeUpdate()).isEqualTo(3);
            run(connection, "DELETE FROM item WHERE id < 12");
            connection.commit();
        }
        List<Change> changes = since(known);
        assertThat(changes).hasSize(4).allMatch(Change::isRowLevel);
        assertThat(columns(changes.get(0).before())).isEqualTo(Map.of("id", "1", "name", "n1"));
        assertThat(columns(changes.get(0).after())).isEqualTo(Map.of("id", "11", "name", "m"));
        assertThat(columns(changes.get(3).before())).isEqualTo(Map.of("id", "11", "name", "m"));
        agreesSince(known);
    }

    @Test
    void whatIsHiddenStaysHidden() throws SQLException {
        Assumed.not(is(MARIADB), "MariaDB's driver returns no rows of an update");
        int known = start(Map.of("audit.capture.images", "full", "audit.columns.mask", "name"));
        try (Connection connection = begin()) {
            run(connection, "UPDATE item SET name = 'secret' WHERE id = 1");
            connection.commit();
        }
        assertThat(columns(since(known).get(0).after())).containsOnlyKeys("id");
        assertThat(trial().events().toString()).doesNotContain("secret");
    }

    /** pgjdbc sends rows of any length one by one, which in autocommit would commit each of them. */
    @Test
    void aBatchIsNotSplit() throws SQLException {
        int known = start(Map.of("audit.capture.images", "full", "audit.capture.keys", "auto"));
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection();
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, 'b')")) {
                connection.setAutoCommit(autoCommit);
                for (int id : new int[] {10, 11, 1}) { // The last one is there already.
                    insert.setInt(1, id);
                    insert.addBatch();
                }
                assertThatThrownBy(insert::executeBatch).isInstanceOf(SQLException.class);
                if (!autoCommit) {
                    connection.rollback();
                }
            }
            if (is(POSTGRESQL)) {
                assertThat(since(known)).isEmpty();
            }
            try (Connection bare = database().dataSource().getConnection()) {
                run(bare, "DELETE FROM item WHERE id > 9");
            }
        }
    }

    /** A column that is gone since the table was looked up must not fail a statement that does not name it. */
    @Test
    void aTableThatOthersHaveChanged() throws SQLException {
        Assumed.not(is(MARIADB), "MariaDB's driver returns no rows of an update");
        int known = start(Map.of("audit.capture.images", "after"));
        try (Connection bare = database().dataSource().getConnection()) {
            run(bare, "ALTER TABLE item ADD COLUMN more INT");
        }
        try (Connection connection = begin()) {
            run(connection, "UPDATE item SET name = 'u' WHERE id = 1");
            connection.commit();
        }
        assertThat(since(known)).hasSize(1).allMatch(Change::isRowLevel);
        // A column of which nothing is known: then there is no image, or one without it.
        Image after = since(known).get(0).after();
        assertThat(after == null || !after.columns().containsKey("more")).isTrue();
    }

    /** What the application has limited are rows that it reads, not those that the audit has asked for. */
    @Test
    void limitsOfTheApplication() throws SQLException {
        int known = start(KEYS);
        String update = "UPDATE item SET name = 'limited' WHERE name > 'n'";
        try (Connection connection = begin();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(update)) {
            for (Statement limited : new Statement[] {statement, prepared}) {
                limited.setMaxRows(2);
                limited.setFetchSize(1);
            }
            assertThat(statement.executeUpdate(update)).isEqualTo(3);
            run(connection, "UPDATE item SET name = 'n'");
            assertThat(prepared.executeUpdate()).isZero();
            run(connection, "UPDATE item SET name = 'n1'");
            assertThat(prepared.executeUpdate()).isEqualTo(3);
            assertThat(prepared.getUpdateCount()).isEqualTo(3);
            assertThat(prepared.getMaxRows()).isEqualTo(2);
            assertThat(prepared.getFetchSize()).isEqualTo(1);
            connection.commit();
        }
        assertThat(since(known).stream().mapToLong(Change::rows).sum()).isEqualTo(12);
    }

    @Test
    void rowsReadUpToALimit() throws SQLException {
        only(POSTGRESQL);
        int known = start(Map.of());
        try (Connection connection = trial().connection();
                PreparedStatement update = connection.prepareStatement("UPDATE item SET name = 'x' RETURNING id")) {
            update.setMaxRows(2);
            try (ResultSet rows = update.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isFalse();
            }
        }
        assertThat(trial().told().subList(known, known + 1)).containsExactly("UPDATE item *? ROWS_UNKNOWN");
    }

    /** RETURNING needs the right to read: a role that may only insert must not be asked for it. */
    @Test
    void aRoleThatMayNotRead() throws SQLException {
        only(POSTGRESQL);
        int known = start(Map.of("audit.capture.keys", "auto", "audit.capture.images", "full"));
        try (Connection bare = database().dataSource().getConnection()) {
            run(
                    bare,
                    "DROP ROLE IF EXISTS writer",
                    "CREATE ROLE writer",
                    "GRANT USAGE ON SCHEMA public TO writer",
                    "GRANT INSERT ON ticket TO writer",
                    "GRANT USAGE ON SEQUENCE ticket_id_seq TO writer",
                    "GRANT INSERT ON witness TO writer",
                    "GRANT USAGE ON SEQUENCE witness_n_seq TO writer");
            if (isInOutbox()) {
                run(bare, "GRANT INSERT ON afterimage_outbox TO writer");
            }
        }
        try (Connection connection = trial().connection()) {
            run(connection, "SET ROLE writer");
            fails(connection, TICKET); // The first one cannot be known to fail; it is not asked again.
            run(connection, TICKET, "RESET ROLE");
        }
        assertThat(since(known)).hasSize(1);
    }

    @Test
    void keysThatTheDatabaseOverrides() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = trial().connection()) {
            run(
                    connection,
                    "CREATE TABLE over (id INT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name TEXT)",
                    "INSERT INTO over (id, name) OVERRIDING USER VALUE VALUES (999, 'a')");
        }
        assertThat(trial().told()).containsExactly("INSERT over *1 ROWS_UNKNOWN");
    }

    @Test
    void anotherTableCalledOld() throws SQLException {
        only(POSTGRESQL);
        int known = start(Map.of("audit.capture.images", "full"));
        try (Connection connection = begin()) {
            run(
                    connection,
                    "UPDATE item SET name = old.name || 'x' FROM loose AS old WHERE old.id = item.id AND item.id = 1");
            connection.commit();
        }
        assertThat(columns(since(known).get(0).before())).containsEntry("name", "n1");
    }

    @Test
    void aRuleInTheWay() throws SQLException {
        only(POSTGRESQL);
        try (Connection bare = database().dataSource().getConnection()) {
            run(
                    bare,
                    "CREATE RULE soft AS ON DELETE TO item DO INSTEAD UPDATE item SET name = 'gone' WHERE id = OLD.id");
        }
        start(Map.of("audit.capture.images", "full"));
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM item WHERE id = 1")).isZero();
        }
    }

    /**
     * Why MariaDB is not asked by RETURNING: it then forgets the number of rows that it has changed, and whatever the
     * application executes next can ask for it. It also evaluates columns that the statement alone would not.
     */
    @Test
    void whatMariaDbForgetsWhereItReturnsRows() throws SQLException {
        only(MARIADB);
        try (Connection bare = database().dataSource().getConnection()) {
            String insert = "INSERT INTO loose VALUES (7, 'x'), (7, 'y')";
            assertThat(rowCountAfter(bare, insert)).isEqualTo(2);
            assertThat(rowCountAfter(bare, insert + " RETURNING id")).isEqualTo(-1);
            assertThat(rowCountAfter(bare, "DELETE FROM loose WHERE id = 7")).isEqualTo(4);
            assertThat(rowCountAfter(bare, "DELETE FROM loose RETURNING *")).isEqualTo(-1);
            run(bare, "CREATE TABLE divided (id INT PRIMARY KEY, by_ INT, part INT AS (10 / by_) VIRTUAL)");
            run(bare, "INSERT INTO divided (id, by_) VALUES (1, 0)");
            fails(bare, "INSERT INTO divided (id, by_) VALUES (2, 0) RETURNING *");
        }
    }

    private static long rowCountAfter(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            try (ResultSet count = statement.executeQuery("SELECT ROW_COUNT()")) {
                count.next();
                return count.getLong(1);
            }
        }
    }

    /** One text may be executed singly and in batches: the first are asked all the same. */
    @Test
    void keysOfATextThatIsBatchedToo() throws SQLException {
        only(MARIADB);
        int known = start(KEYS);
        try (Connection connection = trial().connection()) {
            for (int time = 1; time <= 2; time++) {
                try (PreparedStatement prepared = connection.prepareStatement("INSERT INTO ticket (name) VALUES (?)")) {
                    prepared.setString(1, "single");
                    assertThat(prepared.executeUpdate()).isEqualTo(1);
                    prepared.setString(1, "batched");
                    prepared.addBatch();
                    prepared.executeBatch();
                }
            }
        }
        assertThat(since(known).stream().map(Change::isRowLevel)).containsExactly(true, false, true, false);
    }
}
