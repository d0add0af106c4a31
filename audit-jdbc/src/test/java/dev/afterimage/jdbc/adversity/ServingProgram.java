package dev.afterimage.jdbc.adversity;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.jdbc.AuditDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;

/**
 * An application that serves until it is asked to end, with a pool and a trail that are closed by shutdown hooks. It says
 * what it has committed and what its sink was told, line by line.
 */
public final class ServingProgram {

    private static final int THREADS = 2;

    private ServingProgram() {}

    /**
     * Arguments: who is closed first, {@code pool}, {@code trail} or {@code both}; whether the sink {@code answers} or is
     * {@code silent}; the spool's directory.
     */
    public static void main(String[] arguments) throws SQLException {
        boolean silent = arguments[1].equals("silent");
        AuditTrail trail = AuditTrail.start(
                AuditConfiguration.of(
                        Map.of("audit.spool.directory", arguments[2], "audit.shutdown-timeout", silent ? "2s" : "60s")),
                new TellingSink(silent));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:serving;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE");
        HikariDataSource pool = new HikariDataSource(config);
        JdbcDataSource background = new JdbcDataSource(); // The pool is closed when the trail still has to ask.
        background.setURL(config.getJdbcUrl());
        AuditDataSource audited =
                AuditDataSource.builder(pool, trail).background(background).build();
        try (Connection connection = Objects.requireNonNull(audited.getConnection())) {
            connection.createStatement().execute("create table t (id int primary key)");
        }
        hooks(arguments[0], pool, trail);
        AtomicInteger ids = new AtomicInteger();
        for (int i = 0; i < THREADS; i++) {
            new Thread(() -> serve(audited, ids), "worker-" + i).start();
        }
    }

    private static void hooks(String order, HikariDataSource pool, AuditTrail trail) {
        Runnable closing = () -> {
            System.out.println("closing");
            trail.close();
            System.out.println("closed " + trail.counters().snapshot().spooledEvents());
        };
        switch (order) {
            case "pool" ->
                hook(() -> {
                    pool.close();
                    closing.run();
                });
            case "trail" ->
                hook(() -> {
                    closing.run();
                    pool.close();
                });
            default -> {
                hook(pool::close);
                hook(closing);
            }
        }
    }

    private static void hook(Runnable last) {
        Runtime.getRuntime().addShutdownHook(new Thread(last));
    }

    /** Until the pool is closed, of which the driver and the pool speak by an SQLException, and nobody else by another one. */
    private static void serve(AuditDataSource audited, AtomicInteger ids) {
        while (true) {
            int id = ids.incrementAndGet();
            boolean asked = false;
            try (Connection connection = Objects.requireNonNull(audited.getConnection());
                    PreparedStatement insert =
                            Objects.requireNonNull(connection.prepareStatement("insert into t values (?)"))) {
                connection.setAutoCommit(false);
                insert.setInt(1, id);
                insert.executeUpdate();
                asked = true;
                connection.commit();
                asked = false;
                System.out.println("committed " + id);
            } catch (SQLException | RuntimeException | Error t) {
                System.out.println((asked ? "unknown " : "ended ") + id);
                if (!(t instanceof SQLException) && !isThePools(t)) {
                    System.out.println("hurt " + t);
                    t.printStackTrace();
                }
                return;
            }
        }
    }

    /** A pool that is closed under its users throws what it throws with the bare driver, too. */
    private static boolean isThePools(Throwable t) {
        return t.getStackTrace()[0].getClassName().startsWith("com.zaxxer.hikari.");
    }

    /** Says what it is told. */
    private record TellingSink(boolean silent) implements Sink {

        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            if (silent) {
                return new CompletableFuture<>();
            }
            for (AuditEvent event : batch) {
                if (event instanceof Change change && change.key() != null) {
                    System.out.println("told " + change.key().values().get(0));
                }
            }
            return CompletableFuture.completedFuture(Delivery.COMPLETE);
        }

        @Override
        public void close() {
            System.out.println("sink closed");
        }
    }
}
