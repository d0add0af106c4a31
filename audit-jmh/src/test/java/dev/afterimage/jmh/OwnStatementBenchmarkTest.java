package dev.afterimage.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class OwnStatementBenchmarkTest {

    @Test
    void readsTypesFromTheTexts() {
        assertThat(OwnStatementBenchmark.valuesOf("1, abc,3000000000,-1.50,true,null,"))
                .containsExactly(1, "abc", 3_000_000_000L, new BigDecimal("-1.50"), true, null, "");
        assertThat(OwnStatementBenchmark.valuesOf("")).isEmpty();
    }
}
