package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.RowRef;
import dev.afterimage.core.resolve.StoreUnavailableException;
import dev.afterimage.core.resolve.Trail;
import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The stored entries, as the transaction that is open on a connection sees them. */
final class JdbcTrail implements Trail {

    private static final int MOST_SEQUENCES = 1024;
    private static final int MOST_BRANCHES = 64;
    private static final String NEWEST_FIRST = " ORDER BY changed_at DESC, instance DESC, sequence DESC";

    private final Connection connection;
    private final Dialect dialect;
    private final String history;

    JdbcTrail(Connection connection, Dialect dialect, String history) {
        this.connection = connection;
        this.dialect = dialect;
        this.history = history;
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    private void query(String sql, List<?> parameters, RowConsumer consumer) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    consumer.accept(row);
                }
            }
        } catch (SQLException e) {
            throw new StoreUnavailableException("The history in " + history + " could not be read", e);
        }
    }

    @Override
    public Set<EventId> known(Collection<EventId> ids) {
        Map<Long, List<Long>> byInstance = new HashMap<>();
        ids.forEach(id -> byInstance
                .computeIfAbsent(id.instance(), any -> new ArrayList<>())
                .add(id.sequence()));
        Set<EventId> known = new HashSet<>();
        byInstance.forEach((instance, sequences) -> {
            for (List<Long> some : Batches.of(sequences, MOST_SEQUENCES)) {
                List<Object> parameters = new ArrayList<>();
                parameters.add(instance);
                parameters.addAll(Batches.padded(some));
                String sql = "SELECT sequence FROM " + history + " WHERE instance = ? AND sequence IN (?"
                        + ", ?".repeat(parameters.size() - 2) + ")";
                query(sql, parameters, row -> known.add(new EventId(instance, row.getLong(1))));
            }
        });
        return known;
    }

    @Override
    public Map<RowRef, List<HistoryEntry>> latest(Collection<RowRef> rows, int limit) {
        Map<RowRef, TreeMap<Change, HistoryEntry>> found = new HashMap<>();
        Set<RowRef> wanted = Set.copyOf(rows);
        RowConsumer consumer = row -> {
            HistoryEntry entry = EntryColumns.entry(row);
            RowRef from = RowRef.before(entry.change());
            RowRef to = RowRef.after(entry.change());
            for (RowRef one :
                    from == null || to == null ? Set.<RowRef>of() : from.equals(to) ? Set.of(from) : Set.of(from, to)) {
                if (wanted.contains(one)) {
                    found.computeIfAbsent(one, any -> new TreeMap<>(HistoryEntry.ORDER))
                            .put(entry.change(), entry);
                }
            }
        };
        if (dialect == Dialect.POSTGRESQL) {
            latestByLateralJoin(wanted, limit, consumer);
        } else {
            latestByUnion(wanted, limit, consumer);
        }
        Map<RowRef, List<HistoryEntry>> latest = new HashMap<>();
        found.forEach((row, entries) -> {
            List<HistoryEntry> all = List.copyOf(entries.values());
            // More than the limit: an entry that was found by its new key belongs to both rows of a key change.
            latest.put(row, all.subList(Math.max(0, all.size() - limit), all.size()));
        });
        return latest;
    }

    private void latestByLateralJoin(Set<RowRef> rows, int limit, RowConsumer consumer) {
        Long[] hashes = rows.stream().map(EntryColumns::hash).toArray(Long[]::new);
        String[] keys = rows.stream().map(row -> row.key().canonical()).toArray(String[]::new);
        String sql = "SELECT h.* FROM unnest(CAST(? AS bigint[]), CAST(? AS text[])) AS k(hash, key)"
                + " CROSS JOIN LATERAL (" + branch("row", "k.hash", "k.key", limit) + " UNION ALL "
                + branch("new_row", "k.hash", "k.key", limit) + ") AS h";
        try {
            query(
                    sql,
                    List.of(connection.createArrayOf("bigint", hashes), connection.createArrayOf("text", keys)),
                    consumer);
        } catch (SQLException e) {
            throw new StoreUnavailableException("The history in " + history + " could not be read", e);
        }
    }

    private void latestByUnion(Set<RowRef> rows, int limit, RowConsumer consumer) {
        String both = branch("row", "?", "?", limit) + " UNION ALL " + branch("new_row", "?", "?", limit);
        for (List<RowRef> some : Batches.of(List.copyOf(rows), MOST_BRANCHES)) {
            List<Object> parameters = new ArrayList<>();
            List<String> branches = new ArrayList<>();
            for (RowRef row : some) {
                branches.add(both);
                for (int side = 0; side < 2; side++) {
                    parameters.add(EntryColumns.hash(row));
                    parameters.add(row.key().canonical());
                }
            }
            query(String.join(" UNION ALL ", branches), parameters, consumer);
        }
    }

    private String branch(String side, String hash, String key, int limit) {
        return "(SELECT " + EntryColumns.NAMES + " FROM " + history + " WHERE " + side + "_hash = " + hash + " AND "
                + side + "_key = " + key + NEWEST_FIRST + " LIMIT " + limit + ")";
    }

    @Override
    public List<Change> statements(String source, Collection<TableName> tables, long databaseTime) {
        Map<EventId, Change> found = new LinkedHashMap<>();
        Set<Long> hashes = new HashSet<>();
        hashes.add(EntryColumns.hash(source, null));
        tables.forEach(table -> hashes.add(EntryColumns.hash(source, table)));
        String select = "SELECT " + EntryColumns.NAMES + " FROM " + history + " WHERE statement_hash = ?"
                + " AND row_count <> 0 AND changed_at ";
        RowConsumer consumer = row -> {
            Change change = EntryColumns.entry(row).change();
            found.put(change.id(), change);
        };
        for (Long hash : hashes) {
            query(select + ">= ?", List.of(hash, databaseTime), consumer);
            query(select + "< ?" + NEWEST_FIRST + " LIMIT 1", List.of(hash, databaseTime), consumer);
        }
        List<Change> statements = new ArrayList<>(found.values());
        statements.sort(Comparator.comparingLong(Change::databaseTime));
        return statements;
    }

    @Override
    public Set<RowRef> rowsAround(Change statement) {
        Set<RowRef> rows = new HashSet<>();
        TableName table = statement.table();
        Fence fence = statement.fence();
        List<Object> scope = new ArrayList<>(List.of(statement.source()));
        // Of thousands of entries only the rows are wanted, so their documents are left where they are.
        String select = "SELECT DISTINCT table_catalog, table_schema, table_name, row_key, new_row_key FROM " + history
                + " WHERE statement_hash IS NULL AND source = ?";
        if (table != null) {
            select += " AND table_name = ?";
            scope.add(table.name());
        }
        RowConsumer consumer = row -> {
            TableName name = new TableName(row.getString(1), row.getString(2), row.getString(3));
            for (RowKey key : Arrays.asList(Documents.key(row.getString(4)), Documents.key(row.getString(5)))) {
                if (key != null) {
                    rows.add(new RowRef(statement.source(), name, key));
                }
            }
        };
        List<Object> after = new ArrayList<>(scope);
        after.add(statement.databaseTime());
        query(select + " AND changed_at >= ?", after, consumer);
        List<Object> readPast = new ArrayList<>(scope);
        readPast.add(fence == null ? Long.MIN_VALUE : fence.notBefore());
        query(select + " AND observed_until > ?", readPast, consumer);
        return rows;
    }
}
