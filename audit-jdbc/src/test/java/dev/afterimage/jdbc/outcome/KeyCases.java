package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys that the database makes, and rows that exist already. */
abstract class KeyCases extends Cases {

    private static final String INSERT = "INSERT INTO ticket (name) VALUES ('t')";

    KeyCases(TestDatabase database) throws SQLException {
        super(database);
    }

    private static int readAll(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }

    @Test
    void generatedKeysReadByTheApplication() throws SQLException {
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                statement.executeUpdate(INSERT, Statement.RETURN_GENERATED_KEYS);
                try (ResultSet keys = statement.getGeneratedKeys()) {
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.getInt(1)).isPositive();
                    assertThat(keys.wasNull()).isFalse();
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
    void oneKeyReadAndNothingClosed() throws SQLException {
        Connection connection = trial().connection();
        Statement statement = connection.createStatement();
        statement.executeUpdate(INSERT, Statement.RETURN_GENERATED_KEYS);
        assertThat(trial().told()).isEmpty();
        assertThat(statement.getGeneratedKeys().next()).isTrue();
        assertThat(trial().told()).hasSize(1);
        trial().agrees();
        connection.close();
    }

    @Test
    void generatedKeysByColumnName() throws SQLException {
        try (Connection connection = trial().connection();
                PreparedStatement statement = connection.prepareStatement(INSERT, new String[] {"id"})) {
            for (int i = 0; i < 3; i++) {
                statement.executeUpdate();
                assertThat(readAll(statement.getGeneratedKeys())).isEqualTo(1);
            }
        }
        assertThat(trial().told()).hasSize(3);
        trial().agrees();
    }

    @Test
    void generatedKeysNotRead() throws SQLException {
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(INSERT, Statement.RETURN_GENERATED_KEYS);
            statement.executeUpdate(INSERT);
        }
        assertThat(trial().told()).containsExactly("INSERT ticket *1 ROWS_UNKNOWN", "INSERT ticket *1 ROWS_UNKNOWN");
    }

    @Test
    void keysOfAnotherTableThatIsNotAudited() throws SQLException {
        retry(Map.of("audit.tables.exclude", "item"));
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(INSERT, Statement.RETURN_GENERATED_KEYS);
            statement.executeUpdate(insert(77), Statement.RETURN_GENERATED_KEYS);
            assertThat(readAll(statement.getGeneratedKeys())).isEqualTo(is(MARIADB) ? 0 : 1);
        }
        assertThat(trial().told()).containsExactly("INSERT ticket *1 ROWS_UNKNOWN");
    }

    @Test
    void generatedKeysOfManyRows() throws SQLException {
        String three = "INSERT INTO ticket (name) VALUES ('a'), ('b'), ('c')";
        int read;
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(three, Statement.RETURN_GENERATED_KEYS);
            read = readAll(statement.getGeneratedKeys());
        }
        if (read == 3) {
            trial().agrees();
        } else {
            assertThat(trial().told()).containsExactly("INSERT ticket *3 ROWS_UNKNOWN");
        }
    }

    @Test
    void someKeysGivenAndSomeMade() throws SQLException {
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO ticket (id, name) VALUES (70, 'a'), (DEFAULT, 'b')", Statement.RETURN_GENERATED_KEYS);
            readAll(statement.getGeneratedKeys());
        }
        if (is(MARIADB)) {
            assertThat(trial().told()).containsExactly("INSERT ticket *2 ROWS_UNKNOWN");
        } else {
            trial().agrees();
        }
    }

    @Test
    void aKeyThatAsksForOne() throws SQLException {
        try (Connection connection = trial().connection();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO ticket (id, name) VALUES (?, 'a')")) {
            statement.setInt(1, 5);
            statement.executeUpdate();
            if (is(MARIADB)) {
                statement.setInt(1, 0);
                statement.executeUpdate();
                statement.setNull(1, java.sql.Types.INTEGER);
                statement.executeUpdate();
                run(connection, "INSERT INTO ticket VALUES (0, 'b')");
            }
        }
        if (is(MARIADB)) {
            assertThat(trial().told())
                    .containsExactly(
                            "INSERT ticket 5 'a'",
                            "INSERT ticket *1 ROWS_UNKNOWN",
                            "INSERT ticket *1 ROWS_UNKNOWN",
                            "INSERT ticket *1 ROWS_UNKNOWN");
        } else {
            trial().agrees();
        }
    }

    @Test
    void returningNotReadAndAQueryAfterIt() throws SQLException {
        Assumed.not(is(H2), "H2 has no RETURNING");
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute(INSERT + " RETURNING id")).isTrue();
            assertThat(readAll(statement.executeQuery("SELECT 77 AS id"))).isEqualTo(1);
        }
        assertThat(trial().told()).containsExactly("INSERT ticket *? ROWS_UNKNOWN");
    }

    @Test
    void returningReadInAnotherOrder() throws SQLException {
        Assumed.not(is(H2), "H2 has no RETURNING");
        String three = "INSERT INTO ticket (name) SELECT name FROM loose RETURNING id";
        try (Connection connection = trial().connection();
                PreparedStatement insert = connection.prepareStatement(
                        three, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            ResultSet rows = insert.executeQuery();
            assertThat(rows.first()).isTrue();
            assertThat(readAll(rows)).isEqualTo(2);
        }
        assertThat(trial().told()).containsExactly("INSERT ticket *? ROWS_UNKNOWN");
    }

    @Test
    void returningReadFully() throws SQLException {
        Assumed.not(is(H2), "H2 has no RETURNING");
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                assertThat(readAll(statement.executeQuery(
                                "INSERT INTO ticket (name) VALUES ('a'), ('b') RETURNING id, name")))
                        .isEqualTo(2);
                assertThat(statement.execute("INSERT INTO ticket (name) VALUES ('c') RETURNING id"))
                        .isTrue();
                assertThat(readAll(statement.getResultSet())).isEqualTo(1);
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        assertThat(trial().told()).hasSize(6);
        trial().agrees();
    }

    @Test
    void returningReadInPartOrNotAtAll() throws SQLException {
        Assumed.not(is(H2), "H2 has no RETURNING");
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                ResultSet rows =
                        statement.executeQuery("INSERT INTO ticket (name) VALUES ('a'), ('b'), ('c') RETURNING id");
                rows.next();
                rows.close();
                statement.executeQuery("INSERT INTO ticket (name) VALUES ('d') RETURNING id");
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        assertThat(trial().happened()).hasSize(8);
        assertThat(trial().told())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).matches("INSERT ticket \\*[?13] ROWS_UNKNOWN"));
    }

    @Test
    void returningOfUpdateAndDelete() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            run(connection, insert(1), insert(2), insert(3));
            readAll(statement.executeQuery("UPDATE item SET name = 'x' WHERE id > 1 RETURNING *"));
            readAll(statement.executeQuery("DELETE FROM item WHERE name = 'x' RETURNING item.id"));
        }
        assertThat(trial().told()).hasSize(7);
        trial().agrees();
    }

    @Test
    void returningWhatIsNoKey() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            run(connection, insert(1), insert(2));
            readAll(statement.executeQuery("UPDATE item SET name = 'x' WHERE name = 'n1' RETURNING id + 100 AS id"));
            readAll(statement.executeQuery("UPDATE item SET name = 'y' FROM loose WHERE loose.id = item.id"
                    + " AND item.name = 'n2' RETURNING loose.id + 7 id"));
        }
        assertThat(trial().told().subList(2, 4))
                .containsExactly("UPDATE item *1 ROWS_UNKNOWN", "UPDATE item *1 ROWS_UNKNOWN");
    }

    @Test
    void anUpsertByItsPrimaryKey() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "INSERT INTO mail VALUES (1, 'a@x', 'n')", upsert(1, "a@x", "id"), upsert(2, "b@x", "id"));
        }
        assertThat(trial().told()).hasSize(3);
        assertThat(trial().told().subList(1, 3))
                .allSatisfy(line -> assertThat(line).startsWith("UPSERT mail "));
        if (is(POSTGRESQL)) {
            assertThat(trial().told().subList(1, 3))
                    .allSatisfy(line -> assertThat(line).matches("UPSERT mail [12].*"));
        }
    }

    @Test
    void anUpsertThatMeetsAnotherUniqueColumn() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "INSERT INTO mail VALUES (1, 'a@x', 'n')", upsert(2, "a@x", "address"));
        }
        assertThat(trial().told()).hasSize(2);
        // The row that was updated has key 1, or was replaced: key 2 may be named only where it exists now.
        boolean exists = exists("SELECT 1 FROM mail WHERE id = 2");
        assertThat(trial().told().get(1)).matches(exists ? "UPSERT mail.*" : "UPSERT mail \\*\\S+ ROWS_UNKNOWN");
    }

    private boolean exists(String query) throws SQLException {
        try (Connection connection = database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private String upsert(int id, String address, String unique) {
        String values = "(" + id + ", '" + address + "', 'u')";
        return switch (database().product()) {
            case POSTGRESQL ->
                "INSERT INTO mail (id, address, name) VALUES " + values + " ON CONFLICT (" + unique
                        + ") DO UPDATE SET name = excluded.name";
            case MARIADB ->
                "INSERT INTO mail (id, address, name) VALUES " + values + " ON DUPLICATE KEY UPDATE name = 'u'";
            case H2 -> "MERGE INTO mail (id, address, name) KEY (" + unique + ") VALUES " + values;
        };
    }

    @Test
    void anUpsertThatReturnsItsKey() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            run(connection, "INSERT INTO mail VALUES (1, 'a@x', 'n')");
            readAll(statement.executeQuery(upsert(2, "a@x", "address") + " RETURNING id"));
        }
        assertThat(trial().told().get(1)).startsWith("UPSERT mail 1");
    }

    @Test
    void anInsertThatIsSkipped() throws SQLException {
        Assumed.not(is(H2), "H2 has neither");
        String skip = is(POSTGRESQL)
                ? "INSERT INTO item (id, name) VALUES %s ON CONFLICT DO NOTHING"
                : "INSERT IGNORE INTO item (id, name) VALUES %s";
        try (Connection connection = trial().connection()) {
            run(connection, insert(1));
            run(
                    connection,
                    skip.formatted("(1, 'n1')"),
                    skip.formatted("(2, 'n2')"),
                    skip.formatted("(2, 'x'), (3, 'y')"));
        }
        assertThat(trial().told())
                .containsExactly("INSERT item 1 'n1'", "INSERT item 2 'n2'", "INSERT item *1 ROWS_UNKNOWN");
    }

    @Test
    void replace() throws SQLException {
        only(MARIADB);
        try (Connection connection = trial().connection()) {
            run(connection, insert(1), "REPLACE INTO item (id, name) VALUES (1, 'x')");
            run(connection, "REPLACE INTO item (id, name) VALUES (2, 'y')");
            run(connection, "INSERT INTO mail VALUES (1, 'a@x', 'n')", "REPLACE INTO mail VALUES (2, 'a@x', 'n')");
        }
        assertThat(trial().told().subList(0, 3))
                .allSatisfy(line -> assertThat(line).matches("(INSERT|UPSERT) item .*"));
        // Row 1 of mail is gone by way of another unique column: that cannot be a change of row 2 alone.
        assertThat(trial().told().get(4)).matches("UPSERT mail \\*2 ROWS_UNKNOWN");
    }
}
