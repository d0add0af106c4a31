package dev.afterimage.jmh.tpcb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples whose figures a test can compute in its head. */
final class Samples {

    static final Condition TWO = new Condition(2, true);
    static final Condition EIGHT = new Condition(8, false);

    private final List<Sample> samples = new ArrayList<>();

    /** A sample whose trail is complete. */
    Samples add(String variant, Condition condition, int round, double perSecond, double machineMicros) {
        return add(variant, condition, round, perSecond, machineMicros, 4000L, "");
    }

    /** A sample of a thousand transactions. */
    Samples add(
            String variant,
            Condition condition,
            int round,
            double perSecond,
            double machineMicros,
            @Nullable Long recorded,
            String trouble) {
        samples.add(new Sample(
                variant, condition, round, 1000, perSecond, machineMicros, 50, 40, 0L, 0, 4000, recorded, trouble));
        return this;
    }

    Comparison comparison() {
        return new Comparison(
                Variants.of(samples.stream().map(Sample::variant).toList(), Path.of(".")),
                List.of(TWO, EIGHT),
                samples);
    }
}
