package dev.afterimage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A good citizen among drivers; and when its trail begins and ends. */
class AuditDriverTest {

    private final Map<String, String> configuration = new HashMap<>();
    private final List<CollectingSink> sinks = new ArrayList<>();
    private final DriverTrail trail = new DriverTrail(() -> {
        CollectingSink sink = new CollectingSink();
        AuditTrail started = AuditTrail.start(AuditConfiguration.of(configuration), sink);
        sinks.add(sink);
        return started;
    });
    private final Driver driver = new AuditDriver(trail);

    @AfterEach
    void end() {
        trail.close();
    }

    private static String h2() {
        return "jdbc:audit:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    private Connection connect(@Nullable String url) throws SQLException {
        return driver.connect(url, new Properties());
    }

    private static void insert(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists t (id int primary key)");
            statement.execute("insert into t select count(*) from t");
            statement.execute("insert into t values (1000 + (select count(*) from t))");
        }
    }

    /** Two statements of {@link #insert}. */
    private static final int CHANGES = 2;

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(Driver.class).stream().map(ServiceLoader.Provider::type))
                .contains(AuditDriver.class);
        assertThat(DriverManager.drivers()).anyMatch(AuditDriver.class::isInstance);
    }

    @Test
    void acceptsItsOwnUrlsOnly() throws SQLException {
        assertThat(driver.acceptsURL("jdbc:audit:nonsense")).isTrue();
        assertThat(driver.acceptsURL("jdbc:h2:mem:")).isFalse();
        assertThat(connect("jdbc:h2:mem:")).isNull();
        assertThat(driver.getPropertyInfo("jdbc:h2:mem:", new Properties())).isEmpty();
        assertThatThrownBy(() -> driver.acceptsURL(null)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connect(null)).isInstanceOf(SQLException.class);
        assertThat(sinks).isEmpty();
    }

    @Test
    void saysWhatItIs() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + driver.getMajorVersion() + "." + driver.getMinorVersion() + ".");
        assertThat(driver.jdbcCompliant()).isFalse();
        assertThatThrownBy(driver::getParentLogger).isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void urlAndPropertiesReachTheDatabasesDriverUnchanged() throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", "u");
        info.setProperty("odd", "x");
        Properties before = (Properties) info.clone();
        try (StubbedDriver stub = StubbedDriver.register();
                Connection connection = driver.connect("jdbc:audit:stub:a?b=c", info)) {
            assertThat(connection).isNotNull();
            assertThat(stub.urls().get(0)).isEqualTo("jdbc:stub:a?b=c");
            assertThat(stub.given().get(0)).isSameAs(info);
            assertThat(info).isEqualTo(before);
            assertThat(driver.getPropertyInfo("jdbc:audit:stub:a", info)[0].name)
                    .isEqualTo("jdbc:stub:a");
        }
    }

    @Test
    void theDatabasesDriverMayComeLater() throws SQLException {
        assertThatThrownBy(() -> connect("jdbc:audit:stub:a")).isInstanceOf(SQLException.class);
        try (StubbedDriver stub = StubbedDriver.register();
                Connection connection = connect("jdbc:audit:stub:a")) {
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(stub.last()).isNotNull();
        }
    }

    @Test
    void theExceptionOfTheDatabasesDriverComesThrough() throws SQLException {
        SQLException failure = new SQLException("no such user", "28000", 7);
        try (StubbedDriver stub = StubbedDriver.register()) {
            stub.fail(failure);
            assertThat(catchThrowable(() -> connect("jdbc:audit:stub:a"))).isSameAs(failure);
            assertThat(catchThrowable(() -> DriverManager.getConnection("jdbc:audit:stub:a")))
                    .isSameAs(failure);
        }
        assertThat(sinks).as("no trail for what never connected").isEmpty();
    }

    @Test
    void anUnknownUrlIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:audit:nosuch://u:geheim@db/shop?password=geheim"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("jdbc:nosuch://db/shop")
                .hasMessageNotContaining("geheim")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08001");
    }

    @Test
    void aConfigurationThatCannotBeUsedFailsTheConnectByName() throws SQLException {
        configuration.put("audit.ring.size", "huge");
        try (StubbedDriver stub = StubbedDriver.register()) {
            assertThatThrownBy(() -> connect("jdbc:audit:stub:a"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("audit.ring.size=huge");
            assertThat(Objects.requireNonNull(stub.last()).isClosed()).isTrue();

            configuration.clear();
            connect("jdbc:audit:stub:a").close();
        }
        assertThat(sinks).hasSize(1);
    }

    @Test
    void theDriverManagerDoesNotSwallowThatName() {
        System.setProperty("audit.ring.sise", "16MiB");
        try {
            assertThatThrownBy(() -> DriverManager.getConnection(h2()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("audit.ring.sise")
                    .hasMessageContaining("audit.ring.size");
        } finally {
            System.clearProperty("audit.ring.sise");
        }
    }

    @Test
    void oneTrailForAllUrlsAndASourceForEachAddress() throws SQLException {
        String one = h2();
        String two = h2();
        for (String url : List.of(one, two, one)) {
            try (Connection connection = connect(url)) {
                insert(connection);
            }
        }
        trail.close();

        assertThat(sinks).hasSize(1);
        assertThat(sinks.get(0).changes()).isEqualTo(3 * CHANGES);
        assertThat(sinks.get(0).events().stream().map(AuditEvent::source).distinct())
                .containsExactlyInAnyOrder(address(one), address(two));
    }

    private static String address(String url) {
        return url.replace("jdbc:audit:", "").replace(";DB_CLOSE_DELAY=-1", "");
    }

    @Test
    void aSourceThatIsGivenNamesThemAll() throws SQLException {
        configuration.put("audit.source", "shop");
        try (Connection connection = connect(h2())) {
            insert(connection);
        }
        trail.close();
        assertThat(sinks.get(0).events()).extracting(AuditEvent::source).containsOnly("shop");
    }

    @Test
    void theUrlIsTheOneOfTheDatabasesDriver() throws SQLException {
        String url = h2();
        try (Connection connection = connect(url)) {
            assertThat(connection.getMetaData().getURL())
                    .isEqualTo("jdbc:" + url.substring("jdbc:audit:".length()).replace(";DB_CLOSE_DELAY=-1", ""));
        }
    }

    @Test
    void theBackgroundLogsInAsTheApplicationDidLast() throws SQLException {
        try (StubbedDriver stub = StubbedDriver.register()) {
            for (String user : List.of("first", "second")) {
                Properties info = new Properties();
                info.setProperty("user", user);
                try (Connection connection = driver.connect("jdbc:audit:stub:a?password=" + user, info)) {
                    info.setProperty("user", "overwritten by the application");
                    insert(connection);
                    assertThat(trail.flush()).isTrue();
                }
            }
            assertThat(stub.given().stream()
                            .map(info -> info.getProperty("user"))
                            .distinct())
                    .contains("first", "second");
            assertThat(stub.urls()).endsWith("jdbc:stub:a?password=second");
        }
    }

    @Test
    void whatIsOpenAtTheEndOfTheJvmIsDeliveredAndTheLastToCloseEndsTheTrail() throws SQLException {
        Connection first = connect(h2());
        Connection second = connect(h2());
        insert(first);

        trail.stop();
        CollectingSink sink = sinks.get(0);
        assertThat(sink.changes()).isEqualTo(CHANGES);
        assertThat(sink.isClosed()).isFalse();

        insert(second);
        first.close();
        first.close();
        assertThat(sink.isClosed()).isFalse();
        insert(second);
        second.abort(Runnable::run);
        assertThat(sink.isClosed()).isTrue();
        assertThat(sink.changes()).isEqualTo(3 * CHANGES);
    }

    @Test
    void withNothingOpenTheTrailEndsWithTheJvm() throws SQLException {
        try (Connection connection = connect(h2())) {
            insert(connection);
        }
        trail.stop();
        assertThat(sinks.get(0).isClosed()).isTrue();
        assertThat(sinks.get(0).changes()).isEqualTo(CHANGES);
    }

    @Test
    void aConnectionAfterTheEndBeginsAnotherTrail() throws SQLException {
        connect(h2()).close();
        trail.close();
        try (Connection connection = connect(h2())) {
            insert(connection);
        }
        trail.close();
        assertThat(sinks).hasSize(2).allMatch(CollectingSink::isClosed);
        assertThat(sinks.get(1).changes()).isEqualTo(CHANGES);
    }

    @Test
    void theDatabaseEndsWithTheApplicationsLastConnection() throws SQLException {
        String url = "jdbc:audit:h2:mem:" + UUID.randomUUID();
        try (Connection connection = connect(url)) {
            insert(connection);
            assertThat(trail.flush()).isTrue();
        }
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("select * from t")).hasMessageContaining("not found");
        }
    }
}
