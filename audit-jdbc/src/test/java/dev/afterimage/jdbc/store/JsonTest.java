package dev.afterimage.jdbc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void keepsNullApartFromAbsentAndFromEmpty() {
        Map<String, @Nullable String> object = new LinkedHashMap<>();
        object.put("a", null);
        object.put("b", "");
        object.put("c", "null");
        assertThat(Json.write(object)).isEqualTo("{\"a\":null,\"b\":\"\",\"c\":\"null\"}");
        assertThat(Json.readTexts(Json.write(object))).isEqualTo(object).doesNotContainKey("d");
        assertThat(Json.write(null)).isEqualTo("null");
        assertThat(Json.read("null")).isNull();
        assertThat(Json.write(Map.of())).isEqualTo("{}");
        assertThat(Json.read(" { } ")).isEmpty();
    }

    @Test
    void readsWhatItWrote() {
        long seed = Long.getLong("audit.seed", System.nanoTime());
        System.out.println("JsonTest: -Daudit.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            Map<String, @Nullable String> object = new LinkedHashMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                object.put(text(random), random.nextInt(4) == 0 ? null : text(random));
            }
            assertThat(Json.readTexts(Json.write(object))).isEqualTo(object);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append("\"\\/{}[],:\n\r\t\b\f\u0001\u001f".charAt(random.nextInt(16)));
                case 1 -> text.appendCodePoint(0x1F600 + random.nextInt(50));
                case 2 -> text.append((char) ('\u00a0' + random.nextInt(500)));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    @Test
    void replacesWhatADatabaseWouldRefuse() {
        String hostile = "a\0b" + (char) 0xD83D + "c";
        assertThat(Json.readTexts(Json.write(Map.of("k", hostile)))).containsEntry("k", "a\uFFFDb\uFFFDc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"a\"}", "{\"a\":1}", "[]", "{} x", "\"a\"", "{\"a\":\"\\u12\"}", "{\"a\":\"\\x\"}"})
    void refusesWhatIsNotOurs(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.read(text));
    }
}
