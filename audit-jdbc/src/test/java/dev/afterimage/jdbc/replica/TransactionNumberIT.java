package dev.afterimage.jdbc.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.resolve.FenceSource.Fate;
import dev.afterimage.jdbc.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a transaction's number proves. Not durable before the transaction is: a server that has crashed may give the same
 * number again, so that another transaction's commit answers the question.
 */
class TransactionNumberIT {

    private final PostgresServer server = PostgresServer.builder().fsync(true).open();
    private final JdbcFenceSource asking = new JdbcFenceSource(server.dataSource());

    @BeforeEach
    void makeTable() throws SQLException {
        try (Connection connection = server.dataSource().getConnection()) {
            execute(connection, "CREATE TABLE ledger (id int PRIMARY KEY)");
        }
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void anotherTransactionDoesNotAnswerAfterACrash() throws Exception {
        asking.read();
        long seen = System.nanoTime();
        long lost = loseOne();
        assertThat(insert(2, true)).as("the number is given again").isEqualTo(lost);

        assertThat(asking.fateOf(lost, seen)).isEqualTo(Fate.UNKNOWN);
        assertThat(asking.fateOf(lost, System.nanoTime())).isEqualTo(Fate.COMMITTED);
        assertThat(new JdbcFenceSource(server.dataSource()).fateOf(lost, seen)).isEqualTo(Fate.UNKNOWN);
    }

    @Test
    void thatNobodyHasCommittedUnderTheNumberIsTrueOfAll() throws Exception {
        asking.read();
        long seen = System.nanoTime();
        long lost = loseOne();
        assertThat(insert(2, false)).isEqualTo(lost);

        assertThat(asking.fateOf(lost, seen)).isEqualTo(Fate.ROLLED_BACK);
    }

    @Test
    void aServerThatWasThereBeforeIsBelieved() throws SQLException {
        asking.read();
        long seen = System.nanoTime();
        long committed = insert(1, true);
        long undone = insert(2, false);

        assertThat(asking.fateOf(committed, seen)).isEqualTo(Fate.COMMITTED);
        assertThat(asking.fateOf(undone, seen)).isEqualTo(Fate.ROLLED_BACK);
    }

    /** A process that has just started asks about what another has left: all it has is the server's age. */
    @Test
    void aServerThatIsOlderThanTheTransactionIsBelieved() throws SQLException {
        long committed = insert(1, true);

        long longAgo = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
        assertThat(asking.fateOf(committed, longAgo)).isEqualTo(Fate.UNKNOWN);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> new JdbcFenceSource(server.dataSource()).fateOf(committed, System.nanoTime())
                        == Fate.COMMITTED);
    }

    /** Begins a transaction, and has the operating system kill its server process. */
    private long loseOne() throws Exception {
        long lost;
        try (Connection connection = server.dataSource().getConnection()) {
            execute(connection, "CHECKPOINT");
            connection.setAutoCommit(false);
            execute(connection, "INSERT INTO ledger VALUES (1)");
            lost = number(connection, "SELECT txid_current()");
            long process = number(connection, "SELECT pg_backend_pid()");
            new ProcessBuilder("kill", "-KILL", Long.toString(process)).start().waitFor();
            Awaitility.await().until(() -> !connection.isValid(1));
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(this::accepts);
        return lost;
    }

    private boolean accepts() throws SQLException {
        try (Connection connection = server.dataSource().getConnection()) {
            return connection.isValid(1);
        }
    }

    /** A whole transaction; returns its number. */
    private long insert(int id, boolean commit) throws SQLException {
        try (Connection connection = server.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "INSERT INTO ledger VALUES (" + id + ")");
            long number = number(connection, "SELECT txid_current()");
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return number;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
