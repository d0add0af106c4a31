package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of the trail laid beside one of the database.
 *
 * <p>Both are walked in their order. A row-level change takes the next row change that it describes exactly; a
 * statement-level one takes as many of its table and operation as it counts; one without a count may take what is left
 * between its neighbours. What is found only by walking back is out of order; what then is left is missing, and what
 * found nothing is a phantom. Where equal changes follow each other the first walk may take the wrong one: then the
 * transaction is walked from its end. An alignment without findings proves that the trail may be true.
 */
final class Alignment {

    /** A change of the trail and the row change that it describes. */
    record Match(Change told, RowChange real) {}

    /** Row changes for which a statement-level change stands. */
    record Absorbed(@Nullable GapReason reason, int rows) {}

    /** A statement-level change without a count: between which statements it can have been. */
    private static final class Elastic {
        private final Change told;
        private final int from;
        private int to = Integer.MAX_VALUE;
        private int rows;

        Elastic(Change told, int from) {
            this.told = told;
            this.from = from;
        }
    }

    private final Dialect dialect;
    private final List<RowChange> real;
    private final int[] group;
    /** How many places further a statement is tried than the first that it fits. */
    private static final int MOST_PLACES = 3;

    private @Nullable Change moved;
    private int places;
    private final boolean[] used;
    private final List<Match> matches = new ArrayList<>();
    private final List<Absorbed> absorbed = new ArrayList<>();
    private final List<Elastic> elastic = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private int cursor;
    private int missing;
    private int phantom;
    private int different;
    private int misordered;

    private Alignment(Dialect dialect, List<RowChange> real) {
        this.dialect = dialect;
        this.real = real;
        this.group = new int[real.size()];
        this.used = new boolean[real.size()];
        for (int i = 1; i < group.length; i++) {
            group[i] =
                    group[i - 1] + (real.get(i).statement() == real.get(i - 1).statement() ? 0 : 1);
        }
    }

    static Alignment of(Dialect dialect, List<Change> told, List<RowChange> real) {
        Alignment forward = new Alignment(dialect, real);
        forward.walk(told);
        if (forward.isClean()) {
            return forward;
        }
        Alignment backward = new Alignment(dialect, reversed(real));
        backward.walk(reversed(told));
        return backward.isClean() ? backward : otherPlaces(dialect, told, real, forward);
    }

    /** Beside a statement without a count, another one need not stand for the first rows that it could stand for. */
    private static Alignment otherPlaces(Dialect dialect, List<Change> told, List<RowChange> real, Alignment first) {
        if (first.elastic.isEmpty()) {
            return first;
        }
        for (Change moved : told) {
            if (!moved.isRowLevel() && moved.rows() >= 0) {
                for (int places = 1; places <= MOST_PLACES; places++) {
                    Alignment other = new Alignment(dialect, real);
                    other.moved = moved;
                    other.places = places;
                    other.walk(told);
                    if (other.isClean()) {
                        return other;
                    }
                }
            }
        }
        return first;
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    boolean isClean() {
        return missing + phantom + different + misordered == 0;
    }

    int missing() {
        return missing;
    }

    int phantom() {
        return phantom;
    }

    int different() {
        return different;
    }

    int misordered() {
        return misordered;
    }

    List<Match> matches() {
        return matches;
    }

    List<Absorbed> absorbed() {
        return absorbed;
    }

    List<String> findings() {
        return findings;
    }

    private void walk(List<Change> told) {
        for (Change change : told) {
            if (change.isRowLevel()) {
                row(change);
            } else if (change.gap() == GapReason.CODE_IN_DATABASE) {
                absorbed.add(new Absorbed(change.gap(), 0)); // May have done anything, and stands for nothing.
            } else if (change.rows() < 0) {
                elastic.add(new Elastic(change, cursor));
            } else {
                statement(change);
            }
        }
        for (int i = 0; i < used.length; i++) {
            if (!used[i] && !stretch(i)) {
                missing++;
                findings.add("missing: " + real.get(i));
            }
        }
        elastic.forEach(each -> absorbed.add(new Absorbed(each.told.gap(), each.rows)));
    }

    private void row(Change told) {
        int at = first(cursor, one -> isOf(told, one) && new CellCheck(told, one).difference() == null);
        if (at < 0) {
            at = first(0, one -> isOf(told, one) && new CellCheck(told, one).difference() == null);
            if (at >= 0) {
                misordered++;
                findings.add("misordered: " + real.get(at) + " is told by " + told.id() + " out of its place");
            }
        } else {
            advance(group[at]);
        }
        if (at < 0) {
            at = first(0, one -> isOf(told, one) && Objects.equals(one.key(), told.key()));
            if (at < 0) {
                phantom++;
                findings.add("phantom: " + told);
                return;
            }
            different++;
            findings.add(
                    "different: " + real.get(at) + ": " + new CellCheck(told, real.get(at)).difference() + ": " + told);
        }
        used[at] = true;
        matches.add(new Match(told, real.get(at)));
    }

    private static boolean isOf(Change told, RowChange real) {
        return Objects.equals(told.table(), real.shape().table().name());
    }

    private void statement(Change told) {
        Predicate<RowChange> fits = one -> mayStandFor(told, one);
        int only = groupOf(told, fits);
        int taken = 0;
        for (int i = 0; i < used.length && taken < told.rows(); i++) {
            boolean inPlace = only < 0 ? group[i] >= cursor : group[i] == only;
            if (!used[i] && inPlace && fits.test(real.get(i))) {
                used[i] = true;
                taken++;
                advance(group[i]);
            }
        }
        absorbed.add(new Absorbed(told.gap(), taken));
        if (!isCountOf(told, taken)) {
            phantom += (int) told.rows() - taken;
            findings.add("phantom: " + taken + " row changes where the trail counts " + told.rows() + ": " + told);
        }
    }

    private boolean isCountOf(Change told, int rows) {
        return rows == told.rows() || (told.operation() == Operation.UPSERT && dialect.countsTwice(told, rows));
    }

    /** The next statement that changed as many rows; -1 if there is none: a batch is several statements. */
    private int groupOf(Change told, Predicate<RowChange> fits) {
        int last = group.length == 0 ? -1 : group[group.length - 1];
        int skipped = 0;
        for (int candidate = cursor; candidate <= last; candidate++) {
            int found = 0;
            for (int i = 0; i < used.length; i++) {
                found += !used[i] && group[i] == candidate && fits.test(real.get(i)) ? 1 : 0;
            }
            if (found > 0 && isCountOf(told, found) && skipped++ >= (told.equals(moved) ? places : 0)) {
                return candidate;
            }
        }
        return -1;
    }

    private boolean stretch(int i) {
        for (Elastic each : elastic) {
            if (group[i] >= each.from && group[i] <= each.to && mayStandFor(each.told, real.get(i))) {
                each.rows++;
                return true;
            }
        }
        return false;
    }

    private boolean mayStandFor(Change told, RowChange one) {
        TableName table = told.table();
        boolean sameTable =
                table == null || dialect.isName(table, one.shape().table().name());
        return sameTable
                && switch (told.operation()) {
                    case OTHER -> one.operation() != Operation.TRUNCATE;
                    case UPSERT ->
                        one.operation() != Operation.TRUNCATE
                                && (one.operation() != Operation.DELETE || mayDelete(told));
                    default -> told.operation() == one.operation();
                };
    }

    /** A MERGE that says so, and REPLACE. */
    private static boolean mayDelete(Change upsert) {
        String sql = String.valueOf(upsert.statement()).toUpperCase(Locale.ROOT);
        return sql.contains("DELETE") || sql.contains("REPLACE");
    }

    private void advance(int to) {
        cursor = Math.max(cursor, to);
        for (Elastic each : elastic) {
            each.to = Math.min(each.to, to);
        }
    }

    private int first(int from, Predicate<RowChange> wanted) {
        for (int i = 0; i < used.length; i++) {
            if (!used[i] && group[i] >= from && wanted.test(real.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
