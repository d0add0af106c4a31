package dev.afterimage.jdbc.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.AuditDriver;
import dev.afterimage.jdbc.RegisteredDriver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that knows nothing of the audit but its URL and its configuration. */
abstract class UrlCases extends Cases {

    private final CollectingSink sink = CollectingSinkProvider.renew();

    UrlCases(TestDatabase database) throws SQLException {
        super(database);
    }

    @BeforeEach
    final void configure() {
        System.setProperty("audit.sink", "collecting");
        System.setProperty("audit.source", "shop");
    }

    @AfterEach
    final void forget() throws SQLException {
        System.clearProperty("audit.sink");
        System.clearProperty("audit.source");
        RegisteredDriver.endTrail();
    }

    private String url() {
        return "jdbc:audit:" + database().url().substring("jdbc:".length());
    }

    /** What the trail has told when it has ended. */
    private List<String> told() throws SQLException {
        RegisteredDriver.endTrail();
        return sink.events().stream().map(Trial::line).toList();
    }

    private void agrees() throws SQLException {
        assertThat(told()).isNotEmpty().containsExactlyElementsOf(Trial.happened(database()));
        assertThat(sink.events()).extracting(AuditEvent::source).containsOnly("shop");
    }

    @Test
    void byTheDriverManager() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), new Properties())) {
            assertThat(connection.getMetaData().getURL()).doesNotContain("audit");
            run(connection, insert(1), "UPDATE item SET name = 'x' WHERE id = 1");
            connection.setAutoCommit(false);
            run(connection, insert(2));
            connection.rollback();
            run(connection, insert(3));
            connection.commit();
            run(connection, insert(4));
        }
        agrees();
    }

    @Test
    void underAPool() throws SQLException {
        try (HikariDataSource pool = pool()) {
            for (int id = 1; id <= 3; id++) {
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(id != 2);
                    run(connection, insert(id));
                }
            }
        }
        agrees();
    }

    private HikariDataSource pool() {
        HikariConfig configuration = new HikariConfig();
        configuration.setJdbcUrl(url());
        configuration.setDriverClassName(AuditDriver.class.getName());
        configuration.setMaximumPoolSize(1);
        return new HikariDataSource(configuration);
    }

    @Test
    void underAnAuditedDataSourceItIsToldOnce() throws SQLException {
        try (HikariDataSource pool = pool()) {
            DataSource audited = AuditDataSource.wrap(pool, trial().trail());
            try (Connection connection = audited.getConnection()) {
                run(connection, insert(1), insert(2));
            }
        }
        agrees();
        assertThat(trial().told()).isEmpty();
    }
}
