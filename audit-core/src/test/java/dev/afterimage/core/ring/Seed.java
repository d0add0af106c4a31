package dev.afterimage.core.ring;

import java.util.concurrent.ThreadLocalRandom;

/** The seed of a randomised test: {@code -Daudit.seed=N} repeats a run, else it is new each time. */
final class Seed {

    private Seed() {}

    static long next(Class<?> test) {
        long seed = Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong());
        System.out.println(test.getSimpleName() + ": -Daudit.seed=" + seed);
        return seed;
    }
}
