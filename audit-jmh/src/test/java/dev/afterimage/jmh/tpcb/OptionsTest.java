package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void whatIsGivenOverridesTheShortForm() {
        Options options = Options.parse("--short", "--threads", "4", "--variants", "debezium, raw");
        assertThat(options.threads()).containsExactly(4);
        assertThat(options.variants()).containsExactly("debezium", "raw");
        assertThat(options.length()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.plan().conditions()).containsExactly(new Condition(4, true), new Condition(4, false));
    }

    @Test
    void theShortFormLeavesOutWhatKeepsNoTrail() {
        assertThat(Options.parse("--short").variants()).doesNotContain("p6spy", "datasource-proxy");
        assertThat(Options.parse().variants()).isEqualTo(Variants.COMPARED);
    }

    @Test
    void ourOtherModesAreMeasuredWhenTheyAreNamed() {
        assertThat(Options.parse().variants()).doesNotContain("afterimage-disk");
        Options modes = Options.parse("--short", "--variants", "afterimage-memory,afterimage-disk");
        assertThat(modes.variants()).containsExactly("afterimage-memory", "afterimage-disk");
        assertThat(modes.limit()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aPasswordIsNotWrittenDown() {
        assertThat(Options.withoutPassword("--user", "me", "--password", "secret", "--short"))
                .isEqualTo("--user me --password *** --short");
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        for (List<String> wrong : List.of(
                List.of("--rounds", "0"),
                List.of("--threads", "2,x"),
                List.of("--fsync", "maybe"),
                List.of("--variants", "magic"),
                List.of("--speed", "9"),
                List.of("--seconds"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Options.parse(wrong.toArray(String[]::new)))
                    .withMessageContaining(wrong.get(0));
        }
    }
}
