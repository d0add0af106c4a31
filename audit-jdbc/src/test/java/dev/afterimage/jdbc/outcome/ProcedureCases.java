package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Procedures that commit inside: what they do is not seen, what was done around them must neither be lost nor invented. */
abstract class ProcedureCases extends Cases {

    private static final String CALLED = "OTHER ? *? CODE_IN_DATABASE";

    ProcedureCases(TestDatabase database) throws SQLException {
        super(database);
    }

    @BeforeEach
    final void make() throws SQLException {
        Map<String, String> bodies = Map.of("plain", "", "kept", "COMMIT;", "broken", "COMMIT; " + raise());
        try (Connection bare = database().dataSource().getConnection()) {
            for (Map.Entry<String, String> each : bodies.entrySet()) {
                run(bare, procedure(each.getKey(), insert(50) + "; " + each.getValue()));
            }
        }
    }

    private String raise() {
        return is(POSTGRESQL) ? "RAISE EXCEPTION 'broken';" : "SIGNAL SQLSTATE '45000';";
    }

    private String procedure(String name, String body) {
        return switch (database().product()) {
            case POSTGRESQL -> "CREATE PROCEDURE " + name + "() LANGUAGE plpgsql AS $$ BEGIN " + body + " END $$";
            case MARIADB -> "CREATE PROCEDURE " + name + "() BEGIN " + body + " END";
            case H2 -> "CREATE ALIAS " + name + " FOR '" + H2Procedures.class.getName() + "." + name + "'";
        };
    }

    private List<String> told() {
        return trial().told().stream()
                .map(line -> line.replaceFirst("\\*\\d+ CODE", "*? CODE"))
                .toList();
    }

    @Test
    void aTransactionOfItsOwn() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "CALL kept()", insert(1));
        }
        assertThat(told()).containsExactly(CALLED, "INSERT item 1 'n1'");
        assertThat(trial().happened()).hasSize(2);
    }

    @Test
    void rolledBackAfterwards() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1));
            call(connection);
            connection.rollback();
        }
        if (is(POSTGRESQL)) {
            trial().agrees();
        } else {
            assertThat(told()).containsExactly("INSERT item 1 'n1' in doubt", CALLED + " in doubt");
            assertThat(trial().happened()).containsExactly("INSERT item 1 'n1'", "INSERT item 50 'n50'");
        }
    }

    /** PostgreSQL refuses to commit inside where a transaction is open; then nothing else can be done in it. */
    private void call(Connection connection) throws SQLException {
        if (is(POSTGRESQL)) {
            fails(connection, "CALL kept()");
        } else {
            run(connection, "CALL kept()", insert(2));
        }
    }

    @Test
    void closedAfterwards() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1));
            call(connection);
        }
        assertThat(told()).hasSize(is(POSTGRESQL) ? 0 : 2).allMatch(line -> line.endsWith(" in doubt"));
    }

    @Test
    void committedAfterwards() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1));
            call(connection);
            connection.commit();
        }
        if (is(POSTGRESQL)) {
            trial().agrees();
        } else {
            assertThat(told()).containsExactly("INSERT item 1 'n1'", CALLED, "INSERT item 2 'n2'");
        }
    }

    @Test
    void aSavepointThatIsStillThereTellsThatNothingWasCommitted() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1), "SAVEPOINT s", "CALL plain()", "ROLLBACK TO SAVEPOINT s");
            connection.rollback();
        }
        assertThat(told()).isEmpty();
        trial().agrees();
    }

    @Test
    void theTransactionOfATextMayBeOver() throws SQLException {
        only(MARIADB);
        try (Connection connection = trial().connection()) {
            run(connection, "START TRANSACTION", insert(1), "CALL kept()", insert(2), "ROLLBACK", insert(3));
        }
        assertThat(told())
                .containsExactly(
                        "INSERT item 1 'n1' in doubt",
                        CALLED + " in doubt",
                        "INSERT item 2 'n2' in doubt",
                        "INSERT item 3 'n3'");
        assertThat(trial().happened()).hasSize(4);
    }

    @Test
    void itFailsAfterItsCommit() throws SQLException {
        try (Connection connection = trial().connection()) {
            fails(connection, "CALL broken()");
        }
        assertThat(told()).containsExactly(CALLED + " in doubt");
        assertThat(trial().happened()).containsExactly("INSERT item 50 'n50'");
    }

    @Test
    void itFailsInsideATransaction() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1));
            fails(connection, "CALL broken()");
            connection.commit();
        }
        if (is(POSTGRESQL)) {
            trial().agrees();
        } else {
            assertThat(told()).containsExactly("INSERT item 1 'n1'", CALLED);
        }
    }

    @Test
    void whatDoesNotExistHasDoneNothing() throws SQLException {
        try (Connection connection = trial().connection()) {
            fails(connection, "CALL missing()");
        }
        assertThat(told()).isEmpty();
    }

    @Test
    void aBlockThatCommits() throws SQLException {
        Assumed.not(is(H2), "H2 has no blocks");
        String block = is(POSTGRESQL)
                ? "DO $$ BEGIN " + insert(50) + "; COMMIT; " + raise() + " END $$"
                : "BEGIN NOT ATOMIC " + insert(50) + "; COMMIT; " + raise() + " END";
        try (Connection connection = trial().connection()) {
            fails(connection, block);
        }
        assertThat(told()).containsExactly(CALLED + " in doubt");
        assertThat(trial().happened()).containsExactly("INSERT item 50 'n50'");
    }
}
