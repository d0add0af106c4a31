package dev.afterimage.server;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.fixture.ShadowRow;
import dev.afterimage.jdbc.fixture.ShadowTable;
import dev.afterimage.jdbc.store.HistoryReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Compares the trail of {@link MarkedWork} with the shadow table. Other than
 * {@link dev.afterimage.jdbc.fixture.TrailComparison} it needs neither to be whole: a mark says which change is which,
 * so what is lost, invented, doubled, in doubt or out of order is counted exactly. Values and images it leaves to the
 * other.
 */
final class MarkedTrail {

    private static final int SHOWN = 8;

    /** A statement of the work, or a deleted row: what no other change has. */
    private record Identity(TableName table, String text) {}

    private record Row(TableName table, RowKey key) {}

    /** A transaction as the trail names it. */
    private record Recorded(long instance, long number) {
        static Recorded of(Change change) {
            return new Recorded(change.id().instance(), change.transaction().number());
        }
    }

    private final Map<Identity, List<ShadowRow>> real = new LinkedHashMap<>();
    private final Map<Identity, List<Change>> told = new LinkedHashMap<>();
    private final Map<Recorded, List<Change>> transactions = new LinkedHashMap<>();
    private final Map<Row, List<HistoryEntry>> rows = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    /** Transactions in doubt that the database does not have. */
    private final Set<Recorded> wrong = new HashSet<>();

    private MarkedTrail() {}

    /**
     * Compares. Nothing may write meanwhile.
     *
     * @param store the audit store's database
     * @param history name of its history table
     */
    static Verdict compare(ShadowTable shadow, DataSource store, String history) throws SQLException {
        MarkedTrail comparison = new MarkedTrail();
        HistoryReader reader = new HistoryReader(store, history);
        shadow.rows().forEach(comparison::happened);
        for (Table table : shadow.tables()) {
            reader.inTable("app", table.name(), Instant.EPOCH, Integer.MAX_VALUE)
                    .forEach(comparison::take);
        }
        long elsewhere = reader.counts().changes()
                - comparison.transactions.values().stream()
                        .mapToLong(List::size)
                        .sum();
        if (elsewhere != 0) {
            comparison.found("phantom", elsewhere, "changes of none of the tables");
        }
        comparison.check();
        return comparison.verdict(gaps(store, history), holes(store, history));
    }

    /** As the other, of a trail without gaps. */
    static Verdict compare(List<ShadowRow> shadow, List<HistoryEntry> trail) {
        MarkedTrail comparison = new MarkedTrail();
        shadow.forEach(comparison::happened);
        trail.forEach(comparison::take);
        comparison.check();
        return comparison.verdict(Map.of(), 0);
    }

    private void happened(ShadowRow row) {
        real.computeIfAbsent(identity(row), any -> new ArrayList<>()).add(row);
        count("committed", 1);
    }

    private static Identity identity(ShadowRow row) {
        return row.after() == null
                ? new Identity(row.table(), "deleted " + row.key().canonical())
                : new Identity(row.table(), "mark " + row.after().columns().get(MarkedWork.MARK));
    }

    private void take(HistoryEntry entry) {
        Change change = entry.change();
        transactions
                .computeIfAbsent(Recorded.of(change), any -> new ArrayList<>())
                .add(change);
        TableName table = change.table();
        Identity identity = identity(change);
        if (table == null || identity == null) {
            found("phantom", 1, "nobody can know what this is: " + change);
            return;
        }
        told.computeIfAbsent(identity, any -> new ArrayList<>()).add(change);
        RowKey key = change.key();
        if (key != null) {
            rows.computeIfAbsent(new Row(table, key), any -> new ArrayList<>()).add(entry);
        }
    }

    private static @Nullable Identity identity(Change change) {
        TableName table = change.table();
        RowKey key = change.key();
        if (table == null) {
            return null;
        }
        if (change.operation() == Operation.DELETE) {
            return key == null ? null : new Identity(table, "deleted " + key.canonical());
        }
        for (Assignment assigned : change.assigned()) {
            if (assigned.column().equals(MarkedWork.MARK)) {
                return new Identity(table, "mark " + assigned.value().text());
            }
        }
        return null;
    }

    /**
     * Lays aside what is in doubt and did not happen: a row that it said to delete may well be deleted later. Where it says
     * nothing but that, it happened if no other says so for certain.
     */
    private void layAsideUndone() {
        transactions.forEach((name, changes) -> {
            if (changes.get(0).transaction().outcome() == Outcome.IN_DOUBT && isUndone(changes)) {
                wrong.add(name);
            }
        });
        told.values().forEach(changes -> changes.removeIf(this::isOfUndone));
        rows.values().forEach(entries -> entries.removeIf(entry -> isOfUndone(entry.change())));
    }

    private boolean isOfUndone(Change change) {
        return wrong.contains(Recorded.of(change));
    }

    private boolean isUndone(List<Change> inDoubt) {
        List<Change> marked = inDoubt.stream()
                .filter(change -> change.operation() != Operation.DELETE)
                .toList();
        return marked.isEmpty()
                ? inDoubt.stream().noneMatch(this::isReal) || inDoubt.stream().anyMatch(this::isToldForCertain)
                : marked.stream().noneMatch(this::isReal);
    }

    private boolean isReal(Change change) {
        Identity identity = identity(change);
        return identity != null && real.containsKey(identity);
    }

    private boolean isToldForCertain(Change deletion) {
        Identity identity = identity(deletion);
        return identity != null
                && told.getOrDefault(identity, List.of()).stream()
                        .anyMatch(change -> change.transaction().outcome() == Outcome.COMMITTED);
    }

    private void check() {
        layAsideUndone();
        real.forEach((identity, committed) -> checkReal(identity, committed, told.getOrDefault(identity, List.of())));
        told.forEach((identity, changes) -> {
            if (!real.containsKey(identity)) {
                changes.forEach(this::unreal);
            }
        });
        transactions.forEach(this::checkTransaction);
        rows.forEach(this::checkOrder);
    }

    private void checkReal(Identity identity, List<ShadowRow> committed, List<Change> changes) {
        long certain = 0;
        long inDoubt = 0;
        for (Change change : changes) {
            // Of a statement whose answer was lost nobody knows how many rows it has changed: all that it did.
            long stands = change.rows() < 0 ? committed.size() : change.rows();
            if (change.transaction().outcome() == Outcome.COMMITTED) {
                certain += stands;
            } else {
                inDoubt += stands;
            }
        }
        long delivered = Math.min(committed.size(), certain + inDoubt);
        count("delivered", delivered);
        if (delivered < committed.size()) {
            found("lost", committed.size() - delivered, committed.get(0).toString());
        }
        if (certain > committed.size() || (certain == committed.size() && inDoubt > 0)) {
            found("duplicate", certain + inDoubt - committed.size(), identity + ": " + changes);
        }
    }

    /** In doubt, it is marked as what it is; said to have committed, it is a lie. */
    private void unreal(Change change) {
        if (change.transaction().outcome() == Outcome.COMMITTED) {
            found("phantom", Math.max(1, change.rows()), change.toString());
        }
    }

    private void checkTransaction(Recorded name, List<Change> changes) {
        List<Change> inOrder = new ArrayList<>(changes);
        inOrder.sort(Comparator.comparingInt(change -> change.transaction().index()));
        if (!isWhole(inOrder)) {
            found("torn", 1, name + ": " + places(inOrder));
        }
        Set<String> committed = new HashSet<>();
        boolean allReal = true;
        for (Change change : inOrder) {
            Identity identity = identity(change);
            List<ShadowRow> matched = identity == null ? List.of() : real.getOrDefault(identity, List.of());
            matched.forEach(row -> committed.add(row.transaction()));
            allReal &= !matched.isEmpty();
        }
        if (committed.size() > 1 || (committed.size() == 1 && !allReal && !wrong.contains(name))) {
            found("mixed", 1, name + " is of the database's transactions " + committed + ": " + inOrder);
        }
        if (changes.get(0).transaction().outcome() == Outcome.IN_DOUBT) {
            count("in doubt", 1);
            count("correct", wrong.contains(name) ? 0 : 1);
        }
    }

    private static boolean isWhole(List<Change> inOrder) {
        for (int i = 0; i < inOrder.size(); i++) {
            TransactionInfo place = inOrder.get(i).transaction();
            if (place.index() != i || place.count() != (i == inOrder.size() - 1 ? inOrder.size() : 0)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> places(List<Change> changes) {
        return changes.stream()
                .map(change -> change.transaction().index() + "/"
                        + change.transaction().count())
                .toList();
    }

    private void checkOrder(Row row, List<HistoryEntry> entries) {
        entries.sort(Comparator.comparing(HistoryEntry::change, HistoryEntry.ORDER));
        ShadowRow last = null;
        for (HistoryEntry entry : entries) {
            Identity identity = identity(entry.change());
            for (ShadowRow next : identity == null ? List.<ShadowRow>of() : real.getOrDefault(identity, List.of())) {
                if (!next.key().equals(row.key())) {
                    continue;
                }
                if (last != null && next.sequence() < last.sequence()) {
                    found("disordered", 1, "the trail has " + last + " before " + next);
                }
                last = next;
            }
        }
    }

    private void count(String what, long number) {
        counts.merge(what, number, Long::sum);
    }

    private void found(String what, long number, String text) {
        count(what, number);
        if (words.size() < SHOWN) {
            words.add(what + ": " + text);
        }
    }

    private static Map<String, Long> gaps(DataSource store, String history) throws SQLException {
        Map<String, Long> gaps = new TreeMap<>();
        String sql = "SELECT reason, sum(abs(lost)) FROM " + history + "_gap GROUP BY reason";
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                gaps.put(row.getString(1), row.getLong(2));
            }
        }
        return gaps;
    }

    /**
     * Sequences are dense within each instance: what is missing below the greatest one was lost on the way. What is told as
     * missing is no hole.
     */
    private static long holes(DataSource store, String history) throws SQLException {
        Map<Long, long[]> instances = new HashMap<>();
        String sql = "SELECT instance, sequence, 1 FROM " + history + " UNION ALL SELECT instance, sequence,"
                + " CASE WHEN reason = 'MISSING' THEN lost ELSE 1 END FROM " + history + "_gap";
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                EventId id = new EventId(row.getLong(1), row.getLong(2));
                long[] seen = instances.computeIfAbsent(id.instance(), any -> new long[2]);
                seen[0] += row.getLong(3);
                seen[1] = Math.max(seen[1], id.sequence());
            }
        }
        return instances.values().stream().mapToLong(seen -> seen[1] - seen[0]).sum();
    }

    private Verdict verdict(Map<String, Long> gaps, long holes) {
        return new Verdict(
                number("committed"),
                number("delivered"),
                number("lost"),
                number("phantom"),
                number("duplicate"),
                number("disordered"),
                number("torn") + number("mixed"),
                number("in doubt"),
                number("correct"),
                holes,
                gaps,
                List.copyOf(words));
    }

    private long number(String what) {
        return counts.getOrDefault(what, 0L);
    }

    /**
     * What came out, in row changes unless said otherwise.
     *
     * @param committed that the database has kept
     * @param delivered of them, in the trail
     * @param lost of them, not in the trail
     * @param phantom in the trail as committed, and not in the database
     * @param duplicates in the trail more often than in the database
     * @param disordered that stand in the trail before an earlier change of their row
     * @param torn transactions of which the trail has a part, or more than one together
     * @param inDoubt transactions in doubt
     * @param correct of them, those that have committed
     * @param holes sequence numbers that are missing and not told as such; negative where what is there is told as missing
     * @param gaps what the trail says it has lost, by reason
     * @param words the first findings
     */
    record Verdict(
            long committed,
            long delivered,
            long lost,
            long phantom,
            long duplicates,
            long disordered,
            long torn,
            long inDoubt,
            long correct,
            long holes,
            Map<String, Long> gaps,
            List<String> words) {

        /** The line for people, without its beginning. */
        @Override
        public String toString() {
            return "committed=" + committed + " delivered=" + delivered + " lost=" + lost + " phantom=" + phantom
                    + " duplicates-in-store=" + duplicates + " disordered=" + disordered + " torn=" + torn
                    + " in-doubt=" + inDoubt + " (correct " + correct + ") holes=" + holes + " gaps=" + gaps;
        }
    }
}
