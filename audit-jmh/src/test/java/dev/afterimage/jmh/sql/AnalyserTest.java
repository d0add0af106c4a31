package dev.afterimage.jmh.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.jdbc.sql.SqlDialect;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnalyserTest {

    private static final Text UPDATE = new Text(SqlDialect.POSTGRESQL, "update account set owner = ? where id = ?");
    private static final Text NONSENSE = new Text(SqlDialect.POSTGRESQL, "once upon ( a time");

    static List<String> analysers() {
        return Analyser.NAMES;
    }

    @ParameterizedTest
    @MethodSource("analysers")
    void understandsAnUpdateAndNoNonsense(String analyser) {
        assertThat(Analyser.of(analyser).understands(UPDATE)).isTrue();
        assertThat(Analyser.of(analyser).understands(NONSENSE)).isFalse();
    }

    @Test
    void leavesOutWhatAnyDoesNotUnderstand() {
        assertThat(Analyser.understood(List.of(NONSENSE, UPDATE), Analyser.NAMES))
                .containsExactly(UPDATE);
    }

    @Test
    void oursUnderstandsEveryBuiltInStatement() throws IOException {
        List<Text> builtIn = Text.read("");
        assertThat(builtIn).hasSizeGreaterThan(40);
        assertThat(Analyser.understood(builtIn, List.of("afterimage"))).hasSameSizeAs(builtIn);
    }
}
