package dev.afterimage.jdbc.conformance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.sql.Date;
import java.sql.SQLWarning;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Properties;
import java.util.RandomAccess;
import java.util.logging.Logger;
import javax.transaction.xa.Xid;

/** A recognisable value for every type in the signatures of JDBC. */
final class Samples {

    private Samples() {}

    /**
     * Makes a value.
     *
     * @param number its position, so that neighbours of one type differ
     * @param driver makes the objects of interfaces
     */
    static Object of(Class<?> type, int number, StubDriver driver) {
        if (type.isPrimitive()) {
            return primitive(type, number + 41);
        }
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), 2);
            Array.set(array, 0, of(type.getComponentType(), number, driver));
            Array.set(array, 1, of(type.getComponentType(), number + 1, driver));
            return array;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type == Map.class) {
            return Map.of("name" + number, String.class);
        }
        if (type == Xid.class) {
            return new SampleXid(number);
        }
        return type.isInterface() ? driver.object(type) : instance(type, number);
    }

    /** A transaction manager's object, not the driver's: reading it is no call of JDBC. */
    private record SampleXid(int getFormatId) implements Xid {
        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {2};
        }
    }

    private static Object primitive(Class<?> type, int value) {
        return switch (type.getName()) {
            case "boolean" -> true;
            case "byte" -> (byte) value;
            case "short" -> (short) value;
            case "char" -> (char) value;
            case "int" -> value;
            case "long" -> (long) value;
            case "float" -> (float) value;
            case "double" -> (double) value;
            default -> throw new IllegalArgumentException("No sample for type=" + type);
        };
    }

    private static Object instance(Class<?> type, int number) {
        if (type == String.class) {
            return "text " + number;
        }
        if (type == Class.class) {
            return RandomAccess.class;
        }
        if (type == Object.class) {
            return new Object();
        }
        if (java.util.Date.class.isAssignableFrom(type)) {
            return time(type, number);
        }
        if (type == InputStream.class || type == OutputStream.class || type == Reader.class || type == Writer.class) {
            return stream(type);
        }
        if (type == URL.class) {
            return url(number);
        }
        return other(type, number);
    }

    private static Object other(Class<?> type, int number) {
        if (type == BigDecimal.class) {
            return new BigDecimal(number);
        }
        if (type == Calendar.class) {
            return new GregorianCalendar();
        }
        if (type == Properties.class) {
            return new Properties();
        }
        if (type == Logger.class) {
            return Logger.getAnonymousLogger();
        }
        if (type == PrintWriter.class) {
            return new PrintWriter(new StringWriter());
        }
        if (type == SQLWarning.class) {
            return new SQLWarning("text " + number);
        }
        throw new IllegalArgumentException("JDBC has a type without a sample: add one for type=" + type);
    }

    private static Object time(Class<?> type, int number) {
        return type == Date.class ? new Date(number) : type == Time.class ? new Time(number) : new Timestamp(number);
    }

    private static Object stream(Class<?> type) {
        if (type == InputStream.class) {
            return new ByteArrayInputStream(new byte[1]);
        }
        if (type == OutputStream.class) {
            return new ByteArrayOutputStream();
        }
        return type == Reader.class ? new StringReader("x") : new StringWriter();
    }

    private static Object url(int number) {
        try {
            return URI.create("http://127.0.0.1/" + number).toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
