package dev.afterimage.jmh.ratio;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a row came to.
 *
 * @param ours median of the rounds
 * @param best the rival with the best median, or a dash
 * @param theirs its median; NaN where there is no rival
 * @param held median of what each round holds against the goal: a quotient, a difference or the figure itself
 * @param lowest of the rounds
 * @param highest of the rounds
 */
record Outcome(Row row, double ours, String best, double theirs, double held, double lowest, double highest) {

    private static final String NOBODY = "–";

    /**
     * Compares round by round: what disturbs the machine for a while disturbs both.
     *
     * @param rounds the figures of each round, by contender; one that has failed is missing
     */
    static Outcome of(Row row, List<Map<Contender, Map<String, Double>>> rounds) {
        Contender best = null;
        double theirs = Double.NaN;
        for (Contender rival : row.rivals()) {
            double figure = median(figures(rival, row, rounds));
            boolean better = row.goal().moreIsBetter() ? figure > theirs : figure < theirs;
            if (best == null || Double.isNaN(theirs) || better) {
                best = rival;
                theirs = figure;
            }
        }
        double[] held = held(row, best, rounds);
        return new Outcome(
                row,
                median(figures(row.ours(), row, rounds)),
                best == null ? NOBODY : best.name(),
                theirs,
                median(held),
                Arrays.stream(held).min().orElse(Double.NaN),
                Arrays.stream(held).max().orElse(Double.NaN));
    }

    private static double[] held(Row row, Contender best, List<Map<Contender, Map<String, Double>>> rounds) {
        return rounds.stream()
                .mapToDouble(round -> row.goal().held(figure(row.ours(), row, round), figure(best, row, round)))
                .filter(held -> !Double.isNaN(held))
                .toArray();
    }

    private static double[] figures(Contender of, Row row, List<Map<Contender, Map<String, Double>>> rounds) {
        return rounds.stream()
                .mapToDouble(round -> figure(of, row, round))
                .filter(figure -> !Double.isNaN(figure))
                .toArray();
    }

    private static double figure(Contender of, Row row, Map<Contender, Map<String, Double>> round) {
        return round.getOrDefault(of, Map.of()).getOrDefault(row.metric(), Double.NaN);
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@code met}, {@code missed}, or that there are no figures. */
    String verdict() {
        if (Double.isNaN(held)) {
            return "no figures";
        }
        return row.goal().isMet(held) ? "met" : "missed";
    }

    /** A line of a Markdown table. */
    String line() {
        return String.join(
                " | ",
                "| " + row.name(),
                text(ours) + " " + row.unit(),
                best.equals(NOBODY) ? best : text(theirs) + " " + row.unit() + " " + best,
                text(held) + " (" + text(lowest) + "–" + text(highest) + ")",
                row.goal().toString(),
                verdict() + " |");
    }

    /** The head of that table. */
    static String head() {
        return "| work | ours | best rival | held against the goal: median (lowest–highest) | goal | |\n"
                + "|---|---|---|---|---|---|";
    }

    private static String text(double figure) {
        if (Double.isNaN(figure)) {
            return NOBODY;
        }
        double size = Math.abs(figure);
        String pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, figure);
    }
}
