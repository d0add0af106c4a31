package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Debezium's embedded engine reads the database's log. */
final class DebeziumVariant implements Variant {

    private static final String SLOT = "tpcb_benchmark";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "debezium";
    }

    @Override
    public Kind kind() {
        return Kind.TRAIL;
    }

    @Override
    public String note() {
        return "its embedded engine in this JVM with default settings, pgoutput, offsets in memory; events are counted, not"
                + " serialised and not sent";
    }

    @Override
    public Recording open(Database database, Condition condition) throws SQLException, VariantUnavailableException {
        if (database.number("select (current_setting('wal_level') = 'logical')::int") == 0) {
            throw new VariantUnavailableException("the server's wal_level is not logical");
        }
        Engine engine = new Engine(database);
        try {
            engine.awaitStreaming();
            return new Streamed(database.pool(condition), engine);
        } catch (SQLException | VariantUnavailableException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private record Streamed(HikariDataSource pool, Engine engine) implements Recording {

        @Override
        public DataSource dataSource() {
            return pool;
        }

        @Override
        public OptionalLong arrived() {
            return OptionalLong.of(engine.events.sum());
        }

        @Override
        public OptionalLong recorded() {
            return arrived();
        }

        @Override
        public void close() throws SQLException {
            pool.close();
            engine.close();
        }
    }

    /** One run of the engine, with a replication slot of its own. */
    private static final class Engine implements AutoCloseable {
        private final Database database;
        private final LongAdder events = new LongAdder();
        private final ExecutorService executor = Executors.newSingleThreadExecutor();
        private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
        private volatile @Nullable String end;

        Engine(Database database) {
            this.database = database;
            this.engine = DebeziumEngine.create(Connect.class)
                    .using(properties(database))
                    .using((success, message, error) -> end = message + (error == null ? "" : ": " + error))
                    .notifying(this::count)
                    .build();
            executor.execute(engine);
        }

        private void count(
                List<ChangeEvent<SourceRecord, SourceRecord>> batch,
                DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
                throws InterruptedException {
            for (ChangeEvent<SourceRecord, SourceRecord> event : batch) {
                committer.markProcessed(event);
            }
            committer.markBatchFinished();
            events.add(batch.size());
        }

        /** Changes committed once the slot is read from will be events: the slot's position is before them. */
        void awaitStreaming() throws SQLException, VariantUnavailableException {
            boolean streaming = Wait.until(LIMIT, () -> end != null || slots("active") > 0);
            if (!streaming || end != null) {
                throw new VariantUnavailableException("The engine does not begin to read: " + end);
            }
        }

        private long slots(String condition) throws SQLException {
            return database.number(
                    "select count(*) from pg_replication_slots where slot_name = '" + SLOT + "' and " + condition);
        }

        /** An engine that has ended by itself refuses to be closed. */
        private void stop() {
            if (end == null) {
                try {
                    engine.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        @Override
        public void close() throws SQLException {
            stop();
            executor.shutdown();
            Wait.until(LIMIT, executor::isTerminated);
            Wait.until(LIMIT, () -> slots("active") == 0);
            if (slots("true") > 0) {
                database.execute(List.of("select pg_drop_replication_slot('" + SLOT + "')"));
            }
            database.execute(List.of("drop publication if exists " + SLOT));
        }
    }

    private static Properties properties(Database database) {
        PGSimpleDataSource address = database.address();
        Properties properties = new Properties();
        properties.setProperty("name", SLOT);
        properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        properties.setProperty("topic.prefix", "tpcb");
        properties.setProperty("database.hostname", address.getServerNames()[0]);
        properties.setProperty("database.port", Integer.toString(address.getPortNumbers()[0]));
        properties.setProperty("database.dbname", Objects.requireNonNullElse(address.getDatabaseName(), "postgres"));
        properties.setProperty("database.user", Objects.requireNonNullElse(address.getUser(), "postgres"));
        properties.setProperty("database.password", Objects.requireNonNullElse(address.getPassword(), ""));
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", SLOT);
        properties.setProperty("slot.drop.on.stop", "true");
        properties.setProperty("publication.name", SLOT);
        properties.setProperty("publication.autocreate.mode", "filtered");
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty(
                "table.include.list",
                Schema.TABLES.stream().map(table -> Schema.NAME + "." + table).collect(Collectors.joining(",")));
        return properties;
    }
}
