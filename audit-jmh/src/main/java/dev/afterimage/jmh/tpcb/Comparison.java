package dev.afterimage.jmh.tpcb;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Samples beside those of the bare pool in the same round. */
final class Comparison {

    private final List<Variant> variants;
    private final List<Condition> conditions;
    private final List<Sample> samples;

    Comparison(List<Variant> variants, List<Condition> conditions, List<Sample> samples) {
        this.variants = List.copyOf(variants);
        this.conditions = List.copyOf(conditions);
        this.samples = List.copyOf(samples);
    }

    List<Condition> conditions() {
        return conditions;
    }

    List<Variant> variants() {
        return variants;
    }

    List<Sample> samples() {
        return samples;
    }

    /** The samples of one variant under one condition. */
    List<Sample> samples(Variant variant, Condition condition) {
        return select(sample ->
                sample.variant().equals(variant.name()) && sample.condition().equals(condition));
    }

    /** The samples of one variant under all conditions. */
    List<Sample> samples(String variant) {
        return select(sample -> sample.variant().equals(variant));
    }

    private List<Sample> select(Predicate<Sample> wanted) {
        return samples.stream().filter(wanted).toList();
    }

    /** Transactions per second as a share of the bare pool's; empty where there is nothing to compare. */
    Optional<Spread> rate(List<Sample> some) {
        return ofRaw(some, Sample::perSecond);
    }

    /** CPU time of the whole machine per transaction as a multiple of the bare pool's. */
    Optional<Spread> cpu(List<Sample> some) {
        return ofRaw(some, sample -> orNaN(sample.machineMicros()));
    }

    private Optional<Spread> ofRaw(List<Sample> some, ToDoubleFunction<Sample> figure) {
        return spread(some.stream()
                .map(sample -> raw(sample)
                        .map(raw -> figure.applyAsDouble(sample) / figure.applyAsDouble(raw))
                        .orElse(Double.NaN))
                .toList());
    }

    /** The spread of a figure as it is. */
    static Optional<Spread> spread(List<Sample> some, ToDoubleFunction<Sample> figure) {
        return spread(some.stream().map(figure::applyAsDouble).toList());
    }

    private static Optional<Spread> spread(List<Double> figures) {
        double[] known = figures.stream()
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .toArray();
        return known.length == 0 ? Optional.empty() : Optional.of(Spread.of(known));
    }

    /** The bare pool's sample of the same round. */
    private Optional<Sample> raw(Sample sample) {
        return samples.stream()
                .filter(other -> other.variant().equals(RawVariant.NAME)
                        && other.round() == sample.round()
                        && other.condition().equals(sample.condition()))
                .findFirst();
    }

    static double orNaN(@Nullable Double figure) {
        return Objects.requireNonNullElse(figure, Double.NaN);
    }
}
