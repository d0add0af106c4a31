package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.TransactionInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the trail against what the database kept, one round of works after the other.
 *
 * <p>Both sides name the work: the trail as the actor's request, the oracle by a variable of the session. A work may be
 * several transactions, in the same order on both sides. Row changes that the design cannot see are set aside by what
 * the database says of their origin, and counted; if the trail tells one of them, it is a phantom there.
 */
final class Comparison {

    private static final int MOST_SHOWN = 40;

    private final Dialect dialect;
    private final Findings findings;

    Comparison(Dialect dialect, Findings findings) {
        this.dialect = dialect;
        this.findings = findings;
    }

    /** The two sides of one work. */
    private static final class Work {
        private final Map<String, List<RowChange>> real = new LinkedHashMap<>();
        private final Map<Long, List<Change>> told = new TreeMap<>();
        private int gapRows;
    }

    /**
     * Compares a round.
     *
     * @param real what the database kept, by sequence
     * @param told everything that the trail said of the same works
     */
    void round(List<RowChange> real, List<AuditEvent> told) {
        Map<String, Work> works = new LinkedHashMap<>();
        told.forEach(event -> tell(event, works));
        real.forEach(change -> keep(change, works));
        RowOrder order = new RowOrder();
        works.values().forEach(work -> compare(work, order));
        order.check(findings);
    }

    private void tell(AuditEvent event, Map<String, Work> works) {
        if (event instanceof Change change) {
            Work work = works.computeIfAbsent(String.valueOf(change.actor().requestId()), any -> new Work());
            work.told
                    .computeIfAbsent(change.transaction().number(), any -> new ArrayList<>())
                    .add(change);
        } else if (event instanceof Gap gap) {
            findings.gap();
            if (gap.reason() == GapReason.ROWS_UNKNOWN && gap.lost() > 0) {
                works.computeIfAbsent(String.valueOf(gap.actor().requestId()), any -> new Work()).gapRows +=
                        (int) gap.lost();
            } else if (gap.reason() != GapReason.UNWRAPPED) {
                findings.different(1, "a gap that nothing explains: " + gap);
            }
        }
    }

    private void keep(RowChange change, Map<String, Work> works) {
        Work work = works.computeIfAbsent(change.work(), any -> new Work());
        if (change.origin() == Origin.STATEMENT) {
            work.real
                    .computeIfAbsent(change.transaction(), any -> new ArrayList<>())
                    .add(change);
        } else {
            findings.beyond(change.origin());
            boolean toldAsCode = change.origin() == Origin.FUNCTION
                    && work.told.values().stream()
                            .flatMap(List::stream)
                            .anyMatch(told -> told.gap() == GapReason.CODE_IN_DATABASE);
            if (toldAsCode) {
                findings.toldFunction();
            }
        }
    }

    /** Where nobody can tell what became of it: after code that may have committed, or by a pool that may have. */
    private static boolean isInDoubt(Pairing.Pair pair) {
        return !pair.told().isEmpty()
                && pair.told().stream().allMatch(change -> change.transaction().outcome() == Outcome.IN_DOUBT);
    }

    private void compare(Work work, RowOrder order) {
        List<List<RowChange>> real = new ArrayList<>(work.real.values());
        List<List<Change>> told = new ArrayList<>(work.told.values());
        real.forEach(each -> findings.transaction(each.size()));
        told.forEach(this::checkPlaces);
        for (Pairing.Pair pair : Pairing.of(dialect, told, real)) {
            int rows = pair.real().stream().mapToInt(List::size).sum();
            if (pair.told().isEmpty() && rows <= work.gapRows) {
                work.gapRows -= rows;
                findings.byStatement(GapReason.ROWS_UNKNOWN, rows);
            } else if (isInDoubt(pair) && pair.real().isEmpty()) {
                findings.doubtful(pair.told().size());
                continue;
            } else {
                findings.keptInDoubt(isInDoubt(pair) ? pair.told().size() : 0);
                take(pair.alignment(), order);
            }
            if (!pair.alignment().isClean()) {
                findings.example(sides(pair));
            }
            if (pair.real().size() > 1) {
                findings.split(pair.real().size());
            }
        }
    }

    /** Both sides in short, for whoever has to find out. */
    private static String sides(Pairing.Pair pair) {
        StringBuilder text = new StringBuilder("  the trail:");
        pair.told().stream()
                .limit(MOST_SHOWN)
                .forEach(change -> text.append("\n    ")
                        .append(change.operation())
                        .append(' ')
                        .append(change.table())
                        .append(' ')
                        .append(change.key() == null ? "*" + change.rows() + " " + change.statement() : change.key()));
        text.append("\n  the database:");
        pair.real().stream()
                .flatMap(List::stream)
                .limit(MOST_SHOWN)
                .forEach(row ->
                        text.append("\n    ").append(row).append(" statement ").append(row.statement()));
        return text.toString();
    }

    private void take(Alignment alignment, RowOrder order) {
        findings.take(alignment);
        alignment.matches().forEach(order::add);
    }

    /** A transaction stands in the trail whole: its changes numbered from 0, and the last one says how many they are. */
    private void checkPlaces(List<Change> changes) {
        changes.sort(Comparator.comparingInt(change -> change.transaction().index()));
        for (int i = 0; i < changes.size(); i++) {
            TransactionInfo place = changes.get(i).transaction();
            if (place.index() != i || place.count() != (i == changes.size() - 1 ? changes.size() : 0)) {
                findings.different(1, "not whole: " + changes.get(i) + " is number " + i + " of " + changes.size());
                return;
            }
        }
    }
}
