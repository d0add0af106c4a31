package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.AuditContext;
import dev.afterimage.core.event.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Work that a savepoint undoes, and work that it does not. */
abstract class SavepointCases extends Cases {

    SavepointCases(TestDatabase database) throws SQLException {
        super(database);
    }

    @Test
    void byJdbc() throws SQLException {
        try (Connection connection = begin()) {
            connection.setSavepoint();
            run(connection, insert(1));
            Savepoint named = connection.setSavepoint("named");
            run(connection, insert(2));
            connection.rollback(named);
            run(connection, insert(3));
            connection.rollback(named);
            run(connection, insert(4));
            connection.commit();
            Savepoint first = connection.setSavepoint();
            run(connection, insert(5));
            connection.rollback(first);
            connection.commit();
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void byText() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1), "SAVEPOINT s", insert(2), "ROLLBACK TO SAVEPOINT s", insert(3));
            run(connection, "SAVEPOINT t", insert(4), "RELEASE SAVEPOINT t");
            connection.commit();
        }
        assertThat(trial().told()).hasSize(3);
        trial().agrees();
    }

    @Test
    void nameInAnotherCase() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, "SAVEPOINT Point", insert(1), "ROLLBACK TO SAVEPOINT pOINT", insert(2));
            connection.commit();
        }
        assertThat(trial().told()).hasSize(1);
        trial().agrees();
    }

    @Test
    void setByJdbcAndUndoneByText() throws SQLException {
        try (Connection connection = begin()) {
            connection.setSavepoint("s");
            run(connection, insert(1), "ROLLBACK TO SAVEPOINT " + database().quoted("s"), insert(2));
            connection.commit();
        }
        trial().agrees();
    }

    @Test
    void nested() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, "SAVEPOINT a", insert(1), "SAVEPOINT b", insert(2), "SAVEPOINT c", insert(3));
            run(connection, "ROLLBACK TO SAVEPOINT b", insert(4));
            connection.commit();
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void sameName() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, "SAVEPOINT s", insert(1), "SAVEPOINT s", insert(2), "ROLLBACK TO SAVEPOINT s", insert(3));
            if (is(POSTGRESQL)) {
                run(connection, "RELEASE SAVEPOINT s", "ROLLBACK TO SAVEPOINT s", insert(4));
            }
            connection.commit();
        }
        trial().agrees();
    }

    @Test
    void theOuterOneReleased() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, "SAVEPOINT a", insert(1), "SAVEPOINT b", insert(2), "RELEASE SAVEPOINT a");
            try {
                run(connection, "ROLLBACK TO SAVEPOINT b");
            } catch (SQLException gone) {
                connection.rollback();
            }
            run(connection, insert(3));
            connection.commit();
        }
        trial().agrees();
    }

    @Test
    void aFailureUndone() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1));
            Savepoint savepoint = connection.setSavepoint();
            run(connection, insert(2));
            fails(connection, insert(2));
            connection.rollback(savepoint);
            run(connection, insert(3));
            connection.commit();
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void aFailureUndoneByText() throws SQLException {
        try (Connection connection = begin()) {
            run(connection, insert(1), "SAVEPOINT s", insert(2));
            fails(connection, insert(2));
            run(connection, "ROLLBACK TO SAVEPOINT s", insert(3));
            connection.commit();
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void theDriversOwnSavepoints() throws SQLException {
        if (!is(POSTGRESQL)) {
            return;
        }
        retry(Map.of(), "autosave=always");
        try (Connection connection = begin()) {
            run(connection, insert(1));
            fails(connection, insert(1));
            run(connection, insert(2));
            connection.commit();
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void theActorAfterAnUndoneOne() throws SQLException {
        try (Connection connection = begin()) {
            Savepoint savepoint;
            try (AuditContext.Scope ada = AuditContext.open(new Actor("ada", null, null, null, Map.of()))) {
                assertThat(ada).isNotNull();
                run(connection, insert(1));
                savepoint = connection.setSavepoint();
            }
            run(connection, insert(2));
            connection.rollback(savepoint);
            run(connection, insert(3));
            connection.commit();
        }
        assertThat(trial().changes())
                .extracting(change -> change.actor().name())
                .containsExactly("ada", null);
    }
}
