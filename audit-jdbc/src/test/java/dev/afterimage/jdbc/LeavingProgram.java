package dev.afterimage.jdbc;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.sink.SinkProvider;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that ends while its connection is open; in a JVM of its own. */
public final class LeavingProgram {

    private static final CountDownLatch FIRST_DELIVERED = new CountDownLatch(1);

    private LeavingProgram() {}

    /** Works before its end; and in a shutdown hook of its own where an argument says so. */
    public static void main(String[] arguments) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:audit:h2:mem:leaving");
        connection.createStatement().execute("create table t (id int primary key)");
        connection.createStatement().execute("insert into t values (1)");
        if (arguments.length > 0) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> workInAHook(connection)));
        }
    }

    private static void workInAHook(Connection connection) {
        try {
            // Hooks run in any order, and an H2 in memory is gone with its last connection: the audit asks it first.
            FIRST_DELIVERED.await();
            connection.createStatement().execute("insert into t values (2)");
            connection.close();
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code audit.sink=printing}: prints changes, a while after they were sent. */
    public static final class Printing implements SinkProvider {

        @Override
        public String name() {
            return "printing";
        }

        @Override
        public Sink create(AuditConfiguration configuration) {
            return new PrintingSink();
        }
    }

    private static final class PrintingSink implements Sink {

        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            return CompletableFuture.supplyAsync(
                    () -> print(batch), CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        }

        private static Delivery print(List<AuditEvent> batch) {
            for (AuditEvent event : batch) {
                if (event instanceof Change change && change.key() != null) {
                    System.out.println("change " + change.key().values());
                }
            }
            FIRST_DELIVERED.countDown();
            return Delivery.COMPLETE;
        }

        @Override
        public void close() {
            System.out.println("closed");
        }
    }
}
