package dev.afterimage.jdbc.store;

import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The three typed views of an audited table in the audit store: {@code _delta}, {@code _snapshot} and {@code _compare}.
 * Thread-safe if the data source is; several processes may make the same views at once.
 *
 * <p>A view is made over when the source table's columns have changed. What the history holds of a column that is gone
 * stays in the view's documents; what it holds of one that was renamed is under its old name there.
 */
public final class HistoryViews {

    private static final int TRIES = 10;
    private static final int LONGEST_NAME = 63;
    private static final int VALIDATES_INPUT = 16;

    private final DataSource database;
    private final String history;

    /**
     * Makes nothing yet.
     *
     * @param database gives connections to the store's database, of a user who may create views
     * @param history name of the history table
     */
    public HistoryViews(DataSource database, String history) {
        this.database = database;
        this.history = JdbcAuditStore.checkedName(history);
    }

    /**
     * Makes the views of a table, or makes them over.
     *
     * @param table the source table as it is now
     * @param name what the views' names begin with, within the schema of the history table
     * @return the views' names
     * @throws SQLException if the store refuses; then the views are as they were
     * @throws IllegalArgumentException if the name is too long, or other views have it
     */
    public List<String> make(Table table, String name) throws SQLException {
        if (name.length() + "_snapshot".length() > LONGEST_NAME) {
            throw new IllegalArgumentException("Views of " + table.name() + " need a shorter name than " + name);
        }
        for (int tries = 1; ; tries++) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                return make(connection, table, name);
            } catch (SQLException e) {
                // Where definitions are not part of a transaction, two makers may collide; the second then succeeds.
                if (tries == TRIES || Dialect.of(productName()) == Dialect.POSTGRESQL) {
                    throw e;
                }
            }
        }
    }

    private String productName() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getDatabaseProductName();
        }
    }

    private List<String> make(Connection connection, Table table, String name) throws SQLException {
        Dialect dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
        try (Statement statement = connection.createStatement()) {
            if (dialect == Dialect.POSTGRESQL) {
                statement.execute("SELECT pg_advisory_xact_lock(" + EntryColumns.hash(history + "_view") + ")");
                statement.execute("SET LOCAL client_min_messages = warning");
            }
            statement.execute("CREATE TABLE IF NOT EXISTS " + history + "_view (name varchar(63) PRIMARY KEY, of_table "
                    + dialect.text + " NOT NULL)");
            claim(connection, dialect, name, table.name());
            List<String> names = new ArrayList<>();
            for (Map.Entry<String, String> view :
                    queries(connection, dialect, table).entrySet()) {
                String full = place(name + view.getKey(), dialect);
                replace(statement, dialect, full, view.getValue());
                names.add(full);
            }
            connection.commit();
            return names;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    /** Views of another table, or of nobody we know, are never replaced. */
    private void claim(Connection connection, Dialect dialect, String name, TableName table) throws SQLException {
        String lower = name.toLowerCase(Locale.ROOT);
        String owner = owner(connection, lower);
        if (owner == null && isTaken(connection, dialect, lower)) {
            // Another maker may have been quicker: it tells the owner before it makes a view.
            owner = Objects.requireNonNullElse(owner(connection, lower), "somebody else");
        }
        if (owner == null) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO " + history + "_view (name, of_table) VALUES (?, ?)")) {
                insert.setString(1, lower);
                insert.setString(2, table.toString());
                insert.executeUpdate();
            }
        } else if (!owner.equals(table.toString())) {
            throw new IllegalArgumentException("The views " + name + "_... are of " + owner + ": give another name");
        }
    }

    private @Nullable String owner(Connection connection, String name) throws SQLException {
        return text(connection, "SELECT of_table FROM " + history + "_view WHERE name = ?", name);
    }

    private boolean isTaken(Connection connection, Dialect dialect, String name) throws SQLException {
        int dot = history.indexOf('.');
        String schema = dot > 0
                ? history.substring(0, dot)
                : dialect == Dialect.MARIADB ? connection.getCatalog() : connection.getSchema();
        String sql = "SELECT 1 FROM information_schema.tables WHERE lower(table_schema) = lower(?)"
                + " AND lower(table_name) IN (?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            statement.setString(2, name + "_delta");
            statement.setString(3, name + "_snapshot");
            statement.setString(4, name + "_compare");
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private Map<String, String> queries(Connection connection, Dialect dialect, Table table) throws SQLException {
        List<ViewColumn> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            columns.add(ViewColumn.of(column, dialect, ownType(connection, dialect, column)));
        }
        ViewSql sql = new ViewSql(dialect, history, table.name(), columns);
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("_delta", sql.delta());
        queries.put("_snapshot", sql.snapshot());
        queries.put("_compare", sql.compare());
        return queries;
    }

    /** PostgreSQL's own type of that name, if this PostgreSQL can tell whether a text is one of its values. */
    private static @Nullable String ownType(Connection connection, Dialect dialect, Column column) throws SQLException {
        if (dialect != Dialect.POSTGRESQL || connection.getMetaData().getDatabaseMajorVersion() < VALIDATES_INPUT) {
            return null;
        }
        String type = switch (column.type().name()) {
            case "bigserial" -> "int8";
            case "serial" -> "int4";
            case "smallserial" -> "int2";
            // A view's reader may have another currency.
            case "money" -> "text";
            default -> column.type().name();
        };
        return text(
                connection,
                "SELECT format_type(oid, -1) FROM pg_type WHERE typname = ?"
                        + " AND typnamespace = 'pg_catalog'::regnamespace AND typtype <> 'p'",
                type);
    }

    private static @Nullable String text(Connection connection, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private String place(String view, Dialect dialect) {
        int dot = history.indexOf('.');
        // Spelled as people will: the databases fold what is not quoted.
        String name = view.matches("[A-Za-z_][A-Za-z0-9_]*") ? view : ViewSql.quoted(view, dialect);
        return dot < 0 ? name : history.substring(0, dot + 1) + name;
    }

    /** Replaced where only columns at the end are new, which keeps what was granted on it; else made anew. */
    private static void replace(Statement statement, Dialect dialect, String view, String query) throws SQLException {
        if (dialect != Dialect.POSTGRESQL) {
            statement.execute("CREATE OR REPLACE VIEW " + view + " AS " + query);
            return;
        }
        statement.execute("SAVEPOINT replacing");
        try {
            statement.execute("CREATE OR REPLACE VIEW " + view + " AS " + query);
        } catch (SQLException columnsDiffer) {
            statement.execute("ROLLBACK TO SAVEPOINT replacing");
            statement.execute("DROP VIEW IF EXISTS " + view);
            statement.execute("CREATE VIEW " + view + " AS " + query);
        }
    }
}
