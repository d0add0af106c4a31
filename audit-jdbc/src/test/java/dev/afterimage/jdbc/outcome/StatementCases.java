package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statements of every kind, and every way to execute them. */
abstract class StatementCases extends Cases {

    StatementCases(TestDatabase database) throws SQLException {
        super(database);
    }

    @Test
    void executeQueryOfAnUpdate() throws SQLException {
        run(trial().connection(), insert(1));
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                try {
                    statement.executeQuery("UPDATE item SET name = 'x" + autoCommit + "' WHERE id = 1");
                } catch (SQLException refused) {
                    assertThat(is(MARIADB)).isFalse();
                }
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        if (is(H2)) {
            trial().agrees();
        } else {
            assertThat(trial().happened()).hasSize(3);
            assertThat(trial().told().subList(1, 3))
                    .allSatisfy(line -> assertThat(line).startsWith("UPDATE item"));
            assertThat(trial().told()).hasSize(3);
        }
    }

    @Test
    void executeUpdateOfAReturningStatement() throws SQLException {
        Assumed.not(is(H2), "H2 has no RETURNING");
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                try {
                    statement.executeUpdate(insert(autoCommit ? 1 : 2) + " RETURNING id");
                } catch (SQLException refused) {
                    assertThat(refused.getMessage()).isNotEmpty(); // yet applied
                }
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void severalStatementsInOneExecute() throws SQLException {
        retry(Map.of(), is(MARIADB) ? "allowMultiQueries=true" : "");
        for (boolean autoCommit : new boolean[] {true, false}) {
            int id = autoCommit ? 10 : 20;
            try (Connection connection = trial().connection()) {
                connection.setAutoCommit(autoCommit);
                run(connection, insert(id) + "; " + insert(id + 1) + "; DELETE FROM item WHERE id = " + id);
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        List<String> told = trial().told();
        assertThat(told).hasSize(6).startsWith("INSERT item 10 'n10'", "INSERT item 11 'n11'");
        assertThat(told.get(2)).isIn("DELETE item 10", "DELETE item *? ROWS_UNKNOWN");
        assertThat(trial().happened()).hasSize(6);
    }

    /** The first result is that of SET: it says nothing about the rows. */
    @Test
    void aStatementThatIsNotTheFirstOfItsText() throws SQLException {
        retry(Map.of(), is(MARIADB) ? "allowMultiQueries=true" : "");
        String set = is(POSTGRESQL) ? "SET work_mem = '4MB'" : "SET @x = 1";
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection()) {
                connection.setAutoCommit(autoCommit);
                run(connection, set + "; " + insert(autoCommit ? 1 : 2));
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        trial().agrees();
    }

    @Test
    void severalStatementsWhoseResultsAreRead() throws SQLException {
        Assumed.not(is(H2), "H2 tells the first count only");
        Assumed.not(isInOutbox(), "The record is written before the counts are read");
        retry(Map.of(), is(MARIADB) ? "allowMultiQueries=true" : "");
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                statement.execute(insert(1) + "; UPDATE item SET name = 'x' WHERE id = 9; SELECT 1; " + insert(2)
                        + "; UPDATE item SET name = 'y' WHERE id IN (1, 2); DELETE FROM item");
                int counts = 0;
                while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                    counts++;
                }
                assertThat(counts).isEqualTo(5);
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        assertThat(trial().told()).hasSize(10).endsWith("DELETE item *2 ROWS_UNKNOWN");
        assertThat(trial().told().subList(0, 4))
                .containsExactlyElementsOf(trial().happened().subList(0, 4));
    }

    @Test
    void severalStatementsOfWhichOneFails() throws SQLException {
        retry(Map.of(), is(MARIADB) ? "allowMultiQueries=true" : "");
        for (boolean autoCommit : new boolean[] {true, false}) {
            int id = autoCommit ? 10 : 20;
            try (Connection connection = trial().connection()) {
                connection.setAutoCommit(autoCommit);
                fails(connection, insert(id) + "; " + insert(id) + "; " + insert(id + 1));
                if (!autoCommit) {
                    connection.commit();
                }
            }
            if (trial().happened().isEmpty()) {
                trial().agrees();
            } else {
                assertThat(trial().told()).as("something is said").isNotEmpty();
                assertThat(trial().told()).as("nothing is claimed").noneMatch(line -> line.endsWith("'"));
            }
        }
    }

    @Test
    void severalStatementsWithACommitAndAFailure() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = begin()) {
            run(connection, insert(1));
            fails(connection, insert(2) + "; COMMIT; " + insert(3) + "; " + insert(3));
            connection.rollback();
            run(connection, insert(4));
            connection.commit();
        }
        assertThat(trial().happened()).contains("INSERT item 1 'n1'", "INSERT item 2 'n2'");
        assertThat(trial().told())
                .contains("INSERT item 1 'n1'" + (isInOutbox() ? "" : " in doubt"), "INSERT item 4 'n4'");
    }

    @Test
    void manyRowsInOneStatement() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "INSERT INTO item (id, name) VALUES (1, 'n1'), (2, 'n2'), (3, 'n3')");
            run(connection, "INSERT INTO item VALUES (4, 'n4'), (5, 'n5')");
            run(connection, "UPDATE item SET name = 'x' WHERE id IN (1, 2)");
            run(connection, "UPDATE item SET name = 'y' WHERE id IN (1, 99)");
            run(connection, "UPDATE item SET name = 'z' WHERE name = 'n3'");
            run(connection, "UPDATE item SET name = 'z' WHERE id = 77");
            run(connection, "DELETE FROM item WHERE id BETWEEN 3 AND 5");
        }
        assertThat(trial().told())
                .containsExactly(
                        "INSERT item 1 'n1'",
                        "INSERT item 2 'n2'",
                        "INSERT item 3 'n3'",
                        "INSERT item 4 'n4'",
                        "INSERT item 5 'n5'",
                        "UPDATE item 1 'x'",
                        "UPDATE item 2 'x'",
                        "UPDATE item *1 ROWS_UNKNOWN",
                        "UPDATE item *1 ROWS_UNKNOWN",
                        "DELETE item *3 ROWS_UNKNOWN");
    }

    @Test
    void keyChanges() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, insert(1), "UPDATE item SET id = 2, name = 'x' WHERE id = 1");
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE item SET id = ?, name = ? WHERE id = ?")) {
                statement.setInt(1, 3);
                statement.setString(2, "y");
                statement.setInt(3, 2);
                statement.executeUpdate();
            }
            run(connection, "UPDATE item SET id = id + 10, name = 'z' WHERE id = 3");
        }
        assertThat(trial().told())
                .containsExactly(
                        "INSERT item 1 'n1'",
                        "UPDATE item 1>2 'x'",
                        "UPDATE item 2>3 'y'",
                        "UPDATE item *1 ROWS_UNKNOWN");
    }

    @Test
    void keysOfOtherKinds() throws SQLException {
        String uuid = "00000000-0000-0000-0000-00000000ABCD";
        try (Connection connection = trial().connection()) {
            run(connection, "INSERT INTO pair (a, b, name) VALUES (1, 'x', 'n')");
            run(connection, "UPDATE pair SET name = 'm' WHERE b = 'x' AND a = 1");
            run(connection, "UPDATE pair SET name = 'm' WHERE a = 1");
            run(connection, "UPDATE pair SET b = 'y' WHERE (a, b) = (1, 'x')");
            run(connection, "INSERT INTO coded (code, name) VALUES ('it''s', 'n')");
            run(connection, "DELETE FROM coded WHERE code = 'it''s'");
            run(connection, "INSERT INTO tagged (id, name) VALUES ('" + uuid + "', 'n')");
            run(connection, "DELETE FROM tagged WHERE id = '" + uuid + "'");
        }
        assertThat(trial().told())
                .startsWith("INSERT pair 1,x 'n'", "UPDATE pair 1,x 'm'", "UPDATE pair *1 ROWS_UNKNOWN")
                .endsWith(
                        "INSERT coded it's 'n'",
                        "DELETE coded it's",
                        "INSERT tagged " + uuid.toLowerCase(Locale.ROOT) + " 'n'",
                        "DELETE tagged " + uuid.toLowerCase(Locale.ROOT));
        assertThat(trial().told().get(3)).isIn("UPDATE pair 1,x>1,y", "UPDATE pair *1 ROWS_UNKNOWN");
    }

    @Test
    void withoutPrimaryKey() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "UPDATE loose SET name = 'x' WHERE id > 1", "DELETE FROM loose WHERE id = 1");
            run(connection, "INSERT INTO loose (id, name) VALUES (9, 'i')");
        }
        assertThat(trial().told())
                .containsExactly(
                        "UPDATE loose *2 NO_PRIMARY_KEY",
                        "DELETE loose *1 NO_PRIMARY_KEY",
                        "INSERT loose *1 NO_PRIMARY_KEY");
    }

    @Test
    void aView() throws SQLException {
        Assumed.not(is(H2), "H2's views need triggers to be written");
        try (Connection connection = trial().connection()) {
            run(connection, insert(1), "UPDATE item_view SET name = 'x' WHERE id = 1");
        }
        assertThat(trial().told()).containsExactly("INSERT item 1 'n1'", "UPDATE item_view *1 ROWS_UNKNOWN");
    }

    @Test
    void quotedNamesAndSchemas() throws SQLException {
        String table = database().quoted("Odd Name");
        String key = database().quoted("Key");
        String value = database().quoted("Some Value");
        try (Connection connection = trial().connection()) {
            run(connection, "INSERT INTO " + table + " (" + key + ", " + value + ") VALUES (1, 'x')");
            run(connection, "UPDATE " + table + " SET " + value + " = 'y' WHERE " + key + " = 1");
            run(connection, "INSERT INTO other.item (id, name) VALUES (1, 'n')");
            run(
                    connection,
                    "delete from OTHER.Item where ID = 1".replace(is(MARIADB) ? "OTHER.Item" : "~", "other.item"));
        }
        assertThat(trial().told())
                .containsExactly("INSERT odd name 1", "UPDATE odd name 1", "INSERT item 1 'n'", "DELETE item 1");
        assertThat(String.valueOf(trial().changes().get(2).table()).toLowerCase(Locale.ROOT))
                .isEqualTo("other.item");
    }

    @Test
    void writesInACommonTableExpression() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = trial().connection()) {
            run(connection, insert(1), insert(2));
            run(connection, "WITH gone AS (DELETE FROM item WHERE id = 1 RETURNING id) SELECT * FROM gone");
            run(
                    connection,
                    "WITH gone AS (DELETE FROM item WHERE id = 2 RETURNING id)"
                            + " UPDATE coded SET name = 'x' WHERE code = 'missing'");
        }
        assertThat(trial().told().subList(2, 4))
                .containsExactly("DELETE item *? ROWS_UNKNOWN", "DELETE item *? ROWS_UNKNOWN");
        assertThat(trial().told().size()).isBetween(4, 5);
    }

    @Test
    void truncate() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "TRUNCATE TABLE loose");
        }
        assertThat(trial().told()).hasSize(1).first().asString().startsWith("TRUNCATE loose *");
    }

    @Test
    void codeInTheDatabase() throws SQLException {
        Assumed.not(is(H2), "no procedure without a Java class");
        try (Connection connection = trial().connection()) {
            if (is(POSTGRESQL)) {
                run(connection, "DO $$ BEGIN INSERT INTO item VALUES (1, 'n1'); END $$");
                run(connection, "CREATE PROCEDURE p() LANGUAGE sql AS 'INSERT INTO item VALUES (2, ''n2'')'");
            } else {
                run(connection, "CREATE PROCEDURE p() INSERT INTO item VALUES (2, 'n2')");
            }
            run(connection, "CALL p()");
            connection.prepareCall(is(POSTGRESQL) ? "CALL p()" : "{call p()}").close();
        }
        assertThat(trial().told())
                .hasSize(is(POSTGRESQL) ? 2 : 1)
                .allSatisfy(line -> assertThat(line).startsWith("OTHER ? *").endsWith("CODE_IN_DATABASE"));
    }

    @Test
    void insertFromAQuery() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "INSERT INTO item (id, name) SELECT id, name FROM loose");
        }
        assertThat(trial().told()).containsExactly("INSERT item *3 ROWS_UNKNOWN");
    }

    @Test
    void aTableMadeFromAQuery() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "CREATE TABLE made AS SELECT * FROM loose");
        }
        assertThat(trial().told()).hasSize(1).first().asString().startsWith("INSERT made *");
    }
}
