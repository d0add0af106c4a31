package dev.afterimage.jdbc.capture;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the texts that were used last, bounded by what the texts hold. There are two generations: when the young
 * one is full it becomes the old one, and the old one is forgotten, but for what was used in the meantime.
 *
 * <p>That forgets a little more than is right, and a plan is soon made again; in return a plan that is found costs one
 * look into a map. A cache that chooses better keeps its books on the application's thread, and its many classes would
 * be loaded before the first statement. Thread-safe.
 */
final class PlanCache {

    /** What a plan holds beside its text, in characters. */
    private static final int PLAN_OVERHEAD = 200;

    private final long maxCharacters;
    private volatile Generation young = new Generation();
    private volatile Generation old = new Generation();

    private static final class Generation {
        final ConcurrentMap<String, CapturePlan> plans = new ConcurrentHashMap<>();
        final AtomicLong characters = new AtomicLong();
    }

    /**
     * Begins empty.
     *
     * @param maxCharacters most characters of all texts together, two hundred added to each for its plan
     */
    PlanCache(long maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    @Nullable
    CapturePlan get(String sql) {
        CapturePlan plan = young.plans.get(sql);
        if (plan == null) {
            // Read after the young one: what was young a moment ago is old by now.
            plan = old.plans.get(sql);
            if (plan != null) {
                put(sql, plan);
            }
        }
        return plan;
    }

    void put(String sql, CapturePlan plan) {
        Generation into = young;
        if (into.plans.put(sql, plan) == null
                && into.characters.addAndGet(sql.length() + PLAN_OVERHEAD) > maxCharacters / 2) {
            retire(into);
        }
    }

    private synchronized void retire(Generation full) {
        if (young == full) { // Else another thread was first.
            old = full; // Before the young one goes, so that nobody misses what is in it.
            young = new Generation();
        }
    }
}
