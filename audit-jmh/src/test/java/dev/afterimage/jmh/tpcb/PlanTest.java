package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private final List<Variant> variants =
            Variants.of(List.of("afterimage", "debezium", "outbox-batched"), Path.of("."));

    @Test
    void theOrderChangesFromRoundToRound() {
        Plan plan = new Plan(List.of(), 3, 1);
        assertThat(plan.order(variants, 1))
                .extracting(Variant::name)
                .containsExactly("raw", "afterimage", "debezium", "outbox-batched");
        assertThat(plan.order(variants, 2))
                .extracting(Variant::name)
                .containsExactly("raw", "outbox-batched", "debezium", "afterimage");
        assertThat(plan.order(variants, 3))
                .extracting(Variant::name)
                .containsExactly("debezium", "outbox-batched", "raw", "afterimage");
    }

    @Test
    void rivalsMayPauseWhileTheBarePoolNeverDoes() {
        Plan plan = new Plan(List.of(), 3, 2);
        assertThat(plan.order(variants, 1)).hasSize(4);
        assertThat(plan.order(variants, 2)).extracting(Variant::name).containsExactly("raw", "afterimage");
        assertThat(plan.order(variants, 3)).hasSize(4);
    }
}
