package dev.afterimage.jdbc.store;

import java.util.ArrayList;
import java.util.List;

/** Parts of long lists, such that few different statements come of them. */
final class Batches {

    private Batches() {}

    /** The list in parts of at most some size. */
    static <T> List<List<T>> of(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < all.size(); start += most) {
            parts.add(all.subList(start, Math.min(all.size(), start + most)));
        }
        return parts;
    }

    /** The list in parts whose sizes are powers of two, the largest first. */
    static <T> List<List<T>> ofPowers(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < all.size(); ) {
            int size = Math.min(most, Integer.highestOneBit(all.size() - start));
            parts.add(all.subList(start, start + size));
            start += size;
        }
        return parts;
    }

    /** The list, its last element repeated until the size is a power of two. */
    static <T> List<T> padded(List<T> some) {
        List<T> padded = new ArrayList<>(some);
        while (Integer.bitCount(padded.size()) > 1) {
            padded.add(some.get(some.size() - 1));
        }
        return padded;
    }
}
