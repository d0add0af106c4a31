package dev.afterimage.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteWriterTest {

    private final ByteWriter writer = new ByteWriter(0);

    @Test
    void numbersAreLittleEndian() {
        writer.putByte(0xAB);
        writer.putShort(0x0102);
        writer.putInt(0x03040506);
        writer.putLong(0x0708090A0B0C0D0EL);

        assertThat(written()).containsExactly(0xAB, 2, 1, 6, 5, 4, 3, 0x0E, 0x0D, 0x0C, 0x0B, 0x0A, 9, 8, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "é", "x€y", "plain then é", "😀", "é😀\u0000z"})
    void aTextIsItsLengthAndUtf8(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

        writer.putText(text);

        assertThat(writer.length()).isEqualTo(4 + utf8.length);
        assertThat(Arrays.copyOfRange(written(), 4, writer.length())).isEqualTo(utf8);
        assertThat(new ByteReader(writer.array(), 0, writer.length()).getText()).isEqualTo(text);
    }

    @Test
    void anyTextIsEncodedAsTheJdkDoes() {
        Random random = Seed.random(ByteWriterTest.class);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                // Surrogates, paired or not, are an eighth of these.
                text.append((char) (random.nextInt(8) == 0 ? 0xD800 + random.nextInt(0x800) : random.nextInt(0x10000)));
            }
            writer.truncate(0);

            writer.putText(text.toString());

            assertThat(Arrays.copyOfRange(written(), 4, writer.length()))
                    .isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsTruncatedIsWrittenOver() {
        writer.putInt(1);
        int mark = writer.length();
        writer.putText("undone");

        writer.truncate(mark);
        writer.putByte(2);

        assertThat(written()).containsExactly(1, 0, 0, 0, 2);
    }

    @Test
    void aMarkThatWasNeverReachedIsRefused() {
        writer.putInt(1);

        assertThatThrownBy(() -> writer.truncate(5)).hasMessage("length=4 newLength=5");
        assertThatThrownBy(() -> writer.truncate(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersWrittenBeforeCanBeCorrected() {
        writer.putInt(1);
        writer.putLong(2);

        writer.setInt(0, 7);
        writer.setLong(4, 8);

        ByteReader reader = new ByteReader(writer.array(), 0, writer.length());
        assertThat(reader.getInt()).isEqualTo(7);
        assertThat(reader.getLong()).isEqualTo(8);
    }

    @Test
    void shrinkingGivesMemoryBackButKeepsASmallBuffer() {
        writer.putBytes(new byte[1000], 0, 1000);
        writer.shrink(100);
        assertThat(writer.array()).hasSize(100);
        assertThat(writer.length()).isZero();

        writer.putByte(1);
        byte[] small = writer.array();
        writer.shrink(100);
        assertThat(writer.array()).isSameAs(small);
    }

    private byte[] written() {
        return Arrays.copyOf(writer.array(), writer.length());
    }
}
