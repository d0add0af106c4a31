package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.value.Digest;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLXML;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an application bound as the value that the database will store. Copies at once: the application may reuse
 * its array or its date the next moment. Stateless but for the size limit.
 */
final class ValueEncoder {

    /** Bytes or characters that a digest shows of its value. */
    static final int PREFIX = 256;

    private final int maxBytes;

    /**
     * Creates an encoder.
     *
     * @param maxBytes a longer value becomes a digest
     */
    ValueEncoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void put(ByteWriter to, @Nullable Object value) {
        if (value == null) {
            ValueCodec.putNull(to);
        } else if (value instanceof String text) {
            putString(to, text);
        } else if (value instanceof Number number) {
            putNumber(to, number);
        } else if (value instanceof Boolean bool) {
            ValueCodec.putBoolean(to, bool);
        } else if (value instanceof java.util.Date date) {
            putDate(to, date, null);
        } else if (value instanceof byte[] bytes) {
            putBytes(to, bytes);
        } else if (value instanceof UUID uuid) {
            ValueCodec.putUuid(to, uuid);
        } else if (!putTemporal(to, value)) {
            putOther(to, value);
        }
    }

    /** A value that the driver converts: known only where that changes nothing. */
    void put(ByteWriter to, @Nullable Object value, int targetType) {
        if (value == null || Conversions.keeps(value, targetType)) {
            put(to, value);
        } else {
            putUnread(to, -1);
        }
    }

    void putString(ByteWriter to, @Nullable String text) {
        if (text == null) {
            ValueCodec.putNull(to);
        } else if (text.length() > maxBytes) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            ValueCodec.putDigest(to, new Digest(text.length(), sha256(utf8), text.substring(0, PREFIX)));
        } else {
            ValueCodec.putString(to, text);
        }
    }

    void putBytes(ByteWriter to, byte @Nullable [] bytes) {
        if (bytes == null) {
            ValueCodec.putNull(to);
        } else if (bytes.length > maxBytes) {
            String prefix = HexFormat.of().formatHex(bytes, 0, PREFIX);
            ValueCodec.putDigest(to, new Digest(bytes.length, sha256(bytes), prefix));
        } else {
            ValueCodec.putBytes(to, bytes);
        }
    }

    private static void putNumber(ByteWriter to, Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            ValueCodec.putInteger(to, number.longValue());
        } else if (number instanceof BigDecimal decimal) {
            ValueCodec.putDecimal(to, decimal);
        } else if (number instanceof Double) {
            ValueCodec.putDouble(to, number.doubleValue());
        } else if (number instanceof Float) {
            ValueCodec.putFloat(to, number.floatValue());
        } else if (number instanceof BigInteger integer) {
            ValueCodec.putDecimal(to, new BigDecimal(integer));
        } else {
            ValueCodec.putOther(to, number.toString());
        }
    }

    /** A date of the legacy classes; in the calendar's time zone, where the application gave one. */
    void putDate(ByteWriter to, java.util.@Nullable Date date, @Nullable Calendar calendar) {
        if (date == null) {
            ValueCodec.putNull(to);
            return;
        }
        ZoneId zone = calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
        if (date instanceof java.sql.Date day) {
            ValueCodec.putDate(
                    to, calendar == null ? day.toLocalDate() : at(date, zone).toLocalDate());
        } else if (date instanceof java.sql.Time) {
            ValueCodec.putTime(to, at(date, zone).toLocalTime());
        } else if (date instanceof java.sql.Timestamp stamp) {
            putTimestamp(to, stamp.toInstant(), zone);
        } else {
            putMoment(to, instant(date), zone);
        }
    }

    /**
     * A moment in the time zone that the driver renders it in. In a zone of its own choice it is a date and time only:
     * what a column with a time zone makes of that, databases do not agree upon.
     */
    private static void putTimestamp(ByteWriter to, Instant stamp, ZoneId zone) {
        if (zone.equals(ZoneId.systemDefault())) {
            putMoment(to, stamp, zone);
        } else {
            ValueCodec.putTimestamp(to, LocalDateTime.ofInstant(stamp, zone));
        }
    }

    /** A moment as a column without a time zone shows it: drivers give their session the time zone of the JVM. */
    private static void putMoment(ByteWriter to, Instant moment) {
        putMoment(to, moment, ZoneId.systemDefault());
    }

    /** Without the six objects of a date in its zone, of which the record keeps none. */
    private static void putMoment(ByteWriter to, Instant moment, ZoneId zone) {
        ValueCodec.putTimestampWithZone(
                to, moment.getEpochSecond(), moment.getNano(), zone.getRules().getOffset(moment));
    }

    private static ZonedDateTime at(java.util.Date date, ZoneId zone) {
        return instant(date).atZone(zone);
    }

    @SuppressWarnings("JavaUtilDate") // the legacy classes are what JDBC's setters take
    private static Instant instant(java.util.Date date) {
        return Instant.ofEpochMilli(date.getTime());
    }

    private static boolean putTemporal(ByteWriter to, Object value) {
        if (value instanceof LocalDate date) {
            ValueCodec.putDate(to, date);
        } else if (value instanceof LocalDateTime dateTime) {
            ValueCodec.putTimestamp(to, dateTime);
        } else if (value instanceof LocalTime time) {
            ValueCodec.putTime(to, time);
        } else if (value instanceof OffsetDateTime moment) {
            putMoment(to, moment.toInstant());
        } else if (value instanceof ZonedDateTime moment) {
            putMoment(to, moment.toInstant());
        } else if (value instanceof Instant moment) {
            putMoment(to, moment);
        } else {
            return false;
        }
        return true;
    }

    /** What cannot be read twice is known by its kind only; a driver's own object tells its SQL text itself. */
    private void putOther(ByteWriter to, Object value) {
        if (value instanceof Character || value instanceof Enum<?>) {
            putString(to, value.toString());
        } else if (value instanceof InputStream
                || value instanceof Reader
                || value instanceof Blob
                || value instanceof Clob
                || value instanceof SQLXML) {
            putUnread(to, -1);
        } else {
            String text = value.toString();
            ValueCodec.putOther(to, text.length() > maxBytes ? text.substring(0, maxBytes) : text);
        }
    }

    /** A stream: read by the driver, not by us. */
    static void putUnread(ByteWriter to, long length) {
        ValueCodec.putDigest(to, new Digest(length, "", ""));
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The hash of what was hashed so far and some more; the hashing itself may go on. */
    static String soFar(MessageDigest hash, byte... more) {
        try {
            MessageDigest ended = (MessageDigest) hash.clone();
            return HexFormat.of().formatHex(ended.digest(more));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's SHA-256 can be cloned", e);
        }
    }
}
