package dev.afterimage.jdbc.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Gap;
import dev.afterimage.jdbc.AuditDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;

/** One audited data source, what its trail says, and what the witness in the database says. */
final class Trial implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestDatabase database;
    private final CollectingSink sink = new CollectingSink();
    private final AuditTrail trail;
    private final AuditDataSource audited;

    Trial(TestDatabase database, DataSource bare, Map<String, String> properties) throws SQLException {
        this.database = database;
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.putAll(properties);
        this.trail = AuditTrail.start(AuditConfiguration.of(settings), sink);
        this.audited = AuditDataSource.builder(bare, trail)
                .background(database.dataSource())
                .build();
    }

    AuditDataSource dataSource() {
        return audited;
    }

    /** The same database, audited by the same trail, for a transaction manager. */
    XADataSource xaDataSource() throws SQLException {
        return AuditDataSource.builder(database.dataSource(), trail).buildXA(database.xaDataSource());
    }

    /** The same database, audited by the same trail, for a connection pool. */
    ConnectionPoolDataSource pooledDataSource() throws SQLException {
        return AuditDataSource.builder(database.dataSource(), trail).buildPooled(database.pooledDataSource());
    }

    AuditTrail trail() {
        return trail;
    }

    Connection connection() throws SQLException {
        return Objects.requireNonNull(audited.getConnection());
    }

    /** Everything told so far, once it has arrived. */
    List<AuditEvent> events() {
        assertThat(trail.flush(LONG)).as("delivered in time").isTrue();
        return sink.events();
    }

    List<Change> changes() {
        return events().stream()
                .filter(Change.class::isInstance)
                .map(Change.class::cast)
                .toList();
    }

    /** Everything told so far, one line for each event. */
    List<String> told() {
        return events().stream().map(Trial::line).toList();
    }

    /** Everything told, after the trail was closed. */
    List<String> arrived() {
        return sink.events().stream().map(Trial::line).toList();
    }

    static String line(AuditEvent event) {
        return event instanceof Change change ? Lines.of(change) : "GAP " + ((Gap) event).reason();
    }

    /** What the witness has seen and the database has kept, in the form of {@link #told}. */
    List<String> happened() throws SQLException {
        return happened(database);
    }

    static List<String> happened(TestDatabase database) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT operation, tab, before_key, after_key, name FROM witness ORDER BY n")) {
            while (row.next()) {
                lines.add(Lines.of(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
            }
        }
        return lines;
    }

    /** The trail tells exactly what the database kept, row by row and in order. */
    void agrees() throws SQLException {
        assertThat(told()).containsExactlyElementsOf(happened());
    }

    @Override
    public void close() {
        trail.close();
    }
}
