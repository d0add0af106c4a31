package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which transaction of the trail is which of the database, within one work: both are in their order, so it is an
 * alignment of two sequences, the one that leaves the least over.
 *
 * <p>Two things make it more than one beside the other. A transaction of the trail that counts nothing may have changed
 * nothing. And a batch under autocommit is one transaction in the trail, while the driver or the database may have made
 * several of it: then several in a row are taken together, provided that the trail has the batch as one execution.
 */
final class Pairing {

    /** What belongs together; either side may be empty, then something is wrong, or nothing was changed. */
    record Pair(List<Change> told, List<List<RowChange>> real, Alignment alignment) {}

    private final Dialect dialect;
    private final List<List<Change>> told;
    private final List<List<RowChange>> real;
    private final @Nullable Plan[][] best;

    /** The best from some place on: its cost, and the pair that it begins with, as how many of each side. */
    private record Plan(int cost, int ofTold, int ofReal) {}

    private Pairing(Dialect dialect, List<List<Change>> told, List<List<RowChange>> real) {
        this.dialect = dialect;
        this.told = told;
        this.real = real;
        this.best = new Plan[told.size() + 1][real.size() + 1];
    }

    static List<Pair> of(Dialect dialect, List<List<Change>> told, List<List<RowChange>> real) {
        Pairing pairing = new Pairing(dialect, told, real);
        List<Pair> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < told.size() || j < real.size()) {
            Plan plan = pairing.plan(i, j);
            List<Change> changes = plan.ofTold() == 0 ? List.of() : told.get(i);
            List<List<RowChange>> rows = real.subList(j, j + plan.ofReal());
            pairs.add(new Pair(changes, rows, pairing.align(changes, rows)));
            i += plan.ofTold();
            j += plan.ofReal();
        }
        return pairs;
    }

    private Alignment align(List<Change> changes, List<List<RowChange>> rows) {
        return Alignment.of(
                dialect, changes, rows.stream().flatMap(List::stream).toList());
    }

    private Plan plan(int i, int j) {
        Plan known = best[i][j];
        if (known == null) {
            known = i < told.size() || j < real.size() ? search(i, j) : new Plan(0, 0, 0);
            best[i][j] = known;
        }
        return known;
    }

    private Plan search(int i, int j) {
        Plan found = new Plan(Integer.MAX_VALUE, 0, 0);
        int most = i == told.size() ? 0 : isOneExecution(told.get(i)) ? real.size() - j : Math.min(1, real.size() - j);
        for (int n = most == 0 ? 0 : 1; n <= most && n > 0; n++) {
            int cost = cost(align(told.get(i), real.subList(j, j + n)));
            if (cost == 0 || n == 1) {
                found = better(found, new Plan(cost + plan(i + 1, j + n).cost(), 1, n));
            }
            if (found.cost() == 0) {
                return found;
            }
        }
        if (i < told.size()) {
            int cost = cost(align(told.get(i), List.of()));
            found = better(found, new Plan(cost + plan(i + 1, j).cost(), 1, 0));
        }
        if (j < real.size()) {
            found = better(found, new Plan(real.get(j).size() + plan(i, j + 1).cost(), 0, 1));
        }
        return found;
    }

    private static Plan better(Plan one, Plan other) {
        return other.cost() < one.cost() ? other : one;
    }

    private static int cost(Alignment alignment) {
        return alignment.missing() + alignment.phantom() + alignment.different() + alignment.misordered();
    }

    /** An insert carries the time when it was asked for, all else the time when it was done. */
    private static boolean isOneExecution(List<Change> changes) {
        return changes.stream()
                        .filter(change -> change.operation() != Operation.INSERT)
                        .mapToLong(Change::changedAt)
                        .distinct()
                        .count()
                <= 1;
    }
}
