package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** The application itself inserts into an outbox table, in the same transaction. */
final class OutboxVariant implements Variant {

    private static final String TABLE = Schema.NAME + ".outbox";
    private static final String INSERT = "insert into " + TABLE
            + " (aggregate, aggregate_id, operation, payload) values (?, ?, ?, cast(? as jsonb))";

    private final boolean batched;

    private OutboxVariant(boolean batched) {
        this.batched = batched;
    }

    /** An insert after each statement. */
    static OutboxVariant perStatement() {
        return new OutboxVariant(false);
    }

    /** One multi-row insert before the commit. */
    static OutboxVariant batched() {
        return new OutboxVariant(true);
    }

    @Override
    public String name() {
        return batched ? "outbox-batched" : "outbox-statement";
    }

    @Override
    public Kind kind() {
        return Kind.TRAIL;
    }

    @Override
    public String note() {
        return (batched
                        ? "one multi-row insert into an outbox table before each commit"
                        : "an outbox insert after each write")
                + "; no relay reads the table";
    }

    @Override
    public Recording open(Database database, Condition condition) throws SQLException {
        database.execute(List.of("create table " + TABLE
                + " (id bigint generated always as identity primary key, aggregate text not null, aggregate_id text not null,"
                + " operation text not null, payload jsonb not null, created_at timestamptz not null default now())"));
        return new Inserted(database, database.pool(condition, batched), batched);
    }

    private record Inserted(Database database, HikariDataSource pool, boolean batched) implements Recording {

        @Override
        public DataSource dataSource() {
            return pool;
        }

        @Override
        public Outbox outbox() {
            return batched ? new BatchedOutbox() : new StatementOutbox();
        }

        @Override
        public OptionalLong recorded() throws SQLException {
            return OptionalLong.of(database.number("select count(*) from " + TABLE));
        }

        @Override
        public void close() throws SQLException {
            pool.close();
            database.execute(List.of("drop table " + TABLE));
        }
    }

    private record Entry(String table, String operation, long key, int delta) {

        void bind(PreparedStatement insert) throws SQLException {
            insert.setString(1, table);
            insert.setString(2, Long.toString(key));
            insert.setString(3, operation);
            insert.setString(4, "{\"id\":" + key + ",\"delta\":" + delta + "}");
        }
    }

    private static final class StatementOutbox implements Outbox {

        @Override
        public void changed(Connection connection, String table, String operation, long key, int delta)
                throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                new Entry(table, operation, key, delta).bind(insert);
                insert.executeUpdate();
            }
        }

        @Override
        public void committing(Connection connection) {}
    }

    private static final class BatchedOutbox implements Outbox {
        private final List<Entry> entries = new ArrayList<>();

        @Override
        public void changed(Connection connection, String table, String operation, long key, int delta) {
            entries.add(new Entry(table, operation, key, delta));
        }

        @Override
        public void committing(Connection connection) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (Entry entry : entries) {
                    entry.bind(insert);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            entries.clear();
        }
    }
}
