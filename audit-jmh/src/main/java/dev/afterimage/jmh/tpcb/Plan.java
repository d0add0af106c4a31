package dev.afterimage.jmh.tpcb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who is measured when.
 *
 * @param conditions one after the other in each round
 * @param rounds how often everything is measured
 * @param rivalsEvery rivals take part in each such round only, to save time for the figures with a narrow goal
 */
record Plan(List<Condition> conditions, int rounds, int rivalsEvery) {

    Plan {
        conditions = List.copyOf(conditions);
    }

    /** Whether rivals take part in a round; in the first they always do. */
    boolean hasRivals(int round) {
        return (round - 1) % rivalsEvery == 0;
    }

    /** The variants of a round, counted from 1, in this round's order: each time another one begins. */
    List<Variant> order(List<Variant> variants, int round) {
        List<Variant> order = new ArrayList<>(
                variants.stream().filter(variant -> isMeasured(variant, round)).toList());
        Collections.rotate(order, -(round - 1));
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        return order;
    }

    private boolean isMeasured(Variant variant, int round) {
        return variant.kind() == Variant.Kind.RAW || variant.kind() == Variant.Kind.OURS || hasRivals(round);
    }
}
