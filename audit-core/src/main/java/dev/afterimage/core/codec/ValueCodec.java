package dev.afterimage.core.codec;

import dev.afterimage.core.value.Digest;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Values as bytes. The methods that take primitives serve the application thread, which has no {@link Value} in hand and
 * shall not make one. The type codes are part of the format: they never change their meaning.
 */
public final class ValueCodec {

    private static final int NULL = 0;
    private static final int BOOLEAN = 1;
    private static final int INTEGER = 2;
    private static final int FLOAT = 3;
    private static final int DOUBLE = 4;
    private static final int DECIMAL = 5;
    private static final int STRING = 6;
    private static final int BYTES = 7;
    private static final int DATE = 8;
    private static final int TIME = 9;
    private static final int TIMESTAMP = 10;
    private static final int TIMESTAMP_WITH_ZONE = 11;
    private static final int UUID_CODE = 12;
    private static final int DIGEST = 13;
    private static final int MASKED = 14;
    private static final int DEFAULT = 15;
    private static final int EXPRESSION = 16;
    private static final int OTHER = 17;

    private ValueCodec() {}

    /** Whether the value that begins at an offset is NULL. */
    public static boolean isNull(byte[] bytes, int offset) {
        return bytes[offset] == NULL;
    }

    public static void putNull(ByteWriter to) {
        to.putByte(NULL);
    }

    public static void putMasked(ByteWriter to) {
        to.putByte(MASKED);
    }

    public static void putBoolean(ByteWriter to, boolean value) {
        to.putByte(BOOLEAN);
        to.putByte(value ? 1 : 0);
    }

    public static void putInteger(ByteWriter to, long value) {
        to.putByte(INTEGER);
        to.putLong(value);
    }

    public static void putFloat(ByteWriter to, float value) {
        to.putByte(FLOAT);
        to.putInt(Float.floatToRawIntBits(value));
    }

    public static void putDouble(ByteWriter to, double value) {
        to.putByte(DOUBLE);
        to.putLong(Double.doubleToRawLongBits(value));
    }

    public static void putDecimal(ByteWriter to, BigDecimal value) {
        byte[] unscaled = value.unscaledValue().toByteArray();
        to.putByte(DECIMAL);
        to.putInt(value.scale());
        to.putInt(unscaled.length);
        to.putBytes(unscaled, 0, unscaled.length);
    }

    public static void putString(ByteWriter to, String value) {
        to.putByte(STRING);
        to.putText(value);
    }

    public static void putBytes(ByteWriter to, byte[] value) {
        to.putByte(BYTES);
        to.putInt(value.length);
        to.putBytes(value, 0, value.length);
    }

    public static void putDate(ByteWriter to, LocalDate value) {
        to.putByte(DATE);
        to.putLong(value.toEpochDay());
    }

    public static void putTime(ByteWriter to, LocalTime value) {
        to.putByte(TIME);
        to.putLong(value.toNanoOfDay());
    }

    @SuppressWarnings("JavaLocalDateTimeGetNano") // the seconds are in the line above it
    public static void putTimestamp(ByteWriter to, LocalDateTime value) {
        to.putByte(TIMESTAMP);
        to.putLong(value.toEpochSecond(ZoneOffset.UTC));
        to.putInt(value.getNano());
    }

    public static void putTimestampWithZone(ByteWriter to, OffsetDateTime value) {
        putTimestampWithZone(to, value.toEpochSecond(), value.getNano(), value.getOffset());
    }

    /** As the other, of a moment since 1970 in UTC. */
    public static void putTimestampWithZone(ByteWriter to, long epochSecond, int nano, ZoneOffset offset) {
        to.putByte(TIMESTAMP_WITH_ZONE);
        to.putLong(epochSecond);
        to.putInt(nano);
        to.putInt(offset.getTotalSeconds());
    }

    public static void putUuid(ByteWriter to, UUID value) {
        to.putByte(UUID_CODE);
        to.putLong(value.getMostSignificantBits());
        to.putLong(value.getLeastSignificantBits());
    }

    public static void putDigest(ByteWriter to, Digest value) {
        to.putByte(DIGEST);
        to.putLong(value.length());
        to.putText(value.sha256());
        to.putText(value.prefix());
    }

    /** A driver's own object by its SQL text. */
    public static void putOther(ByteWriter to, String text) {
        to.putByte(OTHER);
        to.putText(text);
    }

    /** Any value. */
    public static void put(ByteWriter to, Value value) {
        Object content = value.content();
        if (content == null) {
            to.putByte(value.type() == ValueType.NULL ? NULL : value.type() == ValueType.MASKED ? MASKED : DEFAULT);
            return;
        }
        switch (value.type()) {
            case BOOLEAN -> putBoolean(to, (Boolean) content);
            case INTEGER -> putInteger(to, (Long) content);
            case FLOAT -> putFloat(to, (Float) content);
            case DOUBLE -> putDouble(to, (Double) content);
            case DECIMAL -> putDecimal(to, (BigDecimal) content);
            case STRING -> putString(to, (String) content);
            case BYTES -> putBytes(to, (byte[]) content);
            case DATE -> putDate(to, (LocalDate) content);
            case TIME -> putTime(to, (LocalTime) content);
            case TIMESTAMP -> putTimestamp(to, (LocalDateTime) content);
            case TIMESTAMP_WITH_ZONE -> putTimestampWithZone(to, (OffsetDateTime) content);
            case UUID -> putUuid(to, (UUID) content);
            case DIGEST -> putDigest(to, (Digest) content);
            case EXPRESSION -> {
                to.putByte(EXPRESSION);
                to.putText((String) content);
            }
            case OTHER -> putOther(to, (String) content);
            case NULL, MASKED, DEFAULT -> throw new IllegalArgumentException("content with " + value.type());
        }
    }

    /**
     * Reads one value.
     *
     * @throws CorruptRecordException if the bytes are no value
     */
    public static Value get(ByteReader from) {
        int code = from.getByte();
        try {
            return value(code, from);
        } catch (DateTimeException | ArithmeticException noSuchTime) {
            throw new CorruptRecordException("value code=" + code + " is no date or time");
        }
    }

    private static Value value(int code, ByteReader from) {
        return switch (code) {
            case NULL -> Value.NULL;
            case MASKED -> Value.MASKED;
            case DEFAULT -> Value.DEFAULT;
            case BOOLEAN -> new Value(ValueType.BOOLEAN, from.getByte() != 0);
            case INTEGER -> Value.of(from.getLong());
            case FLOAT -> new Value(ValueType.FLOAT, Float.intBitsToFloat(from.getInt()));
            case DOUBLE -> new Value(ValueType.DOUBLE, Double.longBitsToDouble(from.getLong()));
            case DECIMAL -> decimal(from);
            case STRING -> Value.of(from.getText());
            case BYTES -> new Value(ValueType.BYTES, from.getBytes());
            case DATE -> new Value(ValueType.DATE, LocalDate.ofEpochDay(from.getLong()));
            case TIME -> new Value(ValueType.TIME, LocalTime.ofNanoOfDay(from.getLong()));
            case TIMESTAMP ->
                new Value(
                        ValueType.TIMESTAMP,
                        LocalDateTime.ofEpochSecond(from.getLong(), from.getInt(), ZoneOffset.UTC));
            case TIMESTAMP_WITH_ZONE -> zoned(from);
            case UUID_CODE -> new Value(ValueType.UUID, new UUID(from.getLong(), from.getLong()));
            case DIGEST -> new Value(ValueType.DIGEST, new Digest(from.getLong(), from.getText(), from.getText()));
            case EXPRESSION -> new Value(ValueType.EXPRESSION, from.getText());
            case OTHER -> new Value(ValueType.OTHER, from.getText());
            default -> throw new CorruptRecordException("value code=" + code);
        };
    }

    private static Value decimal(ByteReader from) {
        int scale = from.getInt();
        byte[] unscaled = from.getBytes();
        if (unscaled.length == 0) {
            throw new CorruptRecordException("decimal without digits, scale=" + scale);
        }
        return Value.of(new BigDecimal(new BigInteger(unscaled), scale));
    }

    private static Value zoned(ByteReader from) {
        long seconds = from.getLong();
        int nanos = from.getInt();
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(from.getInt());
        LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, nanos, offset);
        return new Value(ValueType.TIMESTAMP_WITH_ZONE, OffsetDateTime.of(local, offset));
    }
}
