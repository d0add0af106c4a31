package dev.afterimage.jdbc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.codec.ByteReader;
import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowTest {

    private static List<String> read(String json) {
        List<String> columns = new ArrayList<>();
        ByteWriter values = new ByteWriter(64);
        JsonRow.Cells cells = new JsonRow.Cells() {
            @Override
            public void take(String column) {
                columns.add(column);
            }

            @Override
            public ByteWriter values() {
                return values;
            }
        };
        new JsonRow(json).writeTo(cells, new ValueEncoder(1 << 16), "pin"::equals);
        ByteReader reader = new ByteReader(values.array(), 0, values.length());
        List<String> read = new ArrayList<>();
        for (String column : columns) {
            Value value = ValueCodec.get(reader);
            read.add(column + " " + value.type() + " " + value.content());
        }
        assertThat(reader.hasRemaining()).as("one value for each column").isFalse();
        return read;
    }

    @Test
    void scalarsKeepTheirTypeAndTheirDigits() {
        assertThat(read("""
                {"a": 12.50, "b": null, "c": true, "d": "x", "e": -3}"""))
                .containsExactly("a DECIMAL 12.50", "b NULL null", "c BOOLEAN true", "d STRING x", "e DECIMAL -3");
    }

    @Test
    void escapesAreUndone() {
        assertThat(read("""
                {"q\\"\\\\": "a\\n\\t\\u00e9\\/\\ud834\\udd1e"}""")).containsExactly("q\"\\ STRING a\n\té/\uD834\uDD1E");
    }

    @Test
    void whatIsHiddenOrNestedIsPassedOver() {
        assertThat(read("""
                {"pin": "1234", "tags": ["]", {"a": 1}], "pin": {}, "z": 1}"""))
                .hasSize(2)
                .noneMatch(cell -> cell.contains("1234"))
                .satisfies(cells -> assertThat(cells.get(0)).startsWith("tags DIGEST"))
                .satisfies(cells -> assertThat(cells.get(1)).isEqualTo("z DECIMAL 1"));
    }

    @Test
    void anEmptyRow() {
        assertThat(read("{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":\"",
                "{\"a\":\"\\u12",
                "{\"a\":[",
                "{a:1}"
            })
    void whatIsNoRowIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(RuntimeException.class);
    }
}
