package dev.afterimage.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {

    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- settings -->";
    private static final String END = "<!-- /settings -->";

    @Test
    void theTableInTheReadmeIsWhatTheSettingsSay() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        assertThat(begin).as("%s has no %s", README, BEGIN).isNotNegative();
        assertThat(end).as("%s has no %s after it", README, END).isGreaterThan(begin);

        assertThat(readme.substring(begin + BEGIN.length(), end).strip())
                .as("Replace what stands between the markers in %s by this:%n%n%s%n", README, table())
                .isEqualTo(table().strip());
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| key | default | allowed | meaning |\n|---|---|---|---|\n");
        for (Setting setting : Setting.values()) {
            String fallback = setting.fallback();
            String key = setting.kind.isPrefix() ? setting.key() + "*" : setting.key();
            table.append("| `").append(key).append("` | ");
            table.append(fallback == null ? "none" : fallback.isEmpty() ? "empty" : "`" + fallback + "`");
            table.append(" | ").append(setting.allowed());
            table.append(" | ").append(setting.meaning()).append(" |\n");
        }
        return table.toString();
    }

    @Test
    void keysAreUniqueAlsoAsEnvironmentVariables() {
        assertThat(Arrays.stream(Setting.values())
                        .filter(setting -> !setting.kind.isPrefix())
                        .map(setting -> setting.key().replaceAll("[.-]", "_")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everyDefaultIsAllowed(Setting setting) {
        String fallback = setting.fallback();
        if (fallback != null) {
            assertThat(AuditConfiguration.of(Map.of(setting.key(), fallback)).isGiven(setting))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void aKeyIsLowerCaseAndTheMeaningASentence(Setting setting) {
        assertThat(setting.key()).matches("audit(\\.[a-z]+(-[a-z]+)*)+\\.?");
        assertThat(setting.meaning()).endsWith(".").doesNotContain("|", "\n");
    }
}
