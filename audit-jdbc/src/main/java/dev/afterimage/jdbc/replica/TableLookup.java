package dev.afterimage.jdbc.replica;

import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks up tables on one connection. */
final class TableLookup {

    private static final Set<String> BASE_TABLES =
            Set.of("TABLE", "BASE TABLE", "PARTITIONED TABLE", "SYSTEM VERSIONED");

    private final Connection connection;
    private final DatabaseMetaData metaData;
    private final Product product;

    TableLookup(Connection connection) throws SQLException {
        this.connection = connection;
        this.metaData = connection.getMetaData();
        this.product = Product.of(metaData.getDatabaseProductName());
    }

    /** Finds a table by its name as written, and by the path that is searched for it; an empty one is the connection's. */
    @Nullable
    Table find(TableName written, String path) throws SQLException {
        TableName asked = complete(written, path);
        TableName name = asked == null ? null : baseTable(asked);
        if (name == null) {
            return null;
        }
        List<String> keys = keyColumns(name);
        return new Table(
                name,
                columns(name, hasTriggers(name)),
                keys,
                hasNoOtherUniqueIndex(name, keys),
                autoIncrement(name),
                returnsRows(name));
    }

    private @Nullable TableName complete(TableName name, String path) throws SQLException {
        String given = path.isEmpty() ? null : path;
        return switch (product) {
            case POSTGRESQL -> name.schema() == null ? searched(name, path) : name;
            case MARIADB ->
                // What a statement writes before the dot is a database, which JDBC calls a catalog.
                new TableName(
                        firstOf(name.catalog(), name.schema(), given, connection.getCatalog()), null, name.name());
            case H2, OTHER ->
                new TableName(name.catalog(), firstOf(name.schema(), given, connection.getSchema()), name.name());
        };
    }

    private static @Nullable String firstOf(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    /** The search path decides, and only the database can walk it. A path of the application's is tried and undone. */
    private @Nullable TableName searched(TableName name, String path) throws SQLException {
        if (path.isEmpty()) {
            return searched(name);
        }
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (PreparedStatement set = connection.prepareStatement("SELECT set_config('search_path', ?, true)")) {
            set.setString(1, path);
            set.execute();
            return searched(name);
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private @Nullable TableName searched(TableName name) throws SQLException {
        String sql = "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.oid = to_regclass(quote_ident(?))";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new TableName(name.catalog(), row.getString(1), name.name()) : null;
            }
        }
    }

    private @Nullable TableName baseTable(TableName name) throws SQLException {
        try (ResultSet row = metaData.getTables(name.catalog(), pattern(name.schema()), pattern(name.name()), null)) {
            while (row.next()) {
                if (row.getString("TABLE_NAME").equals(name.name())
                        && BASE_TABLES.contains(row.getString("TABLE_TYPE"))) {
                    String catalog = product == Product.MARIADB ? row.getString("TABLE_CAT") : null;
                    return new TableName(catalog, row.getString("TABLE_SCHEM"), name.name());
                }
            }
        }
        return null;
    }

    /** Metadata methods take patterns; a name may hold what is a wildcard there. */
    private @Nullable String pattern(@Nullable String name) throws SQLException {
        if (name == null) {
            return null;
        }
        String escape = metaData.getSearchStringEscape();
        if (escape == null || escape.isEmpty()) {
            return name;
        }
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private List<Column> columns(TableName name, boolean triggers) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet row = metaData.getColumns(name.catalog(), pattern(name.schema()), pattern(name.name()), "%")) {
            while (row.next()) {
                if (row.getString("TABLE_NAME").equals(name.name())) {
                    int jdbcType = row.getInt("DATA_TYPE");
                    ColumnType type = ColumnTypes.of(
                            jdbcType,
                            row.getString("TYPE_NAME"),
                            row.getInt("COLUMN_SIZE"),
                            hidesDigits(jdbcType) ? -1 : row.getInt("DECIMAL_DIGITS"));
                    boolean generated = "YES".equals(row.getString("IS_GENERATEDCOLUMN"));
                    columns.add(
                            new Column(row.getString("COLUMN_NAME"), type, triggers || generated || curtails(type)));
                }
            }
        }
        return columns;
    }

    /** MariaDB's driver says 0 for the digits of every time: what is read must not be rounded to that. */
    private boolean hidesDigits(int jdbcType) {
        return product == Product.MARIADB && (jdbcType == Types.TIME || jdbcType == Types.TIMESTAMP);
    }

    /**
     * Whether the database stores less than it was given in a way of its own: MariaDB cuts fractions of seconds off where
     * others round, and shows six digits of a FLOAT.
     */
    private boolean curtails(ColumnType type) {
        return product == Product.MARIADB
                && switch (type.kind()) {
                    case FLOAT -> true;
                    case TIME, TIMESTAMP -> type.scale() < 6;
                    default -> false;
                };
    }

    private List<String> keyColumns(TableName name) throws SQLException {
        TreeMap<Integer, String> byPlace = new TreeMap<>();
        try (ResultSet row = metaData.getPrimaryKeys(name.catalog(), name.schema(), name.name())) {
            while (row.next()) {
                byPlace.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(byPlace.values());
    }

    private boolean hasNoOtherUniqueIndex(TableName name, List<String> keys) throws SQLException {
        TreeMap<String, Set<String>> indexes = new TreeMap<>();
        try (ResultSet row = metaData.getIndexInfo(name.catalog(), name.schema(), name.name(), true, true)) {
            while (row.next()) {
                String column = row.getString("COLUMN_NAME");
                if (row.getShort("TYPE") != DatabaseMetaData.tableIndexStatistic && column != null) {
                    indexes.computeIfAbsent(row.getString("INDEX_NAME"), index -> new HashSet<>())
                            .add(column);
                }
            }
        }
        return indexes.values().stream().allMatch(columns -> columns.equals(Set.copyOf(keys)));
    }

    private @Nullable String autoIncrement(TableName name) throws SQLException {
        if (product != Product.MARIADB) {
            return null;
        }
        try (ResultSet row = metaData.getColumns(name.catalog(), null, pattern(name.name()), "%")) {
            while (row.next()) {
                if (row.getString("TABLE_NAME").equals(name.name())
                        && "YES".equals(row.getString("IS_AUTOINCREMENT"))) {
                    return row.getString("COLUMN_NAME");
                }
            }
        }
        return null;
    }

    /** PostgreSQL's RETURNING is about other rows where a rule is in the way, and needs the right to read. */
    private boolean returnsRows(TableName name) throws SQLException {
        if (product != Product.POSTGRESQL) {
            return product != Product.OTHER;
        }
        String sql = "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relname = ? AND NOT c.relhasrules AND NOT c.relrowsecurity"
                + " AND has_table_privilege(c.oid, 'SELECT')";
        return finds(sql, name.schema(), name.name());
    }

    private boolean finds(String sql, @Nullable String owner, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, owner);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** A trigger may set any column: then nothing can be told from statements alone. */
    private boolean hasTriggers(TableName name) throws SQLException {
        // The standard view shows only triggers of tables that one may write, so PostgreSQL's own table is asked.
        String sql = switch (product) {
            case POSTGRESQL ->
                "SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname = ? AND NOT t.tgisinternal";
            case MARIADB, H2 ->
                "SELECT 1 FROM information_schema.triggers"
                        + " WHERE event_object_schema = ? AND event_object_table = ?";
            case OTHER -> "";
        };
        String owner = product == Product.MARIADB ? name.catalog() : name.schema();
        return !sql.isEmpty() && finds(sql, owner, name.name());
    }
}
