package dev.afterimage.jdbc.replica;

import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.Observation;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads rows of one table by key, many in one statement, within the transaction that is open. */
final class RowReader {

    private static final int MOST_KEYS = 1024;
    private static final int MOST_PARAMETERS = 8192;
    private static final int ANSWER_WITHIN_SECONDS = 30;

    private final Connection connection;
    private final Product product;
    private final Table table;
    private final String quote;

    RowReader(Connection connection, Product product, Table table) throws SQLException {
        this.connection = connection;
        this.product = product;
        this.table = table;
        DatabaseMetaData metaData = connection.getMetaData();
        this.quote = metaData.getIdentifierQuoteString().strip();
    }

    private record Row(Image image, @Nullable String version) {}

    /** Rows that were found. */
    static final class Rows {
        private final Map<RowKey, Row> found = new HashMap<>();

        /** What was found, and that the rest is not there. */
        Map<RowKey, Observation> observations(Collection<RowKey> asked, long from, long until) {
            Map<RowKey, Observation> observations = new HashMap<>();
            // A row whose key reads otherwise than it was asked for (the database compares without case, say) is one of
            // those that seem absent, and it is not known which.
            boolean allAsAsked = asked.containsAll(found.keySet());
            for (RowKey key : asked) {
                Row row = found.get(key);
                if (row != null) {
                    observations.put(key, new Observation(row.image(), row.version(), from, until));
                } else if (allAsAsked) {
                    observations.put(key, Observation.absent(from, until));
                }
            }
            return observations;
        }
    }

    Rows read(Collection<RowKey> keys) throws SQLException {
        Rows rows = new Rows();
        List<RowKey> all = List.copyOf(keys);
        int most = Math.max(
                1,
                Math.min(
                        MOST_KEYS,
                        MOST_PARAMETERS / Math.max(1, table.keyColumns().size())));
        for (int start = 0; start < all.size(); start += most) {
            read(all.subList(start, Math.min(all.size(), start + most)), rows);
        }
        return rows;
    }

    private void read(List<RowKey> keys, Rows into) throws SQLException {
        int places = placesFor(keys.size());
        try (PreparedStatement statement = connection.prepareStatement(sql(places))) {
            statement.setQueryTimeout(ANSWER_WITHIN_SECONDS);
            int index = 1;
            for (int i = 0; i < places; i++) {
                for (RowKey.Part part : keys.get(Math.min(i, keys.size() - 1)).columns()) {
                    ColumnReader.bind(statement, index++, table.typeOf(part.column()), part.value(), product);
                }
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    take(row, into);
                }
            }
        }
    }

    /** A power of two: few different statements, which driver and server can keep; the last key fills the rest. */
    private static int placesFor(int keys) {
        int highest = Integer.highestOneBit(keys);
        return highest == keys ? keys : highest << 1;
    }

    private void take(ResultSet row, Rows into) throws SQLException {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        int index = 1;
        for (Column column : table.columns()) {
            columns.put(column.name(), ColumnReader.read(row, index++, column.type()));
        }
        List<RowKey.Part> key = new ArrayList<>();
        for (String name : table.keyColumns()) {
            String text = columns.get(name);
            key.add(new RowKey.Part(name, text == null ? "" : text));
        }
        String version = product == Product.POSTGRESQL ? row.getString(index) : null;
        into.found.put(new RowKey(key), new Row(new Image(columns), version));
    }

    private String sql(int keys) {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (Column column : table.columns()) {
            sql.append(quoted(column.name())).append(", ");
        }
        sql.append(product == Product.POSTGRESQL ? "xmin::text" : "1").append(" FROM ");
        TableName name = table.name();
        if (name.catalog() != null) {
            sql.append(quoted(name.catalog())).append('.');
        }
        if (name.schema() != null) {
            sql.append(quoted(name.schema())).append('.');
        }
        sql.append(quoted(name.name())).append(" WHERE ");
        List<String> key = table.keyColumns().stream().map(this::quoted).toList();
        boolean single = key.size() == 1;
        sql.append(single ? key.get(0) : "(" + String.join(", ", key) + ")").append(" IN (");
        String place = single ? "?" : "(?" + ", ?".repeat(key.size() - 1) + ")";
        return sql.append(place)
                .append((", " + place).repeat(keys - 1))
                .append(')')
                .toString();
    }

    private String quoted(String name) {
        return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
    }
}
