package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * An application makes the same calls on the bare driver and where all that can be asked of the database is asked for:
 * every answer is the same, and so is what the database keeps.
 */
abstract class ParityCases extends Cases {

    private static final Map<String, String> ALL = Map.of("audit.capture.keys", "auto", "audit.capture.images", "full");
    private static final Map<String, String> KEYS = Map.of("audit.capture.keys", "auto");

    private static final String TICKET = "INSERT INTO ticket (name) VALUES ('t')";
    private static final String NAMED = "INSERT INTO ticket (name) VALUES (?)";
    private static final String TOO_LONG = "x".repeat(200);

    private static final List<String> TEXTS = List.of(
            TICKET,
            "INSERT INTO ticket (name) VALUES ('a'), ('b')",
            "INSERT INTO ticket (name) SELECT name FROM item",
            insert(4),
            insert(4),
            "INSERT INTO item (id, name) VALUES (5, 'e'), (1, 'taken')",
            "INSERT INTO item (id, nme) VALUES (6, 'f')",
            "INSERT INTO item (id, name) VALUES (7, '" + TOO_LONG + "')",
            "UPDATE item SET name = 'u' WHERE name > 'n1'",
            "UPDATE item SET name = 'u' WHERE id = 77",
            "DELETE FROM item WHERE name = 'u'",
            "DELETE FROM item WHERE id = 77",
            "DELETE FROM item");

    ParityCases(TestDatabase database) throws SQLException {
        super(database);
    }

    /** What an application does. */
    @FunctionalInterface
    private interface Work {
        void run(Connection connection, Seen seen) throws SQLException;
    }

    /** Runs the work in autocommit and in a transaction, with each of the settings, and with each of the options. */
    private void isSame(Work work) throws SQLException {
        String[] options = is(MARIADB) ? new String[] {"", "useServerPrepStmts=true"} : new String[] {""};
        for (String option : options) {
            String[] given = option.isEmpty() ? new String[0] : new String[] {option};
            for (boolean autoCommit : new boolean[] {true, false}) {
                List<String> bare = seen(database().dataSource(given), autoCommit, work);
                for (Map<String, String> properties : List.of(KEYS, ALL)) {
                    shapesAreKnown(properties, given);
                    assertThat(seen(trial().dataSource(), autoCommit, work))
                            .as("%s %s, autocommit %s", properties, option, autoCommit)
                            .containsExactlyElementsOf(bare);
                }
            }
        }
    }

    /** Nothing is asked before the first change of a table has been told. */
    private void shapesAreKnown(Map<String, String> properties, String... options) throws SQLException {
        retry(properties, options);
        try (Connection connection = trial().connection()) {
            run(connection, insert(-1), TICKET);
        }
        assertThat(trial().changes()).hasSize(2);
    }

    private List<String> seen(DataSource dataSource, boolean autoCommit, Work work) throws SQLException {
        beginAgain();
        Seen seen = new Seen();
        try (Connection connection = Objects.requireNonNull(dataSource.getConnection())) {
            connection.setAutoCommit(autoCommit);
            work.run(connection, seen);
            if (!autoCommit) {
                connection.commit();
            }
        }
        seen.lines().addAll(kept());
        return seen.lines().stream().map(this::withoutClause).toList();
    }

    /** A batch that was prepared before its text was known to be one names the clause in its error message. */
    private String withoutClause(String line) {
        return is(POSTGRESQL) ? line.replaceAll(" RETURNING .* was aborted", " was aborted") : line;
    }

    private void beginAgain() throws SQLException {
        String restart = is(MARIADB) ? "" : " RESTART IDENTITY";
        try (Connection bare = database().dataSource().getConnection()) {
            run(bare, "DELETE FROM item", "TRUNCATE TABLE ticket" + restart, "TRUNCATE TABLE witness" + restart);
            run(bare, insert(1), insert(2), insert(3));
        }
    }

    private List<String> kept() throws SQLException {
        List<String> kept = new ArrayList<>(Trial.happened(database()));
        try (Connection bare = database().dataSource().getConnection();
                ResultSet row = bare.createStatement()
                        .executeQuery("SELECT id, name FROM item UNION ALL SELECT -id, name FROM ticket ORDER BY 1")) {
            while (row.next()) {
                kept.add(row.getInt(1) + " " + row.getString(2));
            }
        }
        return kept;
    }

    /** After a failure PostgreSQL does nothing more in the transaction. */
    private void goOn(Connection connection) throws SQLException {
        if (is(POSTGRESQL) && !connection.getAutoCommit()) {
            connection.commit();
        }
    }

    @Test
    void texts() throws SQLException {
        isSame((connection, seen) -> {
            try (Statement statement = connection.createStatement()) {
                for (String text : TEXTS) {
                    seen.of(text, () -> statement.executeUpdate(text));
                    seen.resultsOf(statement);
                    goOn(connection);
                    seen.of(text, () -> statement.execute(text));
                    seen.resultsOf(statement);
                    goOn(connection);
                    seen.of(text, () -> statement.executeLargeUpdate(text));
                    seen.resultsOf(statement);
                    goOn(connection);
                }
            }
        });
    }

    @Test
    void preparedTexts() throws SQLException {
        isSame((connection, seen) -> {
            for (String text : TEXTS) {
                try (PreparedStatement statement = connection.prepareStatement(text)) {
                    seen.of(text, statement::executeUpdate);
                    seen.resultsOf(statement);
                    goOn(connection);
                    seen.of(text, statement::execute);
                    seen.resultsOf(statement);
                    goOn(connection);
                    seen.of(text, statement::executeLargeUpdate);
                    seen.resultsOf(statement);
                    goOn(connection);
                    seen.of("metadata", statement::getMetaData);
                    seen.of("text", () -> statement.toString().replaceAll("@\\w+|prep\\d+", ""));
                } catch (SQLException refused) {
                    seen.of("close", () -> {
                        throw refused;
                    });
                    goOn(connection);
                }
            }
        });
    }

    @Test
    void boundValues() throws SQLException {
        isSame((connection, seen) -> {
            try (PreparedStatement statement = connection.prepareStatement(NAMED)) {
                seen.of("nothing bound", statement::executeUpdate);
                goOn(connection);
                statement.setString(1, "a");
                seen.of("first", statement::executeUpdate);
                seen.resultsOf(statement);
                seen.of("again", statement::executeUpdate);
                statement.setObject(1, "b");
                seen.of("object", statement::execute);
                statement.setNull(1, java.sql.Types.VARCHAR);
                seen.of("null", statement::execute);
                statement.setCharacterStream(1, new java.io.StringReader("stream"), 6);
                seen.of("stream", statement::executeUpdate);
                statement.setString(1, TOO_LONG);
                seen.of("too long", statement::executeUpdate);
                seen.resultsOf(statement);
                goOn(connection);
                seen.of("no such parameter", () -> {
                    statement.setString(2, "c");
                    return null;
                });
                seen.of("with one too many", statement::executeUpdate);
                goOn(connection);
                statement.clearParameters();
                seen.of("cleared", statement::executeUpdate);
            }
        });
    }

    /** The first statement of a text that is executed in batches was prepared before anyone could know. */
    @Test
    void batches() throws SQLException {
        isSame((connection, seen) -> {
            for (int time = 1; time <= 2; time++) {
                try (PreparedStatement statement = connection.prepareStatement(NAMED)) {
                    batch(statement, seen, "a", "b", "c");
                    seen.resultsOf(statement);
                    statement.setString(1, "single");
                    seen.of("single", statement::executeUpdate);
                    seen.resultsOf(statement);
                    batch(statement, seen, "d", TOO_LONG, "e");
                    goOn(connection);
                    statement.setString(1, "dropped");
                    statement.addBatch();
                    statement.clearBatch();
                    seen.of("cleared", statement::executeBatch);
                    statement.setString(1, "f");
                    statement.addBatch();
                    statement.setString(1, "beside");
                    seen.of("beside", statement::executeUpdate);
                    seen.of("large", statement::executeLargeBatch);
                }
            }
        });
    }

    private void batch(PreparedStatement statement, Seen seen, String... names) throws SQLException {
        for (String name : names) {
            statement.setString(1, name);
            statement.addBatch();
        }
        seen.of("batch", statement::executeBatch);
    }

    @Test
    void keysOfTheApplication() throws SQLException {
        isSame((connection, seen) -> {
            try (Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement(NAMED, Statement.RETURN_GENERATED_KEYS)) {
                seen.of("keys", () -> statement.executeUpdate(TICKET, Statement.RETURN_GENERATED_KEYS));
                seen.resultsOf(statement);
                seen.of("none", () -> statement.executeUpdate(TICKET));
                seen.resultsOf(statement);
                seen.of("names", () -> statement.executeUpdate(TICKET, new String[] {"id"}));
                seen.resultsOf(statement);
                seen.of("query", () -> statement.executeQuery("SELECT name FROM ticket"));
                seen.of("none", () -> statement.execute(TICKET));
                seen.of("getGeneratedKeys", statement::getGeneratedKeys);
                prepared.setString(1, "p");
                seen.of("prepared", prepared::executeUpdate);
                seen.resultsOf(prepared);
                batch(prepared, seen, "q", "r");
                seen.of("getGeneratedKeys", prepared::getGeneratedKeys);
            }
        });
    }

    @Test
    void limits() throws SQLException {
        isSame((connection, seen) -> {
            try (Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement(TICKET);
                    PreparedStatement delete = connection.prepareStatement("DELETE FROM item WHERE name > 'n'")) {
                for (Statement limited : new Statement[] {statement, prepared, delete}) {
                    limited.setMaxRows(1);
                    limited.setFetchSize(1);
                    limited.setQueryTimeout(20);
                    if (is(MARIADB)) { // Elsewhere a statement would be closed with the keys that it has none of.
                        limited.closeOnCompletion();
                    }
                }
                seen.of("text", () -> statement.executeUpdate("INSERT INTO ticket (name) VALUES ('a'), ('b')"));
                seen.resultsOf(statement);
                seen.of("prepared", prepared::executeUpdate);
                seen.resultsOf(prepared);
                seen.of("delete", delete::executeUpdate);
                seen.resultsOf(delete);
                for (Statement limited : new Statement[] {statement, prepared, delete}) {
                    seen.of("getMaxRows", limited::getMaxRows);
                    seen.of("getFetchSize", limited::getFetchSize);
                    seen.of("getQueryTimeout", limited::getQueryTimeout);
                    seen.of("isCloseOnCompletion", limited::isCloseOnCompletion);
                }
            }
        });
    }

    /** What the database itself remembers of the last statement. */
    @Test
    void whatTheDatabaseRemembers() throws SQLException {
        only(MARIADB);
        Assumed.not(isInOutbox(), "Under autocommit the outbox comes between a statement and what is remembered of it");
        isSame((connection, seen) -> {
            try (Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement(TICKET)) {
                statement.execute("SET sql_mode = ''");
                for (String question :
                        new String[] {"ROW_COUNT()", "FOUND_ROWS()", "LAST_INSERT_ID()", "@@warning_count"}) {
                    for (String text : TEXTS) {
                        seen.of(text, () -> statement.executeUpdate(text));
                        seen.of(question, () -> statement.executeQuery("SELECT " + question));
                    }
                    seen.of("prepared", prepared::executeUpdate);
                    seen.of(question, () -> statement.executeQuery("SELECT " + question));
                }
                seen.of("cut", () -> statement.executeUpdate(TEXTS.get(7)));
                seen.resultsOf(statement);
            }
        });
    }
}
