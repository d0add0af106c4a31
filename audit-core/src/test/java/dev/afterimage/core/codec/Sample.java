package dev.afterimage.core.codec;

import dev.afterimage.core.codec.StatementDescriptor.Condition;
import dev.afterimage.core.codec.StatementDescriptor.Source;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Digest;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random values, descriptors and actors, every case of each. */
final class Sample {

    private static final String[] LETTERS = {"a", "Z", "\u0000", "é", "߿", "€", "\uFFFD", "😀", "'", "?"};

    private final Random random;

    Sample(Random random) {
        this.random = random;
    }

    private <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(any(LETTERS));
        }
        return text.toString();
    }

    @Nullable
    String textOrNull() {
        return random.nextInt(3) == 0 ? null : text();
    }

    <T> List<T> list(int most, Supplier<T> each) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(each.get());
        }
        return list;
    }

    Value value() {
        return value(any(ValueType.values()));
    }

    Value value(ValueType type) {
        return switch (type) {
            case NULL, MASKED, DEFAULT -> new Value(type, null);
            case BOOLEAN -> new Value(type, random.nextBoolean());
            case INTEGER -> Value.of(number());
            case FLOAT -> new Value(type, Float.intBitsToFloat(random.nextInt()));
            case DOUBLE -> new Value(type, Double.longBitsToDouble(random.nextLong()));
            case DECIMAL -> Value.of(new BigDecimal(new BigInteger(1 + random.nextInt(200), random), exponent()));
            case STRING, EXPRESSION, OTHER -> new Value(type, text());
            case BYTES -> new Value(type, bytes());
            case DATE -> new Value(type, date());
            case TIME -> new Value(type, time());
            case TIMESTAMP -> new Value(type, LocalDateTime.of(date(), time()));
            case TIMESTAMP_WITH_ZONE -> new Value(type, OffsetDateTime.of(date(), time(), offset()));
            case UUID -> new Value(type, new UUID(random.nextLong(), random.nextLong()));
            case DIGEST -> new Value(type, new Digest(number(), text(), text()));
        };
    }

    private int exponent() {
        return random.nextInt(60) - 30;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(random.nextInt(6_000_000) - 3_000_000);
    }

    private LocalTime time() {
        return LocalTime.ofNanoOfDay(random.nextLong(LocalTime.MAX.toNanoOfDay() + 1));
    }

    private ZoneOffset offset() {
        return ZoneOffset.ofTotalSeconds(random.nextInt(2 * 18 * 3600 + 1) - 18 * 3600);
    }

    Actor actor() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            attributes.put(text(), text());
        }
        return new Actor(textOrNull(), textOrNull(), textOrNull(), textOrNull(), attributes);
    }

    GapReason reason() {
        return any(GapReason.values());
    }

    StatementDescriptor descriptor() {
        return new StatementDescriptor(
                text(), random.nextInt(4), list(3, this::write), random.nextBoolean() ? null : reason());
    }

    private Write write() {
        return new Write(
                any(Operation.values()),
                random.nextBoolean() ? null : new TableName(textOrNull(), textOrNull(), text()),
                list(3, () -> new Target(text(), list(3, this::source))),
                random.nextInt(5),
                list(3, () -> new Condition(text(), list(3, this::source))),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private Source source() {
        return random.nextBoolean() ? new Source.Parameter(1 + random.nextInt(9)) : new Source.Constant(value());
    }
}
