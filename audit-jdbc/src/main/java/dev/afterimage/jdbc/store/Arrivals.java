package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.resolve.ObservedChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Notes, within the transaction that stores events, which is the newest of each instance, and takes back what was told
 * about those that arrive after they were given up. The caller has taken its turn, so nobody gives up anything meanwhile.
 */
final class Arrivals {

    /** An instance whose events are of several data sources. */
    private static final String SEVERAL = "";

    private static final int MOST_INSTANCES = 256;

    private final Connection connection;
    private final Dialect dialect;
    private final String history;
    private final Map<Long, Arrived> arrived = new HashMap<>();

    /** What a batch holds of one instance. */
    private static final class Arrived {
        private final TreeSet<Long> sequences = new TreeSet<>();
        private String source;

        Arrived(String source) {
            this.source = source;
        }

        void add(AuditEvent event) {
            sequences.add(event.id().sequence());
            source = common(source, event.source());
        }
    }

    /** What was noted of one instance. */
    private record Noted(String source, long sealedTo, long newest) {}

    Arrivals(Connection connection, Dialect dialect, String history) {
        this.connection = connection;
        this.dialect = dialect;
        this.history = history;
    }

    private static String common(String one, String other) {
        return one.equals(other) ? one : SEVERAL;
    }

    void note(List<ObservedChange> changes, List<Gap> gaps) throws SQLException {
        changes.forEach(one -> take(one.change()));
        gaps.forEach(this::take);
        for (List<Long> some : Batches.of(List.copyOf(arrived.keySet()), MOST_INSTANCES)) {
            Map<Long, Noted> noted = noted(some);
            insert(some.stream().filter(one -> !noted.containsKey(one)).toList());
            update(noted);
            settle(noted);
        }
    }

    private void take(AuditEvent event) {
        arrived.computeIfAbsent(event.id().instance(), any -> new Arrived(event.source()))
                .add(event);
    }

    private Arrived arrived(long instance) {
        Arrived found = arrived.get(instance);
        if (found == null) {
            throw new IllegalStateException("instance=" + EventId.instanceText(instance));
        }
        return found;
    }

    private Map<Long, Noted> noted(List<Long> instances) throws SQLException {
        List<Long> padded = Batches.padded(instances);
        Map<Long, Noted> noted = new HashMap<>();
        String sql = "SELECT instance, source, sealed_to, newest FROM " + history + "_sealed WHERE instance IN (?"
                + ", ?".repeat(padded.size() - 1) + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < padded.size(); i++) {
                statement.setLong(i + 1, padded.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    noted.put(row.getLong(1), new Noted(row.getString(2), row.getLong(3), row.getLong(4)));
                }
            }
        }
        return noted;
    }

    private void insert(Collection<Long> instances) throws SQLException {
        if (instances.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO " + history + "_sealed (instance, source, sealed_to, missing, newest)"
                + " VALUES (?, ?, 0, 0, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Long instance : instances) {
                Arrived batch = arrived(instance);
                statement.setLong(1, instance);
                statement.setString(2, batch.source);
                statement.setLong(3, batch.sequences.last());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void update(Map<Long, Noted> noted) throws SQLException {
        String sql = "UPDATE " + history + "_sealed SET newest = ?, source = ? WHERE instance = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<Long, Noted> one : noted.entrySet()) {
                Arrived batch = arrived(one.getKey());
                Noted before = one.getValue();
                long newest = Math.max(before.newest(), batch.sequences.last());
                String source = common(before.source(), batch.source);
                if (newest != before.newest() || !source.equals(before.source())) {
                    statement.setLong(1, newest);
                    statement.setString(2, source);
                    statement.setLong(3, one.getKey());
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    /** Those at or below the seal were given up, or are repetitions, which are in no missing range. */
    private void settle(Map<Long, Noted> noted) throws SQLException {
        Missing missing = new Missing(connection, dialect, history);
        for (Map.Entry<Long, Noted> one : noted.entrySet()) {
            TreeSet<Long> late = new TreeSet<>(
                    arrived(one.getKey()).sequences.headSet(one.getValue().sealedTo(), true));
            if (!late.isEmpty()) {
                missing.takeBack(one.getKey(), late);
            }
        }
    }
}
