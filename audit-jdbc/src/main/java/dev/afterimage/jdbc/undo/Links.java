package dev.afterimage.jdbc.undo;

import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which drafts give up values of keys that others take or refer to, and the order that follows: a parent is put back
 * before its children and goes after them, and a unique value is free before it is taken. Where nothing follows, what was
 * done last is undone first.
 */
final class Links {

    /** Values of some columns of a table. */
    record Values(TableName table, List<String> columns, List<String> values) {}

    private record Edges(Map<Integer, Set<Integer>> after) {
        void add(@Nullable Integer first, @Nullable Integer second) {
            if (first != null && second != null && !first.equals(second)) {
                after.computeIfAbsent(first, any -> new TreeSet<>()).add(second);
            }
        }
    }

    private final List<Draft> drafts;
    private final Map<Values, Integer> takers = new HashMap<>();
    private final Map<Values, Integer> givers = new HashMap<>();
    private final Map<Values, Integer> leaving = new HashMap<>();

    /**
     * The drafts in their order.
     *
     * @param deferred whether foreign keys that can be checked at the commit have to be
     * @param circle drafts that no order suits; empty if there is one
     */
    record Order(List<Draft> drafts, boolean deferred, List<Draft> circle) {}

    /**
     * Finds the links.
     *
     * @param drafts what was done last comes first
     */
    Links(List<Draft> drafts) {
        this.drafts = drafts;
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            for (List<String> columns : keys(draft.shape())) {
                put(takers, draft, columns, draft.takes(columns), i);
                put(givers, draft, columns, draft.gives(columns), i);
            }
            for (ForeignKey key : draft.shape().parents()) {
                List<String> left = draft.gives(key.childColumns());
                if (left != null) {
                    leaving.merge(new Values(draft.shape().name(), key.childColumns(), left), 1, Integer::sum);
                }
            }
        }
    }

    private static Set<List<String>> keys(TableShape shape) {
        Set<List<String>> keys = new HashSet<>(shape.uniques());
        shape.children().forEach(key -> keys.add(key.parentColumns()));
        return keys;
    }

    private static void put(
            Map<Values, Integer> map, Draft draft, List<String> columns, @Nullable List<String> values, int index) {
        if (values != null) {
            map.put(new Values(draft.shape().name(), columns, values), index);
        }
    }

    /** Whether some draft makes a row with these values. */
    boolean isTaken(Values values) {
        return takers.containsKey(values);
    }

    /** Whether some draft takes these values away from a row. */
    boolean isGiven(Values values) {
        return givers.containsKey(values);
    }

    /** How many drafts make a row of a referring table refer to something else, or nothing. */
    int leaving(Values reference) {
        return leaving.getOrDefault(reference, 0);
    }

    Order order() {
        List<Integer> order = sorted(edges(false));
        boolean deferred = false;
        if (order.size() < drafts.size()) {
            order = sorted(edges(true));
            deferred = true;
        }
        List<Draft> circle = new ArrayList<>();
        if (order.size() < drafts.size()) {
            Set<Integer> done = new HashSet<>(order);
            for (int i = 0; i < drafts.size(); i++) {
                if (!done.contains(i)) {
                    circle.add(drafts.get(i));
                }
            }
        }
        List<Draft> ordered = new ArrayList<>();
        order.forEach(i -> ordered.add(drafts.get(i)));
        ordered.addAll(circle);
        return new Order(ordered, deferred && circle.isEmpty(), circle);
    }

    private Edges edges(boolean deferred) {
        Edges edges = new Edges(new HashMap<>());
        takers.forEach((values, taker) -> edges.add(givers.get(values), taker));
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            for (ForeignKey key : draft.shape().parents()) {
                if (deferred && key.deferrable()) {
                    continue;
                }
                edges.add(find(takers, key, draft.takes(key.childColumns())), i);
                edges.add(i, find(givers, key, draft.gives(key.childColumns())));
            }
        }
        return edges;
    }

    private static @Nullable Integer find(Map<Values, Integer> map, ForeignKey key, @Nullable List<String> values) {
        return values == null ? null : map.get(new Values(key.parent(), key.parentColumns(), values));
    }

    private List<Integer> sorted(Edges edges) {
        int[] waitsFor = new int[drafts.size()];
        edges.after().values().forEach(later -> later.forEach(i -> waitsFor[i]++));
        PriorityQueue<Integer> free = new PriorityQueue<>();
        for (int i = 0; i < waitsFor.length; i++) {
            if (waitsFor[i] == 0) {
                free.add(i);
            }
        }
        List<Integer> order = new ArrayList<>();
        for (Integer next = free.poll(); next != null; next = free.poll()) {
            order.add(next);
            for (Integer later : edges.after().getOrDefault(next, Set.of())) {
                if (--waitsFor[later] == 0) {
                    free.add(later);
                }
            }
        }
        return order;
    }
}
