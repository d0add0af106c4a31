package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two-phase commit as SQL text, in each database's own words. Every test ends what it has prepared. */
abstract class TwoPhaseCases extends Cases {

    TwoPhaseCases(TestDatabase database) throws SQLException {
        super(database);
    }

    /** Prepares texts under a name, on a connection that is then ready for the second phase. */
    private void prepare(Connection connection, String name, String... texts) throws SQLException {
        if (is(MARIADB)) {
            run(connection, "XA START '" + name + "'");
            run(connection, texts);
            run(connection, "XA END '" + name + "'", "XA PREPARE '" + name + "'");
        } else {
            connection.setAutoCommit(false);
            run(connection, texts);
            run(connection, is(H2) ? "PREPARE COMMIT \"" + name + "\"" : "PREPARE TRANSACTION '" + name + "'");
        }
        if (is(POSTGRESQL)) {
            connection.setAutoCommit(true);
        }
    }

    private String commit(String name) {
        return second("COMMIT", name);
    }

    private String rollback(String name) {
        return second("ROLLBACK", name);
    }

    private String second(String verb, String name) {
        return switch (database().product()) {
            case POSTGRESQL -> verb + " PREPARED '" + name + "'";
            case MARIADB -> "XA " + verb + " '" + name + "'";
            case H2 -> verb + " TRANSACTION \"" + name + "\"";
        };
    }

    /** Another connection may end what this one has prepared: in H2 while this is open, elsewhere once it is closed. */
    private void release(Connection connection) throws SQLException {
        if (!is(H2)) {
            connection.close();
        }
    }

    /** MariaDB takes a moment to let go of what a closed connection has prepared. */
    private void endsOnceLetGo(Connection connection, String text) {
        Awaitility.await().ignoreExceptionsMatching(e -> is(MARIADB)).until(() -> {
            run(connection, text);
            return true;
        });
    }

    @Test
    void committed() throws SQLException {
        try (Connection connection = trial().connection()) {
            prepare(connection, "p", insert(1), insert(2));
            assertThat(trial().told()).isEmpty();
            run(connection, commit("p"));
            assertThat(trial().told()).containsExactly("INSERT item 1 'n1'", "INSERT item 2 'n2'");
            connection.setAutoCommit(true);
            run(connection, insert(3));
        }
        assertThat(trial().told()).hasSize(3);
        trial().agrees();
    }

    @Test
    void rolledBack() throws SQLException {
        try (Connection connection = trial().connection()) {
            prepare(connection, "p", insert(1));
            run(connection, rollback("p"));
            connection.setAutoCommit(true);
            run(connection, insert(3));
        }
        assertThat(trial().told()).containsExactly("INSERT item 3 'n3'");
        trial().agrees();
    }

    @Test
    void savepointsBeforePrepare() throws SQLException {
        try (Connection connection = trial().connection()) {
            prepare(connection, "p", insert(1), "SAVEPOINT s", insert(2), "ROLLBACK TO SAVEPOINT s", insert(3));
            run(connection, commit("p"));
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void committedByAnotherConnection() throws SQLException {
        try (Connection first = trial().connection();
                Connection second = trial().connection()) {
            prepare(first, "it''s", insert(1));
            release(first);
            run(second, insert(2));
            endsOnceLetGo(second, commit("it''s"));
            run(second, insert(3));
        }
        if (!isInOutbox()) { // Its order is that of the first phases: of changes of one row it is the same.
            assertThat(trial().told())
                    .containsExactly("INSERT item 2 'n2'", "INSERT item 1 'n1'", "INSERT item 3 'n3'");
        }
        assertThat(trial().told()).containsExactlyInAnyOrderElementsOf(trial().happened());
    }

    @Test
    void rolledBackByAnotherConnection() throws SQLException {
        try (Connection first = trial().connection();
                Connection second = trial().connection()) {
            prepare(first, "p", insert(1));
            release(first);
            endsOnceLetGo(second, rollback("p"));
            run(second, insert(2));
        }
        assertThat(trial().told()).containsExactly("INSERT item 2 'n2'");
        trial().agrees();
    }

    @Test
    void preparedElsewhere() throws SQLException {
        try (Connection bare = database().dataSource().getConnection();
                Connection connection = trial().connection()) {
            prepare(bare, "p", insert(1));
            release(bare);
            endsOnceLetGo(connection, commit("p"));
        }
        assertThat(trial().told()).containsExactly("GAP PREPARED_TRANSACTION");
    }

    @Test
    void endedElsewhere() throws SQLException {
        Assumed.not(is(MARIADB), "MariaDB does not tell an ended transaction from one that another connection holds");
        try (Connection bare = database().dataSource().getConnection();
                Connection connection = trial().connection()) {
            prepare(connection, "p", insert(1));
            run(bare, commit("p"));
            try (Connection other = trial().connection()) {
                fails(other, commit("p"));
            }
            assertThat(trial().told()).containsExactly("INSERT item 1 'n1'" + (isInOutbox() ? "" : " in doubt"));
        }
    }

    @Test
    void aNameThatIsUsedAgain() throws SQLException {
        try (Connection connection = trial().connection()) {
            prepare(connection, "p", insert(1));
            run(connection, commit("p"));
            prepare(connection, "p", insert(2));
            run(connection, rollback("p"));
            prepare(connection, "p", insert(3));
            run(connection, commit("p"));
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void aFailedTransactionIsNotPrepared() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = begin()) {
            run(connection, insert(1));
            fails(connection, insert(1));
            run(connection, "PREPARE TRANSACTION 'p'");
            connection.setAutoCommit(true);
            fails(connection, commit("p"));
            run(connection, insert(2));
        }
        assertThat(trial().told()).containsExactly("INSERT item 2 'n2'");
        trial().agrees();
    }

    @Test
    void aNameThatIsTaken() throws SQLException {
        only(POSTGRESQL);
        try (Connection one = trial().connection();
                Connection two = trial().connection()) {
            prepare(one, "p", insert(1));
            two.setAutoCommit(false);
            run(two, insert(2));
            fails(two, "PREPARE TRANSACTION 'p'");
            two.rollback();
            run(one, commit("p"));
        }
        assertThat(trial().told()).containsExactly("INSERT item 1 'n1'");
        trial().agrees();
    }

    @Test
    void preparedInOneText() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = trial().connection()) {
            run(connection, "BEGIN; " + insert(1) + "; PREPARE TRANSACTION 'p'");
            assertThat(trial().told()).isEmpty();
            run(connection, commit("p"));
        }
        trial().agrees();
    }

    @Test
    void mariaDbInOnePhase() throws SQLException {
        only(MARIADB);
        try (Connection connection = trial().connection()) {
            run(connection, "XA START 'a'", insert(1), "XA END 'a'", "XA COMMIT 'a' ONE PHASE");
            assertThat(trial().told()).hasSize(1);
            run(connection, "XA BEGIN 'a','b',3", insert(2), "XA END 'a','b',3", "XA ROLLBACK 'a','b',3", insert(3));
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void mariaDbOutOfPlace() throws SQLException {
        only(MARIADB);
        try (Connection connection = trial().connection()) {
            run(connection, "XA START 'a'", insert(1));
            for (String refused : new String[] {
                "XA PREPARE 'a'",
                "XA COMMIT 'a' ONE PHASE",
                "XA START 'b'",
                "COMMIT",
                "START TRANSACTION",
                "XA ROLLBACK 'c'"
            }) {
                fails(connection, refused);
            }
            run(connection, insert(2), "XA END 'a'", "XA PREPARE 'a'", "XA COMMIT 'a','',1");
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void h2EndsWhatIsPreparedInItsSession() throws SQLException {
        only(H2);
        try (Connection connection = trial().connection()) {
            prepare(connection, "a", insert(1));
            connection.commit();
            assertThat(trial().told()).hasSize(1);
            prepare(connection, "b", insert(2));
            run(connection, "ROLLBACK");
            prepare(connection, "c", insert(3));
        }
        assertThat(trial().told()).hasSize(1);
        try (Connection other = trial().connection()) {
            run(other, commit("c"));
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }
}
