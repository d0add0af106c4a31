package dev.afterimage.jdbc.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.Gap;
import dev.afterimage.jdbc.AuditDataSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two layers of the audit over one connection tell each change once, whether they share a trail or not. */
abstract class WrappedTwiceCases extends Cases {

    private final CollectingSink otherSink = new CollectingSink();
    private final AuditTrail otherTrail = AuditTrail.start(AuditConfiguration.of(Map.of()), otherSink);

    WrappedTwiceCases(TestDatabase database) throws SQLException {
        super(database);
    }

    @AfterEach
    final void endOther() {
        otherTrail.close();
    }

    private AuditTrail outerTrail(boolean same) {
        return same ? trial().trail() : otherTrail;
    }

    private static void work(DataSource dataSource) throws SQLException {
        for (int id = 1; id <= 4; id += 2) {
            try (Connection connection = dataSource.getConnection()) {
                run(connection, insert(id));
                connection.setAutoCommit(false);
                run(connection, insert(id + 1));
                connection.commit();
            }
        }
    }

    private void toldOnce() throws SQLException {
        trial().agrees();
        assertThat(trial().told()).hasSize(4);
        assertThat(otherTrail.flush(Duration.ofSeconds(60))).isTrue();
        assertThat(otherSink.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAuditedDataSourceInAnother(boolean sameTrail) throws SQLException {
        work(AuditDataSource.wrap(trial().dataSource(), outerTrail(sameTrail)));
        toldOnce();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void overAPoolOverAnAuditedDataSource(boolean sameTrail) throws SQLException {
        try (HikariDataSource pool = pool(trial().dataSource())) {
            work(AuditDataSource.wrap(pool, outerTrail(sameTrail)));
        }
        toldOnce();
    }

    private static HikariDataSource pool(DataSource dataSource) {
        HikariConfig configuration = new HikariConfig();
        configuration.setDataSource(dataSource);
        configuration.setMaximumPoolSize(1);
        return new HikariDataSource(configuration);
    }

    @Test
    void whatTheOuterLayerSaysOnceInTheLog() throws SQLException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            work(AuditDataSource.builder(trial().dataSource(), otherTrail)
                    .name("outer")
                    .build());
        } finally {
            System.setErr(before);
        }
        assertThat(Stream.of(log.toString(StandardCharsets.UTF_8).split("\\R", -1))
                        .filter(line -> line.contains("audited twice")))
                .singleElement()
                .asString()
                .contains("outer", "Take one of the two away");
    }

    @Test
    void anInnerLayerThatIsSwitchedOffLeavesItToTheOuter() throws SQLException {
        try (AuditTrail off =
                AuditTrail.start(AuditConfiguration.of(Map.of("audit.enabled", "false")), new CollectingSink())) {
            DataSource inner = AuditDataSource.wrap(database().dataSource(), off);
            work(AuditDataSource.builder(inner, trial().trail())
                    .background(database().dataSource())
                    .build());
        }
        toldOnce();
    }

    @Test
    void twoAroundOneBareDataSourceAreTwo() throws SQLException {
        DataSource bare = database().dataSource();
        DataSource one = AuditDataSource.wrap(bare, trial().trail());
        DataSource two = AuditDataSource.wrap(bare, otherTrail);
        try (Connection first = one.getConnection();
                Connection second = two.getConnection()) {
            run(first, insert(1));
            run(second, insert(2));
        }
        assertThat(trial().told()).containsExactly("INSERT item 1 'n1'");
        assertThat(otherTrail.flush(Duration.ofSeconds(60))).isTrue();
        assertThat(otherSink.events().stream().map(Trial::line)).containsExactly("INSERT item 2 'n2'");
    }

    @Test
    void lookingForAnotherLayerIsNoGap() throws SQLException {
        try (HikariDataSource pool = pool(database().dataSource())) {
            work(AuditDataSource.builder(pool, trial().trail())
                    .background(database().dataSource())
                    .build());
        }
        assertThat(trial().events()).hasSize(4).noneMatch(Gap.class::isInstance);
    }
}
