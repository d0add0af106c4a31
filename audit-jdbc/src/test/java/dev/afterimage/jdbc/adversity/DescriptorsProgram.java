package dev.afterimage.jdbc.adversity;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Gap;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.outcome.GatedSink;
import java.io.FileInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;

/** An application that has a connection, and works on by it when no file descriptor is left, while the sink is away. */
public final class DescriptorsProgram {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int BEFORE = 2_000;
    private static final int WITHOUT = 3_000;
    private static final int AFTERWARDS = 100;
    private static final String VALUE = "x".repeat(200);

    private final GatedSink sink = new GatedSink();
    private long failed;
    private long committed;

    private DescriptorsProgram() {}

    /** Arguments: the durability, the spool's directory. */
    public static void main(String[] arguments) throws SQLException, IOException {
        new DescriptorsProgram().run(arguments[0], arguments[1]);
    }

    private void run(String durability, String directory) throws SQLException, IOException {
        AuditTrail trail = AuditTrail.start(
                AuditConfiguration.of(Map.of(
                        "audit.durability", durability,
                        "audit.overflow", "spill",
                        "audit.overflow.wait", "1ms",
                        "audit.ring.size", "64KiB",
                        "audit.spool.max-size", "1MiB",
                        "audit.spool.directory", directory)),
                sink);
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:descriptors;DB_CLOSE_DELAY=-1");
        AuditDataSource audited = AuditDataSource.wrap(database, trail);
        try (Connection connection = Objects.requireNonNull(audited.getConnection())) {
            connection.createStatement().execute("create table t (id int primary key, v varchar)");
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    Objects.requireNonNull(connection.prepareStatement("insert into t (id, v) values (?, ?)"))) {
                sink.shut();
                work(connection, insert, BEFORE);
                sink.open();
                System.out.println("delivered before: " + trail.flush(LONG));

                Deque<FileInputStream> taken = takeAll();
                sink.shut();
                work(connection, insert, WITHOUT);
                sink.open();
                for (FileInputStream file : taken) {
                    file.close();
                }
                trail.flush(LONG);
                work(connection, insert, AFTERWARDS);
            }
        }
        System.out.println("delivered: " + trail.flush(LONG));
        trail.close();
        report();
        System.err.println(trail.counters().snapshot());
    }

    private void work(Connection connection, PreparedStatement insert, int transactions) {
        for (int i = 0; i < transactions; i++) {
            try {
                insert.setLong(1, committed);
                insert.setString(2, VALUE);
                if (insert.executeUpdate() != 1) {
                    throw new IllegalStateException("another count");
                }
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                e.printStackTrace();
                failed++;
            }
            committed++;
        }
    }

    private static Deque<FileInputStream> takeAll() {
        Deque<FileInputStream> taken = new ArrayDeque<>();
        while (true) {
            try {
                taken.add(new FileInputStream("/dev/null"));
            } catch (IOException none) {
                return taken;
            }
        }
    }

    private void report() {
        Set<Object> told = new HashSet<>();
        long lost = 0;
        for (AuditEvent event : sink.events()) {
            if (event instanceof Change change && change.key() != null) {
                told.add(change.key());
            } else if (event instanceof Gap gap) {
                System.err.println(gap.reason() + " " + gap.detail() + " " + gap.lost());
                lost += Math.max(0, gap.lost());
            }
        }
        System.out.println("calls that failed: " + failed);
        System.out.println("neither told nor in a gap: " + (committed - told.size() - lost));
        System.out.println("lost: " + (lost > 0));
    }
}
