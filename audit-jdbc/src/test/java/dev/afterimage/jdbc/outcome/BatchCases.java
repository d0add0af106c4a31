package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.jdbc.outcome.TestDatabase.Product;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Batches, whole and broken. */
abstract class BatchCases extends Cases {

    @Test
    void aBatchLongerThanTheLimit() throws SQLException {
        retry(Map.of("audit.statement.max-rows", "3"));
        for (int rows : new int[] {3, 4, 2}) {
            try (Connection connection = begin();
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, 'b')")) {
                for (int i = 0; i < rows; i++) {
                    insert.setInt(1, 10 * rows + i);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
        }
        assertThat(trial().told())
                .hasSize(6)
                .contains("INSERT item 32 'b'", "INSERT item 20 'b'")
                .anyMatch(
                        line -> line.equals("INSERT item *4 TOO_LARGE") || line.equals("INSERT item *? ROWS_UNKNOWN"));
    }

    private static final String INSERT = "INSERT INTO item (id, name) VALUES (?, ?)";

    BatchCases(TestDatabase database) throws SQLException {
        super(database);
    }

    private static void add(PreparedStatement statement, int id) throws SQLException {
        statement.setInt(1, id);
        statement.setString(2, "n" + id);
        statement.addBatch();
    }

    private static void executeFive(Connection connection, int badOne) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (int id = 1; id <= 5; id++) {
                add(statement, id == badOne ? 100 : id);
            }
            if (badOne > 0) {
                assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
            } else {
                assertThat(statement.executeBatch()).hasSize(5);
            }
        }
    }

    @Test
    void underAutocommit() throws SQLException {
        try (Connection connection = trial().connection()) {
            executeFive(connection, 0);
            assertThat(trial().told()).hasSize(5);
        }
        trial().agrees();
    }

    @Test
    void aFailingRowUnderAutocommit() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, insert(100));
            executeFive(connection, 3);
        }
        trial().agrees();
        assertThat(trial().told())
                .hasSize(is(H2) ? 5 : is(POSTGRESQL) ? 1 : trial().happened().size());
    }

    @Test
    void aFailingRowInATransaction() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(100));
            executeFive(connection, 3);
            connection.commit();
            run(connection, insert(200));
            connection.commit();
        }
        trial().agrees();
    }

    @Test
    void aLargeFailingBatchUnderAutocommit() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, insert(100_000));
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (int id = 1; id <= 1000; id++) {
                    add(statement, id == 700 ? 100_000 : id);
                }
                assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
            }
        }
        trial().agrees();
    }

    @Test
    void countsThatTheDriverDoesNotTell() throws SQLException {
        String option = is(POSTGRESQL) ? "reWriteBatchedInserts=true" : is(MARIADB) ? "useBulkStmts=true" : "";
        retry(Map.of(), option);
        try (Connection connection = begin()) {
            executeFive(connection, 0);
            connection.commit();
        }
        assertThat(trial().told()).hasSize(5);
        trial().agrees();
    }

    @Test
    void updatesByKey() throws SQLException {
        try (Connection connection = begin();
                PreparedStatement statement = connection.prepareStatement("UPDATE item SET name = ? WHERE id = ?")) {
            run(connection, insert(1), insert(2));
            for (int id = 1; id <= 3; id++) {
                statement.setString(1, "u" + id);
                statement.setInt(2, id);
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        }
        if (is(MARIADB)) {
            // Its bulk protocol tells no counts for updates: then nothing is claimed of a row.
            assertThat(trial().told()).startsWith("INSERT item 1 'n1'", "INSERT item 2 'n2'");
            assertThat(trial().told().subList(2, trial().told().size()))
                    .allSatisfy(line -> assertThat(line).startsWith("UPDATE item "));
        } else {
            trial().agrees();
        }
    }

    @Test
    void ofTexts() throws SQLException {
        try (Connection connection = trial().connection();
                Statement statement = connection.createStatement()) {
            statement.addBatch(insert(1));
            statement.addBatch("UPDATE item SET name = 'x' WHERE id = 1");
            statement.addBatch("UPDATE item SET name = 'x' WHERE id = 2");
            statement.executeBatch();
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void ofTextsWithAFailure() throws SQLException {
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection();
                    Statement statement = connection.createStatement()) {
                run(connection, "DELETE FROM item");
                connection.setAutoCommit(autoCommit);
                for (int id : new int[] {1, 2, 1, 3}) {
                    statement.addBatch(insert(id));
                }
                assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        assertThat(trial().told().stream().filter(line -> line.startsWith("INSERT")))
                .containsExactlyElementsOf(trial().happened().stream()
                        .filter(line -> line.startsWith("INSERT"))
                        .toList());
    }

    @Test
    void withACommitInside() throws SQLException {
        Product product = database().product();
        for (String[] texts : new String[][] {
            {insert(1), "COMMIT", insert(2)},
            {insert(3), "ROLLBACK", insert(4)},
            {insert(5), "COMMIT", "BEGIN", insert(6)},
            {insert(7), "SAVEPOINT s", insert(8), "ROLLBACK TO SAVEPOINT s", insert(9)}
        }) {
            try (Connection connection = begin();
                    Statement statement = connection.createStatement()) {
                for (String text : texts) {
                    statement.addBatch(text);
                }
                statement.executeBatch();
                connection.rollback();
                assertThat(trial().told()).as(product + " " + texts[0]).containsExactlyElementsOf(trial().happened());
            }
        }
    }

    @Test
    void clearedAndUsedAgain() throws SQLException {
        try (Connection connection = trial().connection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            add(statement, 1);
            statement.clearBatch();
            add(statement, 2);
            statement.executeBatch();
            add(statement, 3);
            statement.executeLargeBatch();
            statement.setInt(1, 4);
            statement.addBatch();
            statement.executeBatch();
            assertThat(statement.executeBatch()).isEmpty();
        }
        assertThat(trial().told()).containsExactly("INSERT item 2 'n2'", "INSERT item 3 'n3'", "INSERT item 4 'n3'");
        trial().agrees();
    }

    /** The driver calls all rows failed, though it has kept the first. */
    @Test
    void rowsThatAreKeptAndCalledFailed() throws SQLException {
        only(MARIADB);
        try (Connection connection = begin();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)")) {
            String[] names = {null, "b", "c"};
            int[] ids = {1, 2, 2};
            for (int i = 0; i < ids.length; i++) {
                statement.setInt(1, ids[i]);
                statement.setObject(2, names[i]);
                statement.addBatch();
            }
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
            connection.commit();
        }
        assertThat(trial().happened()).as("what the database has kept").isNotEmpty();
        assertThat(trial().told()).containsExactly("GAP ROWS_UNKNOWN");
    }

    @Test
    void tooLargeToKeep() throws SQLException {
        retry(Map.of("audit.transaction.max-bytes", "1KiB"));
        try (Connection connection = begin()) {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (int id = 1; id <= 500; id++) {
                    add(statement, id);
                }
                statement.executeBatch();
            }
            connection.commit();
        }
        assertThat(trial().told())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).matches("INSERT item \\*(500|\\?) ROWS_UNKNOWN"));
    }
}
