package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Events of every shape that the model allows, the odd ones more often than in life. */
final class RandomEvents {

    private static final long[] EDGES = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1};

    private final Random random;

    RandomEvents(long seed) {
        random = new Random(seed);
    }

    AuditEvent event() {
        return random.nextInt(5) == 0 ? gap() : change();
    }

    private Gap gap() {
        return new Gap(id(), text(), any(GapReason.values()), text(), number(), number(), actor());
    }

    private Change change() {
        RowKey key = maybe(this::key);
        return new Change(
                id(),
                text(),
                new TransactionInfo(number(), random.nextInt(), random.nextInt(), number(), any(Outcome.values())),
                any(Operation.values()),
                key == null ? maybe(this::table) : table(),
                key,
                maybe(this::key),
                assigned(),
                number(),
                maybe(this::text),
                actor(),
                number(),
                number(),
                maybe(this::fence),
                maybe(() -> any(GapReason.values())),
                maybe(this::image),
                maybe(this::image));
    }

    private Image image() {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            columns.put(text(), maybe(this::text));
        }
        return new Image(columns);
    }

    private EventId id() {
        return new EventId(random.nextLong(), number());
    }

    private TableName table() {
        return new TableName(maybe(this::text), maybe(this::text), text());
    }

    private RowKey key() {
        List<RowKey.Part> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            parts.add(new RowKey.Part(text(), text()));
        }
        return new RowKey(parts);
    }

    private Fence fence() {
        long a = number();
        long b = number();
        return new Fence(text(), Math.min(a, b), Math.max(a, b));
    }

    private Actor actor() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            attributes.put(new String(text().getBytes(UTF_8), UTF_8), text());
        }
        return new Actor(maybe(this::text), maybe(this::text), maybe(this::text), maybe(this::text), attributes);
    }

    private List<Assignment> assigned() {
        List<Assignment> assigned = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            assigned.add(new Assignment(text(), value(any(ValueType.values()))));
        }
        return assigned;
    }

    Value value(ValueType type) {
        return new Value(type, content(type));
    }

    private @Nullable Object content(ValueType type) {
        return switch (type) {
            case NULL, MASKED, DEFAULT -> null;
            case BOOLEAN -> random.nextBoolean();
            case INTEGER -> number();
            case FLOAT -> random.nextInt(4) == 0 ? Float.NEGATIVE_INFINITY : Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> random.nextInt(4) == 0 ? Double.NaN : Double.longBitsToDouble(random.nextLong());
            case DECIMAL -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(60) - 30);
            case STRING, EXPRESSION, OTHER -> text();
            case BYTES -> bytes();
            case DATE -> date();
            case TIME -> time();
            case TIMESTAMP -> LocalDateTime.of(date(), time());
            case TIMESTAMP_WITH_ZONE -> OffsetDateTime.of(date(), time(), offset());
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case DIGEST -> new Digest(number(), text(), text());
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private LocalDate date() {
        return switch (random.nextInt(6)) {
            case 0 -> LocalDate.MIN;
            case 1 -> LocalDate.MAX;
            default -> LocalDate.ofEpochDay(random.nextInt(2_000_000) - 1_000_000);
        };
    }

    private LocalTime time() {
        return random.nextBoolean()
                ? LocalTime.of(random.nextInt(24), random.nextInt(60))
                : LocalTime.ofNanoOfDay(random.nextLong(LocalTime.MAX.toNanoOfDay() + 1));
    }

    private ZoneOffset offset() {
        return ZoneOffset.ofTotalSeconds(random.nextInt(36 * 3600 + 1) - 18 * 3600);
    }

    private long number() {
        int edge = random.nextInt(2 * EDGES.length);
        return edge < EDGES.length ? EDGES[edge] : random.nextLong();
    }

    /** Any UTF-16 units at all: control characters, quotes, lone surrogates. */
    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x10000));
                default -> text.append((char) random.nextInt(0x80));
            }
        }
        return text.toString();
    }

    private <T> @Nullable T maybe(Supplier<T> supplier) {
        return random.nextInt(3) == 0 ? null : supplier.get();
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
