package dev.afterimage.jdbc.outcome;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.jdbc.outcome.TestDatabase.Product;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** What all cases need: fresh tables and an audited data source without a pool. */
abstract class Cases {

    private final TestDatabase database;
    private Trial trial;

    Cases(TestDatabase database) throws SQLException {
        this.database = database;
        database.recreate();
        this.trial = new Trial(database, database.dataSource(), Map.of());
    }

    @BeforeEach
    final void seed() throws SQLException {
        try (Connection bare = database.dataSource().getConnection()) {
            run(bare, "INSERT INTO loose VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        }
    }

    @AfterEach
    final void end() {
        trial.close();
    }

    final TestDatabase database() {
        return database;
    }

    final boolean is(Product product) {
        return database.is(product);
    }

    /** Whether records are written by the transactions that they tell of. */
    final boolean isInOutbox() {
        return !database.settings().isEmpty();
    }

    final void only(Product product) {
        Assumptions.assumeTrue(is(product), product + " only");
    }

    final Trial trial() {
        return trial;
    }

    /** Another trial, with options of the driver. */
    final Trial retry(Map<String, String> properties, String... options) throws SQLException {
        trial.close();
        trial = new Trial(database, database.dataSource(options), properties);
        return trial;
    }

    /** An audited connection in a transaction. */
    final Connection begin() throws SQLException {
        Connection connection = trial.connection();
        connection.setAutoCommit(false);
        return connection;
    }

    static void run(Connection connection, String... texts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }

    static void fails(Connection connection, String text) {
        assertThatThrownBy(() -> run(connection, text)).as(text).isInstanceOf(SQLException.class);
    }

    static String insert(int id) {
        return "INSERT INTO item (id, name) VALUES (" + id + ", 'n" + id + "')";
    }
}
