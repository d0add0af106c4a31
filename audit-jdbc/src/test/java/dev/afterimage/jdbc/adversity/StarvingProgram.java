package dev.afterimage.jdbc.adversity;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Gap;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.outcome.GatedSink;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An application that works on while there is not a byte of heap left. It touches no memory of its own then. */
public final class StarvingProgram {

    private static final String URL = "jdbc:h2:mem:starving;DB_CLOSE_DELAY=-1";
    private static final int ROUNDS = 12;
    private static final int AFTERWARDS = 100;
    /** So long that every buffer of the audit has to grow for it. */
    private static final String LONG = "x".repeat(60_000);

    private final StarvingDriver driver = new StarvingDriver();
    private final GatedSink sink = new GatedSink();
    private @Nullable Object ballast;
    private @Nullable Throwable seen;
    private int expected;

    /** Arguments: the durability, the spool's directory. */
    public static void main(String[] arguments) throws SQLException {
        new StarvingProgram().run(arguments[0], arguments[1]);
    }

    private void run(String durability, String directory) throws SQLException {
        DriverManager.getConnection(URL).createStatement().execute("create table t (id bigint primary key, v varchar)");
        AuditConfiguration configuration = AuditConfiguration.of(
                Map.of("audit.durability", durability, "audit.spool.directory", directory, "audit.ring.size", "1MiB"));
        AuditTrail trail = AuditTrail.start(configuration, sink);
        AuditDataSource audited = AuditDataSource.wrap(driver.dataSource(URL), trail);
        try (Connection connection = Objects.requireNonNull(audited.getConnection());
                PreparedStatement insert =
                        Objects.requireNonNull(connection.prepareStatement("insert into t (id, v) values (?, ?)"))) {
            connection.setAutoCommit(false);
            round(connection, insert, 100);
            committed(connection, insert, 1);
            trail.flush(Duration.ofSeconds(60));
            for (int round = 0; round < ROUNDS; round++) {
                starve();
                round(connection, insert, 1_000 + 10L * round);
            }
            ballast = null;
            for (int i = 0; i < AFTERWARDS; i++) {
                committed(connection, insert, 1_000_000 + i);
            }
        }
        boolean delivered = trail.flush(Duration.ofSeconds(60));
        trail.close();
        report(delivered, trail);
    }

    /** Takes all the memory there is, down to the last bytes. */
    private void starve() {
        for (int size = 1 << 18; size > 0; size /= 64) {
            try {
                while (true) {
                    ballast = new Object[] {ballast, new byte[size]};
                }
            } catch (OutOfMemoryError full) {
                // As wanted.
            }
        }
    }

    /** The ids: 0 rolled back, 1 committed, 2 to 4 a batch, 5 under autocommit. */
    private void round(Connection connection, PreparedStatement insert, long id) {
        try {
            insert(insert, id, LONG);
            expected++;
            connection.rollback();
            expected++;
            committed(connection, insert, id + 1);
            for (int row = 0; row < StarvingDriver.BATCH; row++) {
                insert.setLong(1, id + 2 + row);
                insert.setString(2, row == 1 ? LONG : "short");
                insert.addBatch();
            }
            insert.executeBatch();
            expected++;
            connection.commit();
            expected++;
            connection.setAutoCommit(true);
            insert(insert, id + 5, "short");
            expected++;
            connection.setAutoCommit(false);
        } catch (Throwable t) {
            seen = seen == null ? t : seen;
        }
    }

    private void committed(Connection connection, PreparedStatement insert, long id) throws SQLException {
        insert(insert, id, "short");
        expected++;
        connection.commit();
        expected++;
    }

    private static void insert(PreparedStatement insert, long id, String value) throws SQLException {
        insert.setLong(1, id);
        insert.setString(2, value);
        insert.executeUpdate();
    }

    private void report(boolean delivered, AuditTrail trail) {
        if (seen != null) {
            seen.printStackTrace();
        }
        List<Change> changes = new ArrayList<>();
        long gaps = 0;
        for (AuditEvent event : sink.events()) {
            if (event instanceof Change change) {
                changes.add(change);
            } else if (event instanceof Gap gap) {
                gaps++;
                System.err.println(gap.reason() + " " + gap.detail());
            }
        }
        System.out.println("seen by the application: " + seen);
        System.out.println("calls of the driver missing: " + (expected - driver.calls()));
        System.out.println("delivered: " + delivered);
        System.out.println("gaps told: " + (gaps > 0));
        System.out.println("told afterwards: "
                + changes.stream().filter(change -> id(change) >= 1_000_000).count());
        System.out.println("rolled back and told: "
                + changes.stream().filter(StarvingProgram::isRolledBack).count());
        System.out.println("told with another's value: "
                + changes.stream().filter(StarvingProgram::isWrong).count());
        System.out.println("sequence whole: " + isWhole());
        System.err.println("told while starved: " + (changes.size() - 6 - AFTERWARDS) + "; "
                + trail.counters().snapshot());
    }

    private boolean isWhole() {
        long[] numbers = sink.events().stream()
                .mapToLong(event -> event.id().sequence())
                .sorted()
                .distinct()
                .toArray();
        return numbers.length == numbers[numbers.length - 1];
    }

    private static long id(Change change) {
        return change.key() == null || change.key().values().isEmpty()
                ? -1
                : Long.parseLong(change.key().values().get(0));
    }

    private static boolean isRolledBack(Change change) {
        return id(change) >= 1_000 && id(change) < 1_000_000 && id(change) % 10 == 0;
    }

    /** Of all committed rows only the second of a batch is long. A value may be missing, and is never another one. */
    private static boolean isWrong(Change change) {
        boolean isLong = id(change) >= 1_000 && id(change) < 1_000_000 && id(change) % 10 == 3;
        for (Assignment assignment : change.assigned()) {
            String value = String.valueOf(assignment.value());
            if (assignment.column().equalsIgnoreCase("v") && value.contains(isLong ? "short" : "xxx")) {
                return true;
            }
        }
        return false;
    }
}
