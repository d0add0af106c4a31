package dev.afterimage.jmh.ratio;

import java.util.Locale;

/**
 * What a row must reach.
 *
 * @param kind what is held against the limit
 */
record Goal(Kind kind, double limit) {

    /** What is held against the limit. */
    enum Kind {
        /** Ours as a part of the best rival's, where less is better. */
        AT_MOST_OF_BEST,
        /** Ours as a part of the best rival's, where more is better. */
        AT_LEAST_OF_BEST,
        /** Ours less the first rival's. */
        AT_MOST_OVER,
        /** Ours. */
        AT_MOST,
        /** Ours, where more is better. */
        AT_LEAST
    }

    static Goal atMostOfBest(double limit) {
        return new Goal(Kind.AT_MOST_OF_BEST, limit);
    }

    static Goal atLeastOfBest(double limit) {
        return new Goal(Kind.AT_LEAST_OF_BEST, limit);
    }

    static Goal atMostOver(double limit) {
        return new Goal(Kind.AT_MOST_OVER, limit);
    }

    static Goal atMost(double limit) {
        return new Goal(Kind.AT_MOST, limit);
    }

    static Goal atLeast(double limit) {
        return new Goal(Kind.AT_LEAST, limit);
    }

    /** Whether a larger figure is the better one. */
    boolean moreIsBetter() {
        return kind == Kind.AT_LEAST_OF_BEST || kind == Kind.AT_LEAST;
    }

    /** What is held against the limit, in one round; NaN where there is nothing to compare with. */
    double held(double ours, double theirs) {
        return switch (kind) {
            case AT_MOST_OF_BEST, AT_LEAST_OF_BEST -> ours / theirs;
            case AT_MOST_OVER -> ours - theirs;
            case AT_MOST, AT_LEAST -> ours;
        };
    }

    boolean isMet(double held) {
        return moreIsBetter() ? held >= limit : held <= limit;
    }

    @Override
    public String toString() {
        String limited = (moreIsBetter() ? "≥ " : "≤ ")
                + String.format(Locale.ROOT, "%.3f", limit).replaceFirst("\\.?0+$", "");
        return switch (kind) {
            case AT_MOST_OF_BEST, AT_LEAST_OF_BEST -> limited + " of it";
            case AT_MOST_OVER -> limited + " more";
            case AT_MOST, AT_LEAST -> limited;
        };
    }
}
