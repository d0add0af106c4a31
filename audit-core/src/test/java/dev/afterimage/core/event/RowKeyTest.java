package dev.afterimage.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.event.RowKey.Part;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowKeyTest {

    @Test
    void theCanonicalTextNamesColumnsAndValues() {
        assertThat(key("id", "7").canonical()).isEqualTo("id=7");
        assertThat(key("a", "1", "b", "x,y").canonical()).isEqualTo("a=1,b=x\\,y");
        assertThat(key("a=b", "c\\d").canonical()).isEqualTo("a\\=b=c\\\\d");
    }

    @Test
    void differentKeysHaveDifferentTexts() {
        List<RowKey> keys = List.of(
                key("a", "1,b=2"),
                key("a", "1", "b", "2"),
                key("a", "1\\", "b", "2"),
                key("a", "1\\,b=2"),
                key("a", "1\\\\", "b", "2"),
                key("a=1,b", "2"));

        assertThat(keys).extracting(RowKey::canonical).doesNotHaveDuplicates();
    }

    @Test
    void valuesAreInKeyOrder() {
        assertThat(key("b", "2", "a", "1").values()).containsExactly("2", "1");
    }

    @Test
    void aKeyDoesNotFollowTheListItWasMadeOf() {
        List<Part> parts = new ArrayList<>(List.of(new Part("id", "7")));
        RowKey key = new RowKey(parts);

        parts.clear();

        assertThat(key.columns()).hasSize(1);
    }

    @Test
    void aKeyWithoutColumnsIsRefused() {
        assertThatThrownBy(() -> new RowKey(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static RowKey key(String... columnsAndValues) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            parts.add(new Part(columnsAndValues[i], columnsAndValues[i + 1]));
        }
        return new RowKey(parts);
    }
}
