package dev.afterimage.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueCodecTest {

    private static final int DECIMAL = 5;
    private static final int DATE = 8;
    private static final int TIME = 9;
    private static final int TIMESTAMP = 10;
    private static final int TIMESTAMP_WITH_ZONE = 11;

    private final ByteWriter writer = new ByteWriter(16);

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void aValueOfAnyTypeComesBackEqual(ValueType type) {
        Sample sample = new Sample(Seed.random(ValueCodecTest.class));
        for (int round = 0; round < 500; round++) {
            Value value = sample.value(type);
            writer.truncate(0);

            ValueCodec.put(writer, value);

            ByteReader reader = reader();
            assertThat(ValueCodec.get(reader)).isEqualTo(value);
            assertThat(reader.hasRemaining()).isFalse();
        }
    }

    @Test
    void theScaleOfADecimalIsKept() {
        ValueCodec.putDecimal(writer, new BigDecimal("12.500"));

        assertThat(ValueCodec.get(reader()).text()).isEqualTo("12.500");
    }

    @Test
    void numbersThatAreNoDateOrTimeAreCorrupt() {
        isCorrupt(DATE, to -> to.putLong(Long.MAX_VALUE));
        isCorrupt(TIME, to -> to.putLong(-1));
        isCorrupt(TIME, to -> to.putLong(86_400_000_000_000L));
        isCorrupt(TIMESTAMP, to -> {
            to.putLong(Long.MIN_VALUE);
            to.putInt(0);
        });
        isCorrupt(TIMESTAMP, to -> {
            to.putLong(0);
            to.putInt(-1);
        });
        isCorrupt(TIMESTAMP_WITH_ZONE, to -> {
            to.putLong(0);
            to.putInt(0);
            to.putInt(18 * 3600 + 1);
        });
        isCorrupt(TIMESTAMP_WITH_ZONE, to -> {
            to.putLong(Long.MAX_VALUE);
            to.putInt(0);
            to.putInt(1);
        });
    }

    @Test
    void aDecimalWithoutDigitsIsCorrupt() {
        isCorrupt(DECIMAL, to -> {
            to.putInt(0);
            to.putInt(0);
        });
    }

    @Test
    void aCodeThatNoTypeHasIsCorrupt() {
        isCorrupt(18, to -> to.putLong(0));
        isCorrupt(0xFF, to -> to.putLong(0));
    }

    private void isCorrupt(int code, Consumer<ByteWriter> content) {
        writer.truncate(0);
        writer.putByte(code);
        content.accept(writer);
        assertThatThrownBy(() -> ValueCodec.get(reader())).isInstanceOf(CorruptRecordException.class);
    }

    private ByteReader reader() {
        return new ByteReader(writer.array(), 0, writer.length());
    }
}
