package dev.afterimage.jmh.tpcb;

import java.util.Arrays;

/**
 * The middle and the ends of some figures.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param count how many there are
 */
record Spread(double median, double min, double max, int count) {

    /**
     * The spread of at least one figure.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Spread of(double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("No figures");
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
