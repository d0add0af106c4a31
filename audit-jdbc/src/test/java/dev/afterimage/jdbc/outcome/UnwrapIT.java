package dev.afterimage.jdbc.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PgStatement;

/** {@code audit.unwrap}, with what PostgreSQL's driver offers behind it. */
class UnwrapIT {

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

    @AfterEach
    void end() {
        trial.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        DATABASE.get().recreate();
        trial = new Trial(DATABASE.get(), DATABASE.get().dataSource(), Map.of());
    }

    private Connection connection(String... properties) throws SQLException {
        trial.close();
        Map<String, String> map = new HashMap<>();
        for (String property : properties) {
            map.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
        }
        trial = new Trial(DATABASE.get(), DATABASE.get().dataSource(), map);
        return trial.connection();
    }

    /** Two rows, by PostgreSQL's own way in. */
    private static long copy(Connection connection, int id) throws Exception {
        String rows = id + "\tx\n" + (id + 1) + "\tx\n";
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY item FROM STDIN", new StringReader(rows));
    }

    private List<Gap> gaps() {
        List<AuditEvent> events = trial.events();
        assertThat(events).allMatch(Gap.class::isInstance);
        return events.stream().map(Gap.class::cast).toList();
    }

    @Test
    void copyIsAGapThatNamesTheCallingClass() throws Exception {
        try (Connection connection = connection()) {
            assertThat(copy(connection, 1)).isEqualTo(2);
            assertThat(copy(connection, 3)).isEqualTo(2);
        }
        assertThat(trial.happened()).hasSize(4);
        assertThat(gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo(GapReason.UNWRAPPED);
            assertThat(gap.detail()).contains(UnwrapIT.class.getName(), PGConnection.class.getName());
            assertThat(gap.source()).isEqualTo("app");
        });
    }

    @Test
    void aPoolAboveIsNotTheCallingClass() throws Exception {
        HikariConfig configuration = new HikariConfig();
        configuration.setDataSource(trial.dataSource());
        try (HikariDataSource pool = new HikariDataSource(configuration);
                Connection connection = pool.getConnection()) {
            copy(connection, 1);
        }
        assertThat(gaps()).singleElement().extracting(Gap::detail).asString().startsWith(UnwrapIT.class.getName());
    }

    @Test
    void aDataSourceTakenBeforeTheFirstConnectionIsAGap() throws Exception {
        trial.dataSource().unwrap(PGSimpleDataSource.class).getConnection().close();

        assertThat(gaps()).extracting(Gap::reason).containsExactly(GapReason.UNWRAPPED);
    }

    @Test
    void allowedItIsNoGap() throws Exception {
        try (Connection connection = connection("audit.unwrap=allow")) {
            assertThat(copy(connection, 1)).isEqualTo(2);
        }
        assertThat(gaps()).isEmpty();
    }

    @Test
    void deniedItFailsByNameAndIsNotOffered() throws Exception {
        try (Connection connection = connection("audit.unwrap=deny");
                Statement statement = connection.createStatement()) {
            assertThat(connection.isWrapperFor(PGConnection.class)).isFalse();
            assertThat(statement.isWrapperFor(PgStatement.class)).isFalse();
            assertThat(trial.dataSource().isWrapperFor(PGSimpleDataSource.class))
                    .isFalse();
            assertThatThrownBy(() -> copy(connection, 1))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("audit.unwrap=deny")
                    .hasMessageContaining(PGConnection.class.getName())
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
            assertThatThrownBy(() -> statement.unwrap(PgStatement.class)).isInstanceOf(SQLException.class);
            // Nothing was asked of the database, so its transaction goes on; and the audit's own look is not denied.
            connection.setAutoCommit(false);
            Cases.run(connection, Cases.insert(1));
            Cases.fails(connection, Cases.insert(1));
            connection.commit();
            Cases.run(connection, Cases.insert(2));
            connection.commit();
        }
        assertThat(trial.told()).containsExactly("INSERT item 2 'n2'");
    }

    @Test
    void theInterfacesOfJdbcAreNeverDenied() throws Exception {
        try (Connection connection = connection("audit.unwrap=deny");
                PreparedStatement statement = connection.prepareStatement("SELECT 1");
                ResultSet row = statement.executeQuery()) {
            assertThat(connection.isWrapperFor(Connection.class)).isTrue();
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(statement.unwrap(Statement.class)).isSameAs(statement);
            assertThat(row.unwrap(ResultSet.class)).isSameAs(row);
        }
        assertThat(gaps()).isEmpty();
    }

    @Test
    void whileNothingIsCapturedNothingIsDenied() throws Exception {
        try (Connection connection = connection("audit.enabled=false", "audit.unwrap=deny")) {
            assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
            assertThat(copy(connection, 1)).isEqualTo(2);
        }
    }
}
