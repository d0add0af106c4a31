package dev.afterimage.jdbc.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.jdbc.AuditDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told when PostgreSQL's answer is lost: settled where that can be known, else in doubt; never nothing. */
class BrokenConnectionIT {

    private static final Shared<PostgresDatabase> DATABASE = new Shared<>(PostgresDatabase::new);

    private Trial trial;

    @BeforeAll
    static void open() {
        DATABASE.open();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        DATABASE.get().recreate();
        trial = new Trial(DATABASE.get(), DATABASE.get().dataSource(), Map.of());
    }

    @AfterEach
    void end() {
        trial.close();
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void terminate(int backend) throws SQLException {
        try (Connection other = DATABASE.get().dataSource().getConnection();
                PreparedStatement statement = other.prepareStatement("SELECT pg_terminate_backend(?, 10000)")) {
            statement.setInt(1, backend);
            statement.execute();
        }
    }

    @Test
    void brokenBeforeTheCommitIsAsked() throws SQLException {
        try (Connection connection = trial.connection()) {
            connection.setAutoCommit(false);
            Cases.run(connection, Cases.insert(1));
            terminate(backend(connection));
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
        // From here it looks the same as an answer that was lost on its way.
        assertThat(trial.told()).containsExactly("INSERT item 1 'n1' in doubt");
        assertThat(trial.happened()).isEmpty();
    }

    @Test
    void brokenAndNoticedBeforeTheCommitIsAsked() throws SQLException {
        try (Connection connection = trial.connection()) {
            connection.setAutoCommit(false);
            Cases.run(connection, Cases.insert(1));
            terminate(backend(connection));
            Cases.fails(connection, "SELECT 1");
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
        assertThat(trial.told()).isEmpty();
    }

    @Test
    void brokenInTheMiddleOfATransaction() throws SQLException {
        try (Connection connection = trial.connection()) {
            connection.setAutoCommit(false);
            Cases.run(connection, Cases.insert(1));
            terminate(backend(connection));
            Cases.fails(connection, Cases.insert(2));
        }
        assertThat(trial.told()).isEmpty();
    }

    @Test
    void brokenUnderAutocommit() throws SQLException {
        try (Connection connection = trial.connection()) {
            Cases.run(connection, Cases.insert(1));
            terminate(backend(connection));
            Cases.fails(connection, Cases.insert(2));
        }
        assertThat(trial.told()).containsExactly("INSERT item 1 'n1'", "INSERT item 2 'n2' in doubt");
    }

    @Test
    void aBatchBrokenUnderAutocommit() throws SQLException {
        try (Connection connection = trial.connection();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, 'x')")) {
            statement.setInt(1, 1);
            statement.addBatch();
            terminate(backend(connection));
            assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
        }
        assertThat(trial.told()).containsExactly("INSERT item 1 'x' in doubt");
    }

    @Test
    void aTextCommitBroken() throws SQLException {
        try (Connection connection = trial.connection()) {
            Cases.run(connection, "BEGIN", Cases.insert(1));
            terminate(backend(connection));
            Cases.fails(connection, "COMMIT");
        }
        assertThat(trial.told()).containsExactly("INSERT item 1 'n1' in doubt");
    }

    /** The number of the transaction has come with the row: then the database can be asked. */
    @Test
    void settledByTheNumberOfTheTransaction() throws SQLException {
        String update = "UPDATE item SET name = 'x' WHERE id = 1";
        trial.close();
        trial = new Trial(DATABASE.get(), DATABASE.get().dataSource(), Map.of("audit.capture.images", "after"));
        try (Connection connection = trial.connection()) {
            Cases.run(connection, Cases.insert(1));
            assertThat(trial.told()).hasSize(1);
            connection.setAutoCommit(false);
            Cases.run(connection, update);
            terminate(backend(connection));
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
        assertThat(trial.told()).as("rolled back").hasSize(1);

        try (Connection connection = answerless().getConnection()) {
            Cases.run(connection, Cases.insert(2));
            assertThat(trial.told()).hasSize(2);
            connection.setAutoCommit(false);
            Cases.run(connection, update);
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
        assertThat(trial.told()).as("committed").hasSize(3);
        trial.agrees();
    }

    /** A crash of the server loses the transaction and gives its number to another, which commits. */
    @Test
    void aNumberThatIsGivenAgainSettlesNothing() throws Exception {
        trial.close();
        trial = new Trial(DATABASE.get(), DATABASE.get().dataSource(), Map.of("audit.capture.images", "after"));
        long lost;
        try (Connection connection = trial.connection()) {
            Cases.run(connection, Cases.insert(1));
            assertThat(trial.told()).hasSize(1);
            connection.setAutoCommit(false);
            Cases.run(connection, "UPDATE item SET name = 'x' WHERE id = 1");
            lost = transaction(connection);
            String backend = Integer.toString(backend(connection));
            new ProcessBuilder("kill", "-KILL", backend).start().waitFor();
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> commitAnother() == lost);

        assertThat(trial.told())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("UPDATE item 1 'x'")
                .endsWith("in doubt");
        assertThat(trial.happened()).containsExactly("INSERT item 1 'n1'");
    }

    private static long transaction(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT txid_current()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long commitAnother() throws SQLException {
        try (Connection connection = DATABASE.get().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            long number = transaction(connection);
            connection.commit();
            return number;
        }
    }

    /** Connections whose commit is executed, but not answered. */
    private DataSource answerless() {
        DataSource bare = DATABASE.get().dataSource();
        DataSource answerless = (DataSource) Intercepted.answers(
                DataSource.class,
                bare,
                "getConnection",
                connection -> Intercepted.answers(Connection.class, connection, "commit", nothing -> {
                    throw new SQLException("An I/O error occurred", "08006");
                }));
        return AuditDataSource.builder(answerless, trial.trail())
                .background(bare)
                .build();
    }
}
