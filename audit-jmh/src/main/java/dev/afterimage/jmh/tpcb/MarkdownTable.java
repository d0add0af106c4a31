package dev.afterimage.jmh.tpcb;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The comparison as Markdown: a table for each condition. */
final class MarkdownTable {

    private static final String NOTHING = "–";
    private static final List<String> HEAD = List.of(
            "variant",
            "transactions/s (min–max)",
            "of raw (min–max)",
            "machine, CPU µs/tx",
            "of raw",
            "application threads, µs/tx",
            "rest of the JVM, µs/tx",
            "behind at the end",
            "trail");

    private final Comparison comparison;

    MarkdownTable(Comparison comparison) {
        this.comparison = comparison;
    }

    String text() {
        return comparison.conditions().stream().map(this::table).collect(Collectors.joining("\n"))
                + "\n"
                + comparison.variants().stream()
                        .map(variant -> "- **" + variant.name() + "**: " + variant.note() + "\n")
                        .collect(Collectors.joining());
    }

    private String table(Condition condition) {
        StringBuilder table = new StringBuilder("### " + condition + "\n\n" + line(HEAD));
        table.append("|---|").append("---:|".repeat(HEAD.size() - 2)).append("---|\n");
        for (Variant variant : comparison.variants()) {
            List<Sample> samples = comparison.samples(variant, condition);
            if (!samples.isEmpty()) {
                table.append(line(cells(variant, samples)));
            }
        }
        return table.toString();
    }

    private List<String> cells(Variant variant, List<Sample> samples) {
        return List.of(
                variant.name(),
                show(Comparison.spread(samples, Sample::perSecond), MarkdownTable::whole),
                variant.kind() == Variant.Kind.RAW
                        ? "1"
                        : show(comparison.rate(samples), spread -> withEnds(spread, "%.3f")),
                show(
                        Comparison.spread(samples, sample -> Comparison.orNaN(sample.machineMicros())),
                        MarkdownTable::middle),
                show(comparison.cpu(samples), spread -> text("%.2f", spread.median())),
                show(Comparison.spread(samples, Sample::workerMicros), MarkdownTable::middle),
                show(
                        Comparison.spread(samples, sample -> Math.max(0, sample.jvmMicros() - sample.workerMicros())),
                        MarkdownTable::middle),
                behind(samples),
                trail(variant, samples));
    }

    private static String behind(List<Sample> samples) {
        return samples.stream()
                .max((one, other) -> Double.compare(one.catchUpSeconds(), other.catchUpSeconds()))
                .map(MarkdownTable::behind)
                .orElse(NOTHING);
    }

    private static String behind(Sample sample) {
        Long behind = sample.behind();
        return behind == null ? NOTHING : text("%,d changes, %.2f s", behind, sample.catchUpSeconds());
    }

    /** What the check of the trail has found, over all rounds. */
    static String trail(Variant variant, List<Sample> samples) {
        String trouble = samples.stream()
                .map(Sample::trouble)
                .filter(text -> !text.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        String found = switch (variant.kind()) {
            case RAW -> NOTHING;
            case NO_TRAIL -> "keeps none" + lost(samples);
            case OURS, TRAIL ->
                lost(samples).isEmpty() ? "complete" : lost(samples).substring(2);
        };
        return trouble.isEmpty() ? found : found + " (" + trouble + ")";
    }

    private static String lost(List<Sample> samples) {
        long expected = samples.stream().mapToLong(Sample::expected).sum();
        long missing =
                samples.stream().mapToLong(Sample::missing).filter(n -> n > 0).sum();
        long twice =
                -samples.stream().mapToLong(Sample::missing).filter(n -> n < 0).sum();
        return (missing == 0 ? "" : text(", **lost %,d of %,d**", missing, expected))
                + (twice == 0 ? "" : text(", %,d too many", twice));
    }

    private static String whole(Spread spread) {
        return withEnds(spread, "%,.0f");
    }

    private static String middle(Spread spread) {
        return text("%,.0f", spread.median());
    }

    private static String withEnds(Spread spread, String format) {
        return text(format, spread.median())
                + (spread.count() == 1
                        ? ""
                        : " (" + text(format, spread.min()) + "–" + text(format, spread.max()) + ")");
    }

    private static String show(Optional<Spread> spread, Function<Spread, String> format) {
        return spread.map(format).orElse(NOTHING);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
