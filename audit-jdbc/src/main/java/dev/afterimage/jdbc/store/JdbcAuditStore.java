package dev.afterimage.jdbc.store;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.resolve.AuditStore;
import dev.afterimage.core.resolve.ObservedChange;
import dev.afterimage.core.resolve.StoreUnavailableException;
import dev.afterimage.core.resolve.TrailDerivation;
import dev.afterimage.core.resolve.TrailUpdate;
import dev.afterimage.core.table.Table;
import dev.afterimage.jdbc.driver.UrlDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit store in PostgreSQL, H2 or MariaDB. Facts are written once; claims about images may be corrected when later
 * facts demand it. Keeps one connection, and opens a new one after a failure. Used by one thread at a time.
 *
 * <p>Several stores, in several processes, may write to one database: what each derives must not change under it, so
 * they take turns, one transaction each, by a lock on the only row of the {@code _writer} table.
 */
public final class JdbcAuditStore implements AuditStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcAuditStore.class);
    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]{0,39}");
    private static final int PREPARE_TRIES = 10;
    private static final String PATIENT = "SET LOCK_TIMEOUT 60000";

    private final DataSource database;
    private final String history;
    private final Set<AuditedTable> tablesNoted = new HashSet<>();
    private @Nullable Connection connection;
    private @Nullable Dialect dialect;

    /**
     * Makes a store; connects when first used.
     *
     * @param database gives connections to the store's database
     * @param history name of the history table, with or without a schema
     * @throws ConfigurationException if the name is not a plain SQL name
     */
    public JdbcAuditStore(DataSource database, String history) {
        this.database = database;
        this.history = checkedName(history);
    }

    /**
     * Makes the store that {@code audit.store.*} names; connects when first used.
     *
     * @throws ConfigurationException if the URL is missing, or the table's name is not a plain SQL name
     */
    public static JdbcAuditStore of(AuditConfiguration configuration) {
        DataSource database = new UrlDataSource(
                configuration.text(Setting.STORE_URL),
                configuration.text(Setting.STORE_USER),
                configuration.text(Setting.STORE_PASSWORD));
        return new JdbcAuditStore(database, configuration.text(Setting.STORE_TABLE));
    }

    static String checkedName(String table) {
        if (!NAME.matcher(table).matches()) {
            throw new ConfigurationException("Property " + Setting.STORE_TABLE.key() + "=" + table
                    + " is not allowed. Allowed: letters, digits and underscores, at most 40, and a schema before it");
        }
        return table;
    }

    @Override
    public void prepare() {
        for (int tries = 1; ; tries++) {
            try {
                create();
                return;
            } catch (SQLException e) {
                close();
                // IF NOT EXISTS does not keep two creators from colliding; the second finds what the first has made.
                if (tries == PREPARE_TRIES) {
                    throw new StoreUnavailableException("The tables of " + history + " could not be made", e);
                }
            }
        }
    }

    private void create() throws SQLException {
        Connection open = connected();
        Dialect known = dialectOf(open);
        try (Statement statement = open.createStatement()) {
            if (known == Dialect.POSTGRESQL) {
                statement.execute("SELECT pg_advisory_xact_lock(" + EntryColumns.hash(history) + ")");
                statement.execute("SET LOCAL client_min_messages = warning");
            }
            for (String ddl : known.schema(history)) {
                statement.execute(ddl);
            }
            statement.executeUpdate(known.insert + history + "_writer (id) VALUES (1)" + known.unlessThere);
        }
        open.commit();
    }

    @Override
    public void apply(List<ObservedChange> changes, List<Gap> gaps) {
        if (changes.isEmpty() && gaps.isEmpty()) {
            return;
        }
        try {
            Connection open = connected();
            Dialect known = dialectOf(open);
            takeTurn(open, history);
            TrailUpdate update = TrailDerivation.derive(changes, new JdbcTrail(open, known, history));
            HistoryWriter writer = new HistoryWriter(open, known, history);
            writer.add(update.added(), tables(changes));
            writer.revise(update.revised());
            // Before the gaps: one of them may have the number under which it was told to be missing.
            new Arrivals(open, known, history).note(changes, gaps);
            writer.addGaps(gaps);
            Set<AuditedTable> newTables = TableNotes.newIn(changes, tablesNoted);
            new TableNotes(open, known, history).add(newTables);
            open.commit();
            tablesNoted.addAll(newTables);
        } catch (SQLException e) {
            close();
            throw new StoreUnavailableException("Changes could not be stored in " + history, e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Keeps all others from writing until the transaction ends. */
    static void takeTurn(Connection open, String history) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement
                    .executeQuery("SELECT id FROM " + history + "_writer WHERE id = 1 FOR UPDATE")
                    .close();
        }
    }

    private static Map<EventId, Table> tables(List<ObservedChange> changes) {
        Map<EventId, Table> tables = new HashMap<>();
        for (ObservedChange one : changes) {
            Table table = one.table();
            if (table != null) {
                tables.put(one.change().id(), table);
            }
        }
        return tables;
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.getConnection();
            connection = open;
            open.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            open.setAutoCommit(false);
            if (dialectOf(open) == Dialect.H2) {
                try (Statement statement = open.createStatement()) {
                    statement.execute(PATIENT); // H2 gives a turn to anybody, and gives up after two seconds.
                }
            }
        }
        return open;
    }

    private Dialect dialectOf(Connection open) throws SQLException {
        Dialect known = dialect;
        if (known == null) {
            known = Dialect.of(open.getMetaData().getDatabaseProductName());
            dialect = known;
        }
        return known;
    }

    /** Closes the connection; what was not committed is rolled back. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try (open) {
                open.rollback();
            } catch (SQLException e) {
                LOG.debug("Closing the connection to the store", e);
            }
        }
    }
}
