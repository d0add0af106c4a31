package dev.afterimage.jdbc.outcome;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.jdbc.AuditDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.postgresql.ds.PGSimpleDataSource;

/** An application that writes by the outbox until it is killed; its sink never says that it has anything. */
public final class WritingProgram {

    private WritingProgram() {}

    /** Arguments: the database's URL, the first id, the seed. */
    public static void main(String[] arguments) throws SQLException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(arguments[0]);
        Random random = new Random(Long.parseLong(arguments[2]));
        AuditTrail trail =
                AuditTrail.start(AuditConfiguration.of(Map.of("audit.durability", "database")), new SilentSink());
        AuditDataSource audited = AuditDataSource.wrap(database, trail);
        try (Connection connection = Objects.requireNonNull(audited.getConnection())) {
            for (int id = Integer.parseInt(arguments[1]); ; id++) {
                connection.setAutoCommit(random.nextBoolean());
                Cases.run(connection, Cases.insert(id));
                if (!connection.getAutoCommit()) {
                    Cases.run(connection, "UPDATE item SET name = 'x' WHERE id = " + id);
                    if (random.nextInt(4) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                }
            }
        }
    }

    /** Takes everything, and never says so. */
    private static final class SilentSink implements Sink {
        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }
}
