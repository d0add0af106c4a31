package dev.afterimage.jdbc.outcome;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Change;
import dev.afterimage.jdbc.AuditDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of one row by several connections stand in the order in which the database made them. */
class OrderTest {

    private final H2Database database = new H2Database();

    @BeforeEach
    void open() throws SQLException {
        database.recreate();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** The driver returns after the commit: by then the new row, whose key the database has made, is there for others. */
    @Test
    void aNewRowChangedByOthersBeforeItsInsertHasReturned() throws SQLException {
        AtomicReference<AuditDataSource> quick = new AtomicReference<>();
        try (Trial trial = new Trial(database, slow(quick), Map.of())) {
            quick.set(AuditDataSource.wrap(database.dataSource(), trial.trail()));
            try (Connection connection = trial.connection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO ticket (name) VALUES ('t')", Statement.RETURN_GENERATED_KEYS);
                assertThat(statement.getGeneratedKeys().next()).isTrue();
            }
            List<Change> changes = new ArrayList<>(trial.changes());
            changes.sort(Comparator.comparingLong(Change::changedAt));
            assertThat(changes).extracting(Lines::of).containsExactlyElementsOf(trial.happened());
        }
    }

    /** There it is asked for at once with what comes before it. */
    @Test
    void anInsertAmongOtherStatementsKeepsItsPlace() throws SQLException {
        try (Trial trial = new Trial(database, database.dataSource(), Map.of())) {
            try (Connection connection = trial.connection();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(Cases.insert(1));
                statement.addBatch("DELETE FROM item WHERE id = 1");
                statement.addBatch(Cases.insert(1));
                statement.executeBatch();
                statement.execute("DELETE FROM item WHERE id = 1; " + Cases.insert(1));
            }
            List<Change> changes = new ArrayList<>(trial.changes());
            changes.sort(Comparator.comparingLong(Change::changedAt));
            assertThat(changes)
                    .extracting(change -> change.operation().name())
                    .containsExactly("INSERT", "DELETE", "INSERT", "DELETE", "INSERT");
        }
    }

    /** A database whose driver returns from an update only after another connection has changed the row. */
    private DataSource slow(AtomicReference<AuditDataSource> quick) {
        return (DataSource) Intercepted.answers(
                DataSource.class,
                database.dataSource(),
                "getConnection",
                connection -> Intercepted.answers(
                        Connection.class,
                        connection,
                        "createStatement",
                        statement -> Intercepted.answers(Statement.class, statement, "executeUpdate", count -> {
                            try (Connection other =
                                    requireNonNull(requireNonNull(quick.get()).getConnection())) {
                                Cases.run(other, "UPDATE ticket SET name = 'x' WHERE id = 1");
                            }
                            return count;
                        })));
    }
}
