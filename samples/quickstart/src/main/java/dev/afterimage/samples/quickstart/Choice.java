package dev.afterimage.samples.quickstart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Things that people pick from at random. Thread-safe. */
final class Choice<T> {

    private final List<T> things = Collections.synchronizedList(new ArrayList<>());

    void add(T thing) {
        things.add(thing);
    }

    /** Takes it away; returns whether it was still there. */
    boolean remove(T thing) {
        return things.remove(thing);
    }

    /** One of them; null if there are none. */
    @Nullable
    T any(Random random) {
        synchronized (things) {
            return things.isEmpty() ? null : things.get(random.nextInt(things.size()));
        }
    }

    /** Some of them, each once, in ascending order: rows locked in one order do not deadlock. */
    List<T> some(Random random, int most) {
        TreeSet<T> some = new TreeSet<>();
        for (int i = 0; i < most; i++) {
            T one = any(random);
            if (one != null) {
                some.add(one);
            }
        }
        return List.copyOf(some);
    }
}
