package dev.afterimage.jmh.tpcb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the comparison must show, as lines {@code name | ours | best rival | ratio | goal | met or missed}. Shares of the
 * bare pool are medians over all rounds of all conditions; the worst condition is named beside. To be ahead of rivals is
 * asked under each condition.
 */
final class Goals {

    private static final double CAPTURE = 0.97;
    private static final double WHOLE_PATH = 0.90;

    private final Comparison comparison;

    Goals(Comparison comparison) {
        this.comparison = comparison;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        shareOfRaw(lines, CountingSinkVariant.NAME, "TPC-B transactions/s, capture into a counting sink", CAPTURE);
        shareOfRaw(lines, BrokerVariant.NAME, "TPC-B transactions/s, whole path to a real broker", WHOLE_PATH);
        aheadOfTrails(lines);
        cpu(lines);
        return lines;
    }

    private void shareOfRaw(List<String> lines, String variant, String name, double goal) {
        List<Sample> samples = comparison.samples(variant);
        comparison
                .rate(samples)
                .ifPresent(spread -> lines.add(line(
                        name,
                        text("%.3f of raw%s", spread.median(), worst(variant)),
                        "1 (raw)",
                        text("%.3f", spread.median()),
                        text(">= %.2f", goal),
                        spread.median() >= goal && isComplete(samples))));
    }

    private String worst(String name) {
        return variant(name)
                .flatMap(variant -> comparison.conditions().stream()
                        .filter(condition -> share(variant, condition).isPresent())
                        .min(Comparator.comparingDouble(
                                condition -> share(variant, condition).orElse(Double.NaN)))
                        .map(condition -> text(
                                ", worst setting %.3f: %s",
                                share(variant, condition).orElse(Double.NaN), condition)))
                .orElse("");
    }

    private record Lead(Condition condition, Variant rival, double ours, double rivals) {

        double ratio() {
            return ours / rivals;
        }
    }

    private void aheadOfTrails(List<String> lines) {
        variant(BrokerVariant.NAME)
                .flatMap(ours -> comparison.conditions().stream()
                        .flatMap(condition -> leads(ours, condition).stream())
                        .min(Comparator.comparingDouble(Lead::ratio)))
                .ifPresent(least -> lines.add(line(
                        "TPC-B transactions/s, whole path to a real broker, ahead of what keeps a trail",
                        text("%.3f of raw, at %s, where the lead is smallest", least.ours, least.condition),
                        text("%.3f of raw (%s)", least.rivals, least.rival.name()),
                        text("%.3f", least.ratio()),
                        "> 1 in every setting",
                        least.ratio() > 1 && isComplete(comparison.samples(BrokerVariant.NAME)))));
    }

    private List<Lead> leads(Variant ours, Condition condition) {
        Optional<Double> share = share(ours, condition);
        return trails().stream()
                .filter(rival -> share.isPresent() && share(rival, condition).isPresent())
                .map(rival -> new Lead(
                        condition,
                        rival,
                        share.orElse(Double.NaN),
                        share(rival, condition).orElse(Double.NaN)))
                .toList();
    }

    private void cpu(List<String> lines) {
        Optional<Spread> ours = comparison.cpu(comparison.samples(BrokerVariant.NAME));
        Optional<Spread> counting = comparison.cpu(comparison.samples(CountingSinkVariant.NAME));
        Optional<Variant> rival = trails().stream()
                .filter(variant -> cpu(variant).isPresent())
                .min(Comparator.comparingDouble(variant -> cpu(variant).orElse(Double.NaN)));
        if (ours.isPresent() && rival.isPresent()) {
            double rivals = cpu(rival.get()).orElse(Double.NaN);
            lines.add(line(
                    "TPC-B CPU per transaction, whole machine",
                    text("%.2f of raw to a broker", ours.get().median())
                            + counting.map(spread -> text(", %.2f to a counting sink", spread.median()))
                                    .orElse(""),
                    text("%.2f of raw (%s)", rivals, rival.get().name()),
                    text("%.3f", ours.get().median() / rivals),
                    "stated",
                    true));
        }
    }

    private List<Variant> trails() {
        return comparison.variants().stream()
                .filter(variant -> variant.kind() == Variant.Kind.TRAIL)
                .toList();
    }

    private Optional<Variant> variant(String name) {
        return comparison.variants().stream()
                .filter(variant -> variant.name().equals(name))
                .findFirst();
    }

    private Optional<Double> share(Variant variant, Condition condition) {
        return comparison.rate(comparison.samples(variant, condition)).map(Spread::median);
    }

    private Optional<Double> cpu(Variant variant) {
        return comparison.cpu(comparison.samples(variant.name())).map(Spread::median);
    }

    private static boolean isComplete(List<Sample> samples) {
        return samples.stream()
                .allMatch(sample -> sample.missing() == 0 && sample.trouble().isBlank());
    }

    private static String line(String name, String ours, String rival, String ratio, String goal, boolean met) {
        return String.join(" | ", name, ours, rival, ratio, goal, met ? "met" : "missed");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
