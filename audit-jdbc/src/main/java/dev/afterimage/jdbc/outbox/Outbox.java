package dev.afterimage.jdbc.outbox;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.codec.Stage;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.pipeline.Courier;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.core.resolve.FenceSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where the record of a transaction is written by the transaction itself. Of one data source; thread-safe. */
public final class Outbox {

    /** Bytes of a row's payload; more only where one entry is longer. */
    private static final int PART = 256 << 10;

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String source;
    private final String insert;
    private final Courier clock;

    private Outbox(String source, OutboxTables tables, Courier clock) {
        this.source = source;
        this.insert = tables.insert();
        this.clock = clock;
    }

    /** Whether any table's changes are to be as durable as the data. */
    public static boolean isWanted(AuditConfiguration configuration) {
        return configuration.flag(Setting.ENABLED)
                && (configuration.text(Setting.DURABILITY).equals("database")
                        || configuration.under(Setting.DURABILITY_OF).containsValue("database"));
    }

    /**
     * Makes the tables, if they are not there, and begins to relay.
     *
     * @param connections the bare database
     * @param database its positions and clock
     * @throws dev.afterimage.core.config.ConfigurationException if the tables cannot be used
     */
    public static Outbox open(AuditTrail trail, Source source, FenceSource database, DataSource connections) {
        String given = trail.configuration().text(Setting.OUTBOX_TABLE);
        OutboxTables tables = new OutboxSchema(source.name(), connections, given).open();
        Courier courier = trail.pipeline().courier(source, database);
        OutboxRelay relay = new OutboxRelay(tables, new Database(connections), courier);
        trail.pipeline().attend(relay);
        relay.start();
        return new Outbox(source.name(), tables, courier);
    }

    /**
     * Writes a record in the open transaction of a connection.
     *
     * @param writer the transaction's entries; not changed but for its header
     * @param inDoubt whether it is not known which of the entries the transaction holds
     * @throws SQLException if the record could not be written, as the driver says it
     */
    public void write(Connection raw, TransactionWriter writer, boolean inDoubt) throws SQLException {
        long number = NUMBERS.incrementAndGet();
        long now = System.nanoTime();
        try (PreparedStatement statement = raw.prepareStatement(insert)) {
            statement.setString(1, source);
            statement.setLong(2, clock.process());
            statement.setLong(3, number);
            statement.setLong(5, clock.clockBase());
            statement.setLong(6, clock.clockOffset());
            int end = writer.length();
            int from = TransactionWriter.headerLength();
            for (int part = 0; from < end; part++) {
                int to = writer.partEnd(from, PART);
                writer.header(0, part, to == end, inDoubt ? Stage.IN_DOUBT : Stage.COMMITTED, number, now, now);
                statement.setInt(4, part);
                statement.setBytes(7, writer.part(from, to));
                statement.executeUpdate();
                from = to;
            }
        }
    }

    /** Whether a name is that of a table of the outbox's own. */
    public static boolean owns(@Nullable String table, AuditConfiguration configuration) {
        String given = configuration.text(Setting.OUTBOX_TABLE);
        String name = given.substring(given.indexOf('.') + 1);
        return name.equalsIgnoreCase(table) || (name + "_relay").equalsIgnoreCase(table);
    }
}
