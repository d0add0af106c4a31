package dev.afterimage.core.codec;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** The randomness of a test: {@code -Daudit.seed=N} repeats a run, else it is new each time. */
public final class Seed {

    private Seed() {}

    public static Random random(Class<?> test) {
        long seed = Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong());
        System.out.println(test.getSimpleName() + ": -Daudit.seed=" + seed);
        return new Random(seed);
    }
}
