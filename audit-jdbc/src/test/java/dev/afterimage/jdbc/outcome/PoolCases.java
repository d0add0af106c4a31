package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditContext;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Change;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pool does on its own with connections that come back, in both orders of wrapping. */
abstract class PoolCases extends Cases {

    PoolCases(TestDatabase database) throws SQLException {
        super(database);
    }

    /** Where the pool of one connection is. */
    enum Pool {
        /** The audited data source is around it. */
        BELOW,
        /** It is around the audited data source. */
        ABOVE
    }

    /** A pool, what the application uses, and what is told. */
    private record Setup(HikariDataSource pool, Trial trial, DataSource application) implements AutoCloseable {

        Connection connection() throws SQLException {
            return application.getConnection();
        }

        @Override
        public void close() {
            pool.close();
            trial.close();
        }
    }

    private Setup open(Pool where, boolean autoCommit) throws SQLException {
        if (where == Pool.ABOVE) {
            Trial trial = retry(Map.of());
            HikariDataSource above = pool(trial.dataSource(), autoCommit);
            return new Setup(above, trial, above);
        }
        trial().close();
        HikariDataSource below = pool(database().dataSource(), autoCommit);
        Trial trial = new Trial(database(), below, Map.of());
        return new Setup(below, trial, trial.dataSource());
    }

    private static HikariDataSource pool(DataSource dataSource, boolean autoCommit) {
        HikariConfig configuration = new HikariConfig();
        configuration.setDataSource(dataSource);
        configuration.setMaximumPoolSize(1);
        configuration.setAutoCommit(autoCommit);
        return new HikariDataSource(configuration);
    }

    /** HikariCP takes no note of methods for large counts: what they have done it commits when the connection is closed. */
    @ParameterizedTest
    @EnumSource(Pool.class)
    void closeWithOpenWorkThatThePoolDoesNotKnowOf(Pool where) throws SQLException {
        try (Setup setup = open(where, true)) {
            try (Connection connection = setup.connection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.executeLargeUpdate(insert(1));
            }
            assertThat(setup.trial.told())
                    .isEqualTo(
                            where == Pool.ABOVE || setup.trial.happened().isEmpty()
                                    ? setup.trial.happened()
                                    : List.of("INSERT item 1 'n1' in doubt"));
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    void closeWithOpenWorkRollsBackAndAutocommitIsReset(Pool where) throws SQLException {
        try (Setup setup = open(where, true)) {
            for (int id = 1; id <= 3; id++) {
                try (Connection connection = setup.connection()) {
                    assertThat(connection.getAutoCommit()).isTrue();
                    connection.setAutoCommit(id != 2);
                    run(connection, insert(id));
                }
            }
            assertThat(setup.trial.told()).hasSize(2);
            setup.trial.agrees();
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    void aPoolWithoutAutocommitKeepsOnlyWhatIsCommitted(Pool where) throws SQLException {
        try (Setup setup = open(where, false)) {
            for (int id = 1; id <= 3; id++) {
                try (Connection connection = setup.connection()) {
                    run(connection, insert(id));
                    if (id != 2) {
                        connection.commit();
                        run(connection, insert(10 + id));
                    }
                }
            }
            assertThat(setup.trial.told()).containsExactly("INSERT item 1 'n1'", "INSERT item 3 'n3'");
            setup.trial.agrees();
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    void aFailedTransactionThatIsCommitted(Pool where) throws SQLException {
        try (Setup setup = open(where, true)) {
            try (Connection connection = setup.connection()) {
                connection.setAutoCommit(false);
                run(connection, insert(1));
                fails(connection, insert(1));
                connection.commit();
                run(connection, insert(2));
                connection.commit();
            }
            assertThat(setup.trial.told()).hasSize(is(POSTGRESQL) ? 1 : 2);
            setup.trial.agrees();
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    void aFailedTransactionThatIsLeftBehind(Pool where) throws SQLException {
        try (Setup setup = open(where, true)) {
            try (Connection connection = setup.connection()) {
                connection.setAutoCommit(false);
                run(connection, insert(1));
                fails(connection, insert(1));
            }
            try (Connection connection = setup.connection()) {
                run(connection, insert(2));
            }
            assertThat(setup.trial.told()).containsExactly("INSERT item 2 'n2'");
            setup.trial.agrees();
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    void abortWithOpenWorkEndsAsWithTheBarePool(Pool where) throws SQLException {
        String bare;
        try (HikariDataSource pool = pool(database().dataSource(), true)) {
            bare = abort(pool.getConnection(), 1);
        }
        try (Setup setup = open(where, true)) {
            assertThat(abort(setup.connection(), 2)).isEqualTo(bare);
            try (Connection connection = setup.connection()) {
                run(connection, insert(3));
            }
            assertThat(setup.trial.told()).containsExactly("INSERT item 3 'n3'");
            setup.trial.agrees();
        }
    }

    /** How the closing of an aborted connection ends: pools roll back first, which some drivers refuse by then. */
    private static String abort(Connection connection, int id) throws SQLException {
        connection.setAutoCommit(false);
        run(connection, insert(id));
        connection.abort(Runnable::run);
        try {
            connection.close();
            return "closed";
        } catch (SQLException e) {
            return e.getClass().getName() + " " + e.getSQLState();
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    void evictedWithOpenWork(Pool where) throws SQLException {
        try (Setup setup = open(where, true)) {
            int evicted;
            try (Connection connection = setup.connection()) {
                evicted = session(connection);
                connection.setAutoCommit(false);
                run(connection, insert(1));
                setup.pool.getHikariPoolMXBean().softEvictConnections();
            }
            try (Connection connection = setup.connection()) {
                assertThat(session(connection)).isNotEqualTo(evicted);
                run(connection, insert(2));
            }
            assertThat(setup.trial.told()).containsExactly("INSERT item 2 'n2'");
            setup.trial.agrees();
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    void brokenWithOpenWorkThePoolMakesANewOne(Pool where) throws SQLException {
        Assumed.not(is(H2), "H2 in memory has no connection that can break");
        try (Setup setup = open(where, true)) {
            try (Connection connection = setup.connection()) {
                connection.setAutoCommit(false);
                run(connection, insert(1));
                end(session(connection));
                fails(connection, insert(2));
            }
            try (Connection connection = setup.connection()) {
                run(connection, insert(3));
            }
            assertThat(setup.trial.told()).containsExactly("INSERT item 3 'n3'");
            setup.trial.agrees();
        }
    }

    private int session(Connection connection) throws SQLException {
        String query = is(POSTGRESQL)
                ? "SELECT pg_backend_pid()"
                : is(MARIADB) ? "SELECT CONNECTION_ID()" : "SELECT SESSION_ID()";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void end(int session) throws SQLException {
        try (Connection other = database().dataSource().getConnection()) {
            run(other, is(POSTGRESQL) ? "SELECT pg_terminate_backend(" + session + ", 10000)" : "KILL HARD " + session);
        }
    }

    @ParameterizedTest
    @EnumSource(Pool.class)
    void theNextUserIsNotTheLast(Pool where) throws SQLException {
        try (Setup setup = open(where, true)) {
            AuditContext.Scope alice = AuditContext.actor("alice").open();
            try (Connection connection = setup.connection()) {
                run(connection, insert(1));
                connection.setAutoCommit(false);
                run(connection, insert(2));
            }
            alice.close();
            try (Connection connection = setup.connection()) {
                run(connection, insert(3));
            }
            AuditContext.Scope bob = AuditContext.actor("bob").open();
            try (Connection connection = setup.connection()) {
                run(connection, insert(4));
            }
            bob.close();
            assertThat(setup.trial.changes().stream().map(Change::actor).map(Actor::name))
                    .containsExactly("alice", Actor.UNKNOWN.name(), "bob");
            setup.trial.agrees();
        }
    }
}
