package dev.afterimage.jdbc.fidelity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import dev.afterimage.jdbc.replica.JdbcTables;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the database itself saw: triggers keep every row change, within the transaction that makes it, in a table of
 * their own. Beside the rows they keep the work's number, the transaction, the statement, and the origin.
 */
final class Oracle {

    /** Columns are the same on every database, and so are the names that the triggers give to origins. */
    static final List<String> COLUMNS = List.of(
            "work",
            "transaction",
            "statement",
            "origin",
            "operation",
            "table_schema",
            "table_name",
            "old_row",
            "new_row");

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private final DataSource database;
    private final String table;
    private final Map<TableName, Shape> shapes = new HashMap<>();

    /**
     * Makes an oracle.
     *
     * @param database bare
     * @param table name of the table that the triggers fill
     */
    Oracle(DataSource database, String table) {
        this.database = database;
        this.table = table;
    }

    /** Takes note of a table's shape; to be called before there are triggers, which make every column uncertain. */
    Shape watch(TableName name) throws SQLException {
        Table found = new JdbcTables(database).find(name);
        if (found == null) {
            throw new IllegalArgumentException("No table " + name);
        }
        Shape shape = new Shape(found, filled(found));
        shapes.put(found.name(), shape);
        return shape;
    }

    /** Rows of a partition are rows of the table that it is a part of. */
    void partition(TableName partition, Shape whole) {
        shapes.put(partition, whole);
    }

    private Set<String> filled(Table table) throws SQLException {
        Set<String> filled = new HashSet<>();
        try (Connection connection = database.getConnection();
                ResultSet column = connection
                        .getMetaData()
                        .getColumns(
                                table.name().catalog(),
                                table.name().schema(),
                                table.name().name(),
                                null)) {
            while (column.next()) {
                String preset = column.getString("COLUMN_DEF");
                if ((preset != null && !preset.equals("NULL"))
                        || "YES".equals(column.getString("IS_AUTOINCREMENT"))
                        || "YES".equals(column.getString("IS_GENERATEDCOLUMN"))) {
                    filled.add(column.getString("COLUMN_NAME"));
                }
            }
        }
        return filled;
    }

    /** Everything that was kept since the last call, in its order. Nothing may be under way. */
    List<RowChange> take() throws SQLException {
        List<RowChange> changes = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            String sql = "SELECT sequence, " + String.join(", ", COLUMNS) + " FROM " + table + " ORDER BY sequence";
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    changes.add(change(row));
                }
            }
            statement.execute("TRUNCATE TABLE " + table);
        }
        return moved(changes);
    }

    private RowChange change(ResultSet row) throws SQLException {
        String schema = row.getString(7);
        boolean mariaDb = shapes.keySet().iterator().next().catalog() != null;
        TableName name =
                mariaDb ? new TableName(schema, null, row.getString(8)) : TableName.of(schema, row.getString(8));
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalStateException("A change of a table that is not watched: " + name);
        }
        return new RowChange(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                Origin.valueOf(row.getString(5)),
                Operation.valueOf(row.getString(6)),
                shape,
                image(shape.table(), row.getString(9)),
                image(shape.table(), row.getString(10)));
    }

    private static @Nullable Map<String, @Nullable String> image(Table table, @Nullable String json)
            throws SQLException {
        if (json == null) {
            return null;
        }
        try {
            JsonNode row = JSON.readValue(json);
            Map<String, @Nullable String> image = new LinkedHashMap<>();
            for (Column column : table.columns()) {
                image.put(column.name(), canonical(column.type(), row.get(column.name())));
            }
            return image;
        } catch (IOException e) {
            throw new SQLException("Not the JSON of a row: " + json, e);
        }
    }

    private static @Nullable String canonical(ColumnType type, @Nullable JsonNode cell) {
        if (cell == null || cell.isNull()) {
            return null;
        }
        String text = cell.isNumber()
                ? cell.decimalValue().toPlainString()
                : cell.isValueNode() ? cell.asText() : cell.toString();
        if (type.kind() == ColumnType.Kind.BYTES) {
            return text.startsWith("\\x") ? text.substring(2) : text;
        }
        String canonical = type.canonical(Value.of(text));
        return canonical == null ? text : canonical;
    }

    /**
     * One statement that deletes a row and inserts it again has moved it to another partition, or replaced it: PostgreSQL
     * and MariaDB fire no trigger for an update there, and to the application it is one change of one row.
     */
    private static List<RowChange> moved(List<RowChange> changes) {
        List<RowChange> moved = new ArrayList<>();
        Map<String, Integer> lastOf = new HashMap<>();
        for (RowChange change : changes) {
            Integer last = lastOf.get(change.transaction()); // Other transactions go on in between.
            if (last != null && isMove(moved.get(last), change)) {
                moved.set(last, move(moved.get(last), change));
            } else {
                lastOf.put(change.transaction(), moved.size());
                moved.add(change);
            }
        }
        return moved;
    }

    private static boolean isMove(RowChange delete, RowChange insert) {
        return delete.operation() == Operation.DELETE
                && insert.operation() == Operation.INSERT
                && delete.shape().table().name().equals(insert.shape().table().name())
                && delete.statement() == insert.statement()
                && delete.transaction().equals(insert.transaction());
    }

    private static RowChange move(RowChange delete, RowChange insert) {
        return new RowChange(
                insert.sequence(),
                insert.work(),
                insert.transaction(),
                insert.statement(),
                insert.origin(),
                Operation.UPDATE,
                insert.shape(),
                delete.before(),
                insert.after());
    }
}
