package dev.afterimage.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueTest {

    @ParameterizedTest
    @EnumSource(names = {"NULL", "MASKED", "DEFAULT"})
    void someTypesHaveNoContent(ValueType type) {
        assertThat(new Value(type, null).text()).isNull();
        assertThatThrownBy(() -> new Value(type, "x")).hasMessage("type=" + type + " content=present");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NULL", "MASKED", "DEFAULT"})
    void allOthersHave(ValueType type) {
        assertThatThrownBy(() -> new Value(type, null)).hasMessage("type=" + type + " content=null");
    }

    @Test
    void bytesAreEqualByContent() {
        Value one = new Value(ValueType.BYTES, new byte[] {1, 2});
        Value same = new Value(ValueType.BYTES, new byte[] {1, 2});
        Value other = new Value(ValueType.BYTES, new byte[] {1, 3});

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    }

    @Test
    void theTypeIsPartOfAValue() {
        assertThat(Value.of("1")).isNotEqualTo(Value.of(1));
        assertThat(Value.of("x")).isNotEqualTo(new Value(ValueType.EXPRESSION, "x"));
        assertThat(Value.NULL).isNotEqualTo(Value.MASKED);
        assertThat(Value.of(new BigDecimal("1.0"))).isNotEqualTo(Value.of(new BigDecimal("1.00")));
    }

    @Test
    void aValueNeverShowsItsContentByAccident() {
        assertThat(Value.of("secret")).hasToString("Value[STRING]");
    }

    @Test
    void theTextIsPlain() {
        assertThat(Value.of(new BigDecimal("1E+3")).text()).isEqualTo("1000");
        assertThat(new Value(ValueType.BYTES, new byte[] {0x0A, -1}).text()).isEqualTo("0aff");
        assertThat(Value.of(-7).text()).isEqualTo("-7");
        assertThat(new Value(ValueType.BOOLEAN, true).text()).isEqualTo("true");
    }

    @Test
    void anAbsurdDecimalKeepsItsExponent() {
        assertThat(Value.of(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE)).text())
                .isEqualTo("1E+2147483648");
    }

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void whatTheDatabaseWasGivenIsKnownUnlessHiddenComputedOrCut(ValueType type) {
        Object content = switch (type) {
            case NULL, MASKED, DEFAULT -> null;
            default -> "any";
        };
        boolean unknown = type == ValueType.MASKED
                || type == ValueType.DEFAULT
                || type == ValueType.EXPRESSION
                || type == ValueType.DIGEST;

        assertThat(new Value(type, content).isKnown()).isNotEqualTo(unknown);
    }
}
