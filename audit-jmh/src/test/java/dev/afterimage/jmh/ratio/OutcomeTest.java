package dev.afterimage.jmh.ratio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Contender OURS = new Known("afterimage");
    private static final Contender FAST = new Known("fast");
    private static final Contender SLOW = new Known("slow");

    private record Known(String name) implements Contender {
        @Override
        public String key() {
            return name;
        }

        @Override
        public Map<String, Double> measure() {
            return Map.of();
        }
    }

    private static Map<Contender, Map<String, Double>> round(double ours, double fast, double slow) {
        return Map.of(OURS, Map.of("cpu", ours), FAST, Map.of("cpu", fast), SLOW, Map.of("cpu", slow));
    }

    private static Row row(Goal goal) {
        return new Row("work", "cpu", "ns", goal, OURS, List.of(SLOW, FAST));
    }

    @Test
    void comparesRoundByRoundWithTheRivalOfTheBestMedian() {
        Outcome outcome = Outcome.of(
                row(Goal.atMostOfBest(0.25)), List.of(round(20, 100, 400), round(60, 200, 150), round(10, 100, 400)));

        assertThat(outcome.best()).isEqualTo("fast");
        assertThat(outcome.theirs()).isEqualTo(100);
        assertThat(outcome.ours()).isEqualTo(20);
        assertThat(outcome.held()).isEqualTo(0.2);
        assertThat(outcome.lowest()).isEqualTo(0.1);
        assertThat(outcome.highest()).isEqualTo(0.3);
        assertThat(outcome.verdict()).isEqualTo("met");
        assertThat(outcome.line())
                .isEqualTo("| work | 20.0 ns | 100 ns fast | 0.20 (0.10–0.30) | ≤ 0.25 of it | met |");
    }

    @Test
    void aLargerFigureMayBeTheBetterOne() {
        Outcome outcome = Outcome.of(row(Goal.atLeastOfBest(1)), List.of(round(100, 90, 110)));

        assertThat(outcome.best()).isEqualTo("slow");
        assertThat(outcome.verdict()).isEqualTo("missed");
    }

    @Test
    void aDifferenceIsHeldAgainstItsOwnLimit() {
        assertThat(Outcome.of(row(Goal.atMostOver(30)), List.of(round(110, 90, 100)))
                        .verdict())
                .isEqualTo("met");
        assertThat(Outcome.of(row(Goal.atMostOver(30)), List.of(round(130, 90, 100)))
                        .verdict())
                .isEqualTo("missed");
    }

    @Test
    void withoutFiguresNothingIsMet() {
        assertThat(Outcome.of(row(Goal.atMost(1)), List.of(Map.of())).verdict()).isEqualTo("no figures");
    }

    @Test
    void aRoundThatHasFailedIsLeftOut() {
        Outcome outcome = Outcome.of(row(Goal.atMostOfBest(0.25)), List.of(Map.of(), round(20, 100, 400)));

        assertThat(outcome.held()).isEqualTo(0.2);
    }
}
