package dev.afterimage.jdbc.adversity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Gap;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.outcome.GatedSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM in the middle of the work: what a container's stop is. */
@Timeout(200)
class ShutdownTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int TERMINATED = 143;
    private static final Pattern LEFT = Pattern.compile("(\\d+) events were not delivered; they lie in (\\S+),");

    @TempDir
    private Path directory;

    private List<String> lines(String first, String sink) throws Exception {
        String spool = directory.resolve("spool").toString();
        try (ChildJvm program = ChildJvm.start(
                directory.resolve("log"), null, List.of("-Xmx64m"), ServingProgram.class, first, sink, spool)) {
            List<String> lines = new ArrayList<>();
            while (lines.size() < 500) {
                lines.add(program.line());
            }
            program.terminate();
            lines.addAll(program.rest());
            assertThat(program.exitValue()).isEqualTo(TERMINATED);
            assertThat(lines).as(program::logged).noneMatch(line -> line.startsWith("hurt"));
            assertThat(lines).filteredOn("sink closed"::equals).hasSize(1);
            return lines;
        }
    }

    private static List<String> numbers(Stream<String> lines, String word) {
        return lines.filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    /** What was committed while the trail took records, however its end and the pool's are ordered. */
    @ParameterizedTest
    @ValueSource(strings = {"pool", "trail", "both"})
    void whatWasCommittedIsDelivered(String first) throws Exception {
        List<String> lines = lines(first, "answers");

        int closing = lines.indexOf("closing");
        List<String> committed = numbers(lines.stream().limit(closing), "committed");
        List<String> told = numbers(lines.stream(), "told");
        assertThat(told).containsAll(committed).doesNotHaveDuplicates();
        List<String> possible = new ArrayList<>(numbers(lines.stream(), "committed"));
        possible.addAll(numbers(lines.stream(), "unknown"));
        assertThat(possible).as("nothing is told that was not committed").containsAll(told);
        if (first.equals("pool")) { // Else work that goes on may be caught between its announcement and its outcome.
            assertThat(lines).contains("closed 0");
        }
    }

    @Test
    void whatWasNotDeliveredIsCountedAndLiesWhereTheLogSays() throws Exception {
        List<String> lines = lines("pool", "silent");

        List<String> committed = numbers(lines.stream(), "committed");
        Path log = directory.resolve("log");
        Matcher left = LEFT.matcher(Files.readString(log));
        assertThat(left.find()).as("the log says what is left").isTrue();
        assertThat(Path.of(left.group(2))).startsWith(directory.resolve("spool"));
        assertThat(lines).contains("closed " + left.group(1));

        List<AuditEvent> sent = sentByTheNext(Integer.parseInt(left.group(1)));
        assertThat(sent).hasSize(Integer.parseInt(left.group(1))).noneMatch(Gap.class::isInstance);
        assertThat(sent.stream()
                        .map(event -> String.valueOf(Objects.requireNonNull(((Change) event).key())
                                .values()
                                .get(0)))
                        .toList())
                .containsAll(committed);
    }

    private List<AuditEvent> sentByTheNext(int expected) throws SQLException {
        GatedSink sink = new GatedSink();
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:");
        Map<String, String> settings =
                Map.of("audit.spool.directory", directory.resolve("spool").toString());
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(settings), sink);
                Connection connection = Objects.requireNonNull(
                        AuditDataSource.wrap(database, trail).getConnection())) {
            await().atMost(LONG).until(() -> sink.events().size() >= expected);
            assertThat(trail.flush(LONG)).isTrue();
            assertThat(connection.isClosed()).isFalse();
        }
        return sink.events();
    }
}
