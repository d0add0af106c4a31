package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/**
 * The gaps that stand for missing events, within the transaction that is open on a connection. Each stands for a run of
 * numbers of which none is stored, and has the first one's identity: it takes the place of what is missing, so it makes no
 * hole of its own, and whoever finds the run missing records the same gap.
 */
final class Missing {

    private final Connection connection;
    private final Dialect dialect;
    private final String history;

    /**
     * Numbers that follow each other.
     *
     * @param first the first
     * @param last the last; at least the first
     */
    record Run(long first, long last) {
        long size() {
            return last - first + 1;
        }
    }

    private record Told(Run run, String source, long recordedAt) {}

    Missing(Connection connection, Dialect dialect, String history) {
        this.connection = connection;
        this.dialect = dialect;
        this.history = history;
    }

    void tell(long instance, String source, List<Run> runs, long recordedAt) throws SQLException {
        List<Gap> gaps =
                runs.stream().map(run -> gap(instance, source, run, recordedAt)).toList();
        new HistoryWriter(connection, dialect, history).addGaps(gaps);
    }

    private static Gap gap(long instance, String source, Run run, long recordedAt) {
        EventId first = new EventId(instance, run.first());
        String which = run.size() == 1 ? "Event " + first + " has" : "Events " + first + " to " + run.last() + " have";
        return new Gap(
                first,
                source,
                GapReason.MISSING,
                which + " not arrived, though later ones of the same process have",
                run.size(),
                recordedAt,
                Actor.UNKNOWN);
    }

    /** Some numbers have arrived: what is left of the runs they were in stays told. */
    void takeBack(long instance, NavigableSet<Long> arrived) throws SQLException {
        long back = 0;
        for (Told told : told(instance, arrived.first(), arrived.last())) {
            Run run = told.run();
            NavigableSet<Long> within = arrived.subSet(run.first(), true, run.last(), true);
            if (!within.isEmpty()) {
                delete(instance, run);
                tell(instance, told.source(), without(run, within), told.recordedAt());
                back += within.size();
            }
        }
        if (back > 0) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "UPDATE " + history + "_sealed SET missing = missing - ? WHERE instance = ?")) {
                statement.setLong(1, back);
                statement.setLong(2, instance);
                statement.executeUpdate();
            }
        }
    }

    private static List<Run> without(Run run, NavigableSet<Long> arrived) {
        List<Run> left = new ArrayList<>();
        long next = run.first();
        for (long one : arrived) {
            if (one > next) {
                left.add(new Run(next, one - 1));
            }
            next = one + 1;
        }
        if (next <= run.last()) {
            left.add(new Run(next, run.last()));
        }
        return left;
    }

    private List<Told> told(long instance, long from, long to) throws SQLException {
        List<Told> found = new ArrayList<>();
        String sql = "SELECT sequence, lost, source, recorded_at FROM " + history + "_gap WHERE instance = ?"
                + " AND sequence <= ? AND sequence + lost > ? AND reason = '" + GapReason.MISSING + "'";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, instance);
            statement.setLong(2, to);
            statement.setLong(3, from);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long first = row.getLong(1);
                    found.add(new Told(new Run(first, first + row.getLong(2) - 1), row.getString(3), row.getLong(4)));
                }
            }
        }
        return found;
    }

    private void delete(long instance, Run run) throws SQLException {
        String sql = "DELETE FROM " + history + "_gap WHERE instance = ? AND sequence = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, instance);
            statement.setLong(2, run.first());
            statement.executeUpdate();
        }
    }
}
