package dev.afterimage.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.afterimage.core.table.ColumnType.Kind;
import dev.afterimage.core.value.Digest;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ColumnTypeTest {

    private static final UUID SOME = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");

    static Stream<Arguments> oneTextForEveryWayToBindAValue() {
        return Stream.of(
                arguments(Kind.INTEGER, -1, Value.of(-12), "-12"),
                arguments(Kind.INTEGER, -1, Value.of(" -012 "), "-12"),
                arguments(Kind.INTEGER, -1, Value.of(new BigDecimal("11.5")), "12"),
                arguments(Kind.INTEGER, -1, Value.of("18446744073709551615"), "18446744073709551615"),
                arguments(Kind.DECIMAL, 2, Value.of(new BigDecimal("12.5")), "12.50"),
                arguments(Kind.DECIMAL, 2, Value.of(new BigDecimal("-12.505")), "-12.51"),
                arguments(Kind.DECIMAL, 2, Value.of("1.25e1"), "12.50"),
                arguments(Kind.DECIMAL, 2, Value.of(12), "12.00"),
                arguments(Kind.DECIMAL, -1, Value.of(new BigDecimal("1E3")), "1000"),
                arguments(Kind.FLOAT, -1, new Value(ValueType.FLOAT, 0.1f), "0.1"),
                arguments(Kind.DOUBLE, -1, Value.of("1e2"), "100.0"),
                arguments(Kind.DOUBLE, -1, Value.of(1), "1.0"),
                arguments(Kind.BOOLEAN, -1, new Value(ValueType.BOOLEAN, true), "true"),
                arguments(Kind.BOOLEAN, -1, Value.of(0), "false"),
                arguments(Kind.BOOLEAN, -1, Value.of("T"), "true"),
                arguments(Kind.TEXT, -1, Value.of(" a "), " a "),
                arguments(Kind.CHAR, -1, Value.of(" a\t  "), " a\t"),
                arguments(Kind.DATE, -1, new Value(ValueType.DATE, LocalDate.of(2024, 1, 5)), "2024-01-05"),
                arguments(Kind.DATE, -1, Value.of("2024-01-05"), "2024-01-05"),
                arguments(
                        Kind.DATE,
                        -1,
                        new Value(ValueType.TIMESTAMP, LocalDateTime.of(2024, 1, 5, 10, 0)),
                        "2024-01-05"),
                arguments(Kind.TIME, 6, new Value(ValueType.TIME, LocalTime.of(10, 0)), "10:00:00"),
                arguments(Kind.TIME, 3, new Value(ValueType.TIME, LocalTime.of(10, 0, 1, 500_600_000)), "10:00:01.501"),
                arguments(Kind.TIMESTAMP, 6, Value.of("2024-01-05 10:00:00.100"), "2024-01-05T10:00:00.1"),
                arguments(
                        Kind.TIMESTAMP,
                        0,
                        new Value(ValueType.TIMESTAMP, LocalDateTime.of(2024, 12, 31, 23, 59, 59, 600_000_000)),
                        "2025-01-01T00:00:00"),
                arguments(
                        Kind.TIMESTAMP_WITH_ZONE,
                        6,
                        new Value(ValueType.TIMESTAMP_WITH_ZONE, OffsetDateTime.parse("2024-01-05T01:30:00+02:00")),
                        "2024-01-04T23:30:00Z"),
                arguments(Kind.BYTES, -1, new Value(ValueType.BYTES, new byte[] {0x0A, (byte) 0xFF}), "0aff"),
                arguments(Kind.UUID, -1, new Value(ValueType.UUID, SOME), SOME.toString()),
                arguments(Kind.UUID, -1, Value.of("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"), SOME.toString()));
    }

    @ParameterizedTest
    @MethodSource
    void oneTextForEveryWayToBindAValue(Kind kind, int scale, Value value, String text) {
        assertThat(type(kind, scale).canonical(value)).isEqualTo(text);
        assertThat(type(kind, scale).keyText(value)).isEqualTo(text);
    }

    static Stream<Arguments> whatAColumnIsNotKnownToHoldIsNoKey() {
        return Stream.of(
                arguments(Kind.INTEGER, Value.of("abc")),
                arguments(Kind.INTEGER, new Value(ValueType.DOUBLE, 1.0)),
                arguments(Kind.DECIMAL, Value.of("")),
                arguments(Kind.DATE, Value.of("5 January 2024")),
                arguments(Kind.TIME, Value.of("late")),
                arguments(Kind.TIMESTAMP, Value.of("now")),
                arguments(
                        Kind.TIMESTAMP_WITH_ZONE, new Value(ValueType.TIMESTAMP, LocalDateTime.of(2024, 1, 5, 10, 0))),
                arguments(Kind.BOOLEAN, Value.of("maybe")),
                arguments(Kind.BYTES, Value.of("0aff")),
                arguments(Kind.UUID, Value.of("a0eebc999c0b4ef8bb6d6bb9bd380a110000")),
                arguments(Kind.UUID, Value.of("not a uuid")));
    }

    @ParameterizedTest
    @MethodSource
    void whatAColumnIsNotKnownToHoldIsNoKey(Kind kind, Value value) {
        assertThat(type(kind, -1).canonical(value)).isNull();
        assertThat(type(kind, -1).keyText(value)).isNull();
    }

    @Test
    void keysOfTypesWithoutCanonicalTextAreThePlainTextOfTheValue() {
        assertThat(ColumnType.UNKNOWN.canonical(Value.of("x"))).isNull();
        assertThat(ColumnType.UNKNOWN.keyText(Value.of("x"))).isEqualTo("x");
        assertThat(type(Kind.TEXT, -1).keyText(Value.of(7))).isEqualTo("7");
        assertThat(type(Kind.OTHER, -1).keyText(new Value(ValueType.OTHER, "10.0.0.0/8")))
                .isEqualTo("10.0.0.0/8");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsNotKnownHasNoText(Kind kind) {
        for (Value value : new Value[] {
            Value.NULL,
            Value.MASKED,
            Value.DEFAULT,
            new Value(ValueType.EXPRESSION, "id + 1"),
            new Value(ValueType.DIGEST, new Digest(9, "", "ab"))
        }) {
            assertThat(type(kind, -1).canonical(value)).isNull();
            assertThat(type(kind, -1).keyText(value)).isNull();
        }
    }

    /** A text of a few bytes must not make the background thread write a gigabyte of digits. */
    @ParameterizedTest
    @EnumSource(names = {"INTEGER", "DECIMAL"})
    void anAbsurdExponentIsNoNumber(Kind kind) {
        for (int scale : new int[] {-1, 2}) {
            for (Value value : new Value[] {
                Value.of("1e999999999"),
                Value.of("1e-999999999"),
                Value.of(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE))
            }) {
                assertThat(type(kind, scale).keyText(value)).isNull();
            }
        }
    }

    /** PostgreSQL rounds a half away from the year 2000, and is sent microseconds; H2 rounds once, and up. */
    @Test
    void aHalfThatIsRoundedCannotBeTold() {
        ColumnType millis = new ColumnType(ColumnType.Kind.TIMESTAMP, "timestamp", 3);
        LocalDateTime time = LocalDateTime.of(2004, 12, 8, 18, 1, 10);
        assertThat(millis.canonical(timestamp(time.withNano(141_499_600)))).isNull();
        assertThat(millis.canonical(timestamp(time.withNano(141_499_400)))).isEqualTo("2004-12-08T18:01:10.141");
        assertThat(millis.canonical(timestamp(time.withNano(141_500_000)))).isNull();
        assertThat(millis.canonical(timestamp(time.withNano(141_501_000)))).isEqualTo("2004-12-08T18:01:10.142");
    }

    private static Value timestamp(LocalDateTime time) {
        return new Value(ValueType.TIMESTAMP, time);
    }

    @Test
    void theEndOfTheDayIsNotRoundedIntoTheNextOne() {
        assertThat(type(Kind.TIME, 6).text(LocalTime.MAX)).isEqualTo("23:59:59.999999999");
    }

    private static ColumnType type(Kind kind, int scale) {
        return new ColumnType(kind, "some type", scale);
    }
}
