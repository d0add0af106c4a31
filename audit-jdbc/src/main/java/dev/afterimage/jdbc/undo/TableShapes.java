package dev.afterimage.jdbc.undo;

import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.table.Tables;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks up the shapes of tables, each once, by what the driver says of them. */
final class TableShapes {

    private final Tables tables;
    private final DatabaseMetaData metaData;
    private final TableShape.Names names;
    private final Map<TableName, Optional<TableShape>> found = new HashMap<>();

    TableShapes(Tables tables, Connection connection) throws SQLException {
        this.tables = tables;
        this.metaData = connection.getMetaData();
        this.names = new TableShape.Names(metaData.getIdentifierQuoteString().strip());
    }

    /** The table; null if the database has no such one. */
    @Nullable
    TableShape find(TableName name) throws SQLException {
        Optional<TableShape> known = found.get(name);
        if (known == null) {
            Table table = tables.find(name);
            known = Optional.ofNullable(table == null ? null : shape(table));
            found.put(name, known);
        }
        return known.orElse(null);
    }

    private TableShape shape(Table table) throws SQLException {
        Set<String> generated = new HashSet<>();
        Set<String> optional = new HashSet<>();
        boolean numbered = false;
        TableName name = table.name();
        try (ResultSet row = metaData.getColumns(name.catalog(), name.schema(), name.name(), "%")) {
            while (row.next()) {
                // The names are patterns here, so others that look alike are among the answers.
                if (name.name().equals(row.getString("TABLE_NAME"))
                        && Objects.equals(name.schema(), row.getString("TABLE_SCHEM"))) {
                    boolean counts = "YES".equals(row.getString("IS_AUTOINCREMENT"));
                    numbered |= counts;
                    String column = row.getString("COLUMN_NAME");
                    if ("YES".equals(row.getString("IS_GENERATEDCOLUMN"))) {
                        generated.add(column);
                    }
                    if (row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls
                            || row.getString("COLUMN_DEF") != null
                            || counts) {
                        optional.add(column);
                    }
                }
            }
        }
        return new TableShape(
                table,
                generated,
                optional,
                numbered,
                uniques(table),
                foreignKeys(metaData.getImportedKeys(name.catalog(), name.schema(), name.name())),
                foreignKeys(metaData.getExportedKeys(name.catalog(), name.schema(), name.name())),
                names);
    }

    private List<List<String>> uniques(Table table) throws SQLException {
        Map<String, List<String>> byIndex = new TreeMap<>();
        TableName name = table.name();
        try (ResultSet row = metaData.getIndexInfo(name.catalog(), name.schema(), name.name(), true, true)) {
            while (row.next()) {
                String column = row.getString("COLUMN_NAME");
                if (row.getShort("TYPE") != DatabaseMetaData.tableIndexStatistic && column != null) {
                    byIndex.computeIfAbsent(row.getString("INDEX_NAME"), any -> new ArrayList<>())
                            .add(column);
                }
            }
        }
        Set<List<String>> all = new HashSet<>(byIndex.values());
        all.add(table.keyColumns());
        return List.copyOf(all);
    }

    /** A key under way: its rows come column by column. */
    private record Begun(
            String name,
            TableName child,
            TableName parent,
            boolean sweeps,
            boolean deferrable,
            List<String> childColumns,
            List<String> parentColumns) {}

    private List<ForeignKey> foreignKeys(ResultSet rows) throws SQLException {
        Map<String, Begun> begun = new TreeMap<>();
        try (ResultSet row = rows) {
            while (row.next()) {
                TableName child = table(row, "FK");
                String name = String.valueOf(row.getString("FK_NAME"));
                Begun key = begun.get(child + " " + name);
                if (key == null) {
                    key = new Begun(
                            name,
                            child,
                            table(row, "PK"),
                            sweeps(row.getShort("DELETE_RULE")),
                            row.getShort("DEFERRABILITY") != DatabaseMetaData.importedKeyNotDeferrable,
                            new ArrayList<>(),
                            new ArrayList<>());
                    begun.put(child + " " + name, key);
                }
                key.childColumns().add(row.getString("FKCOLUMN_NAME"));
                key.parentColumns().add(row.getString("PKCOLUMN_NAME"));
            }
        }
        return begun.values().stream()
                .map(key -> new ForeignKey(
                        key.name(),
                        key.child(),
                        key.childColumns(),
                        key.parent(),
                        key.parentColumns(),
                        key.sweeps(),
                        key.deferrable()))
                .toList();
    }

    private static boolean sweeps(short rule) {
        return rule == DatabaseMetaData.importedKeyCascade
                || rule == DatabaseMetaData.importedKeySetNull
                || rule == DatabaseMetaData.importedKeySetDefault;
    }

    /** As {@link dev.afterimage.jdbc.replica.JdbcTables} names tables: with a schema, or with a catalog where there is none. */
    private static TableName table(ResultSet row, String side) throws SQLException {
        String schema = row.getString(side + "TABLE_SCHEM");
        return new TableName(
                schema == null ? row.getString(side + "TABLE_CAT") : null, schema, row.getString(side + "TABLE_NAME"));
    }
}
