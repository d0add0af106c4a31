package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.ObservedChange;
import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes which tables the trail is about, so that a question by name need not walk through the history. */
final class TableNotes {

    private final Connection connection;
    private final Dialect dialect;
    private final String history;

    TableNotes(Connection connection, Dialect dialect, String history) {
        this.connection = connection;
        this.dialect = dialect;
        this.history = history;
    }

    /** Those that some changes are of, and that were not noted before. */
    static Set<AuditedTable> newIn(List<ObservedChange> changes, Set<AuditedTable> noted) {
        Set<AuditedTable> found = new HashSet<>();
        for (ObservedChange one : changes) {
            Change change = one.change();
            TableName name = change.table();
            RowKey key = change.key();
            if (name != null) {
                List<String> columns = key == null
                        ? List.of()
                        : key.columns().stream().map(RowKey.Part::column).toList();
                found.add(new AuditedTable(change.source(), name, columns));
            }
        }
        found.removeAll(noted);
        return found;
    }

    void add(Collection<AuditedTable> tables) throws SQLException {
        if (tables.isEmpty()) {
            return;
        }
        String sql = dialect.insert + history + "_table (hash, source, table_catalog, table_schema, table_name,"
                + " key_columns) VALUES (?, ?, ?, ?, ?, ?)" + dialect.unlessThere;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (AuditedTable table : tables) {
                String key = keyText(table.keyColumns());
                statement.setLong(1, EntryColumns.hash(table.source() + '\n' + table.name() + '\n' + key));
                statement.setString(2, table.source());
                statement.setString(3, table.name().catalog());
                statement.setString(4, table.name().schema());
                statement.setString(5, table.name().name());
                statement.setString(6, key);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** A key without its values. */
    private static @Nullable String keyText(List<String> columns) {
        return columns.isEmpty()
                ? null
                : new RowKey(columns.stream()
                                .map(column -> new RowKey.Part(column, ""))
                                .toList())
                        .canonical();
    }

    static List<AuditedTable> read(Connection connection, String history) throws SQLException {
        List<AuditedTable> tables = new ArrayList<>();
        String sql = "SELECT source, table_catalog, table_schema, table_name, key_columns FROM " + history
                + "_table ORDER BY source, table_catalog, table_schema, table_name, key_columns";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                RowKey key = Documents.key(row.getString(5));
                tables.add(new AuditedTable(
                        row.getString(1),
                        new TableName(row.getString(2), row.getString(3), row.getString(4)),
                        key == null
                                ? List.of()
                                : key.columns().stream()
                                        .map(RowKey.Part::column)
                                        .toList()));
            }
        }
        return tables;
    }
}
