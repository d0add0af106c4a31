package dev.afterimage.jdbc.store;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.resolve.StoreUnavailableException;
import dev.afterimage.jdbc.driver.UrlDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what is missing in the trail. The numbers of one instance are dense, so a number without an event, below one
 * that has arrived, is an event that is on its way or lost. Which of the two the store cannot know: the caller waits, and
 * then gives up what has not come.
 *
 * <p>Of each instance the store notes up to where nothing is open. A look goes on from there: every number is looked at
 * once, whatever the size of the trail. Several processes may do so at once. Takes a connection for each call;
 * thread-safe if the data source is.
 */
public final class Sealing {

    /** Numbers in one query, and in one transaction that keeps others from writing. */
    private static final long MOST_NUMBERS = 100_000;

    private final DataSource database;
    private final String history;

    /**
     * Makes one; the store's tables must be there when it is first used.
     *
     * @param history name of the history table
     * @throws ConfigurationException if the name is not a plain SQL name
     */
    public Sealing(DataSource database, String history) {
        this.database = database;
        this.history = JdbcAuditStore.checkedName(history);
    }

    /**
     * Makes one for the store that {@code audit.store.*} names.
     *
     * @throws ConfigurationException if the URL is missing, or the table's name is not a plain SQL name
     */
    public static Sealing of(AuditConfiguration configuration) {
        DataSource database = new UrlDataSource(
                configuration.text(Setting.STORE_URL),
                configuration.text(Setting.STORE_USER),
                configuration.text(Setting.STORE_PASSWORD));
        return new Sealing(database, configuration.text(Setting.STORE_TABLE));
    }

    /**
     * Seals each instance up to the first number that is missing.
     *
     * @return the instances of which a number behind that is missing
     * @throws StoreUnavailableException if the store cannot be asked; the caller may try again
     */
    public List<Sealed> advance() {
        List<Sealed> open = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            for (Sealed instance : read(connection, history, " WHERE sealed_to < newest")) {
                long to = advanced(connection, instance);
                if (to > instance.to()) {
                    seal(connection, instance.instance(), to, 0);
                }
                if (to < instance.newest()) {
                    open.add(new Sealed(
                            instance.instance(), instance.source(), to, instance.missing(), instance.newest()));
                }
            }
        } catch (SQLException e) {
            throw new StoreUnavailableException("What is missing in " + history + " could not be looked for", e);
        }
        return open;
    }

    /** All instances, or some, in the order of their numbers. */
    static List<Sealed> read(Connection connection, String history, String condition) throws SQLException {
        List<Sealed> found = new ArrayList<>();
        String sql = "SELECT instance, source, sealed_to, missing, newest FROM " + history + "_sealed" + condition
                + " ORDER BY instance";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new Sealed(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5)));
            }
        }
        return found;
    }

    private long advanced(Connection connection, Sealed instance) throws SQLException {
        String sql = "SELECT MIN(CASE WHEN sequence > previous + 1 THEN previous END), MAX(sequence) FROM "
                + withPrevious() + " AS numbers";
        long to = instance.to();
        while (to < instance.newest()) {
            long until = Math.min(instance.newest(), to + MOST_NUMBERS);
            long before = to;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, instance.instance(), to, until);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    Long hole = number(row, 1);
                    Long last = number(row, 2);
                    to = hole != null ? hole : last != null ? last : to;
                }
            }
            if (to < until) {
                return to;
            }
            if (to == before) {
                break;
            }
        }
        return to;
    }

    /** The numbers that are stored between two limits, each with the one before it, or the lower limit. */
    private String withPrevious() {
        return "(SELECT sequence, COALESCE(LAG(sequence) OVER (ORDER BY sequence), ?) AS previous FROM "
                + stored("sequence > ? AND sequence <= ?") + " AS stored)";
    }

    private String stored(String condition) {
        String where = " WHERE instance = ? AND " + condition;
        return "(SELECT sequence FROM " + history + where + " UNION ALL SELECT sequence FROM " + history + "_gap"
                + where + ")";
    }

    private static void bind(PreparedStatement statement, long instance, long after, long until) throws SQLException {
        statement.setLong(1, after);
        for (int index = 2; index <= 7; index += 3) {
            statement.setLong(index, instance);
            statement.setLong(index + 1, after);
            statement.setLong(index + 2, until);
        }
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    private void seal(Connection connection, long instance, long to, long missing) throws SQLException {
        String sql = "UPDATE " + history
                + "_sealed SET sealed_to = ?, missing = missing + ? WHERE instance = ? AND sealed_to < ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, to);
            statement.setLong(2, missing);
            statement.setLong(3, instance);
            statement.setLong(4, to);
            statement.executeUpdate();
        }
    }

    /**
     * Gives up what has not arrived: it becomes gaps, until it arrives after all.
     *
     * @param upTo for each instance a number that has arrived; what is missing below it is given up
     * @return how many numbers were given up
     * @throws StoreUnavailableException if not all of them were; the caller may try again
     */
    public long giveUp(Map<Long, Long> upTo) {
        long givenUp = 0;
        try (Connection connection = database.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
            Missing missing = new Missing(connection, dialect, history);
            for (Map.Entry<Long, Long> one : upTo.entrySet()) {
                givenUp += giveUp(connection, missing, one.getKey(), one.getValue());
            }
        } catch (SQLException e) {
            throw new StoreUnavailableException("What is missing in " + history + " could not be recorded", e);
        }
        return givenUp;
    }

    private long giveUp(Connection connection, Missing missing, long instance, long upTo) throws SQLException {
        long givenUp = 0;
        while (true) {
            // Nothing may arrive between the look and the record of it.
            JdbcAuditStore.takeTurn(connection, history);
            List<Sealed> noted = read(connection, history, " WHERE instance = " + instance);
            if (noted.isEmpty() || noted.get(0).to() >= upTo) {
                connection.commit();
                return givenUp;
            }
            Sealed now = noted.get(0);
            long until = nextStored(connection, instance, now.to(), upTo);
            List<Missing.Run> runs = runs(connection, instance, now.to(), until);
            long numbers = runs.stream().mapToLong(Missing.Run::size).sum();
            missing.tell(instance, now.source(), runs, EntryColumns.now());
            seal(connection, instance, until, numbers);
            connection.commit();
            givenUp += numbers;
        }
    }

    /** The last number of a part of suitable size: it is stored, so that no run goes on behind it. */
    private long nextStored(Connection connection, long instance, long after, long upTo) throws SQLException {
        Long last = bound(connection, "MAX", instance, after, Math.min(upTo, after + MOST_NUMBERS));
        Long next = last != null ? last : bound(connection, "MIN", instance, after, upTo);
        if (next == null) {
            throw new SQLException("Number " + upTo + " is not in " + history);
        }
        return next;
    }

    private @Nullable Long bound(Connection connection, String function, long instance, long after, long until)
            throws SQLException {
        String sql =
                "SELECT " + function + "(sequence) FROM " + stored("sequence > ? AND sequence <= ?") + " AS stored";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 1; index <= 4; index += 3) {
                statement.setLong(index, instance);
                statement.setLong(index + 1, after);
                statement.setLong(index + 2, until);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? number(row, 1) : null;
            }
        }
    }

    private List<Missing.Run> runs(Connection connection, long instance, long after, long until) throws SQLException {
        List<Missing.Run> runs = new ArrayList<>();
        String sql = "SELECT previous, sequence FROM " + withPrevious()
                + " AS numbers WHERE sequence > previous + 1 ORDER BY sequence";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, instance, after, until);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    runs.add(new Missing.Run(row.getLong(1) + 1, row.getLong(2) - 1));
                }
            }
        }
        return runs;
    }
}
