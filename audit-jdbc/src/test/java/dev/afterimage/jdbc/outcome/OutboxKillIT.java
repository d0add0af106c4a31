package dev.afterimage.jdbc.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.EventId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code audit.durability=database}, and the application killed while it writes. */
class OutboxKillIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ROUNDS = Integer.getInteger("audit.crash.rounds", 3);
    private static final Shared<PostgresDatabase> DATABASE = new Shared<>(PostgresDatabase::new);

    @BeforeAll
    static void open() {
        DATABASE.open();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void whatAKilledApplicationHasCommittedIsRelayedByTheNext() throws Exception {
        TestDatabase database = new OutboxDatabase(DATABASE.get());
        database.recreate();
        long seed = Long.getLong("audit.seed", System.nanoTime());
        for (int round = 0; round < ROUNDS; round++) {
            long before = rows(database);
            Process application = start(database, 1_000_000 * (round + 1), seed + round);
            try {
                await().atMost(LONG).until(() -> rows(database) > before + 50);
            } finally {
                application.destroyForcibly().waitFor();
            }
        }
        try (Trial next = new Trial(database, database.dataSource(), Map.of())) {
            List<AuditEvent> events = next.events();
            assertThat(events.stream().map(Trial::line))
                    .as("seed=" + seed)
                    .containsExactlyElementsOf(Trial.happened(database));
            Set<EventId> ids = new HashSet<>();
            events.forEach(event -> ids.add(event.id()));
            assertThat(ids.stream().mapToLong(EventId::sequence).sorted().toArray())
                    .isEqualTo(LongStream.rangeClosed(1, events.size()).toArray());
            System.out.println("kill: mode=database rounds=" + ROUNDS + " committed=" + events.size()
                    + ", told exactly and once, seed=" + seed);
        }
    }

    private static Process start(TestDatabase database, int firstId, long seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WritingProgram.class.getName(),
                        database.url(),
                        String.valueOf(firstId),
                        String.valueOf(seed))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File("target/outbox-kill.log")))
                .start();
    }

    private static long rows(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM witness")) {
            row.next();
            return row.getLong(1);
        }
    }
}
