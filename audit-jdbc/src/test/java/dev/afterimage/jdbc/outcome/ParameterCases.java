package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.Observation;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Digest;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import dev.afterimage.jdbc.replica.JdbcReplica;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is bound is what is told: the captured value's canonical text is what the database has stored, or is not known. */
abstract class ParameterCases extends Cases {

    private static final List<String> NATURAL = List.of(
            "SMALLINT by short",
            "INTEGER by int",
            "BIGINT by long",
            "DECIMAL(12,3) by decimal",
            "DOUBLE PRECISION by double",
            "BOOLEAN by boolean",
            "CHAR(8) by text",
            "VARCHAR(100) by text",
            "DATE by date",
            "DATE by LocalDate",
            "UUID by UUID",
            "INTEGER by null");

    private static final String UNREADABLE = "unreadable";

    private static final TimeZone HOME = TimeZone.getDefault();

    ParameterCases(TestDatabase database) throws SQLException {
        super(database);
    }

    @BeforeEach
    void farFromGreenwich() {
        // H2 has taken note of the time zone already.
        TimeZone.setDefault(is(H2) ? HOME : TimeZone.getTimeZone("Asia/Kolkata"));
    }

    @AfterEach
    void home() {
        TimeZone.setDefault(HOME);
    }

    /** One way to bind one value. */
    @FunctionalInterface
    private interface Setter {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private List<String> types() {
        List<String> types = new ArrayList<>(List.of(
                "SMALLINT",
                "INTEGER",
                "BIGINT",
                "DECIMAL(12,3)",
                "REAL",
                "DOUBLE PRECISION",
                "BOOLEAN",
                "CHAR(8)",
                "VARCHAR(100)",
                "DATE",
                "TIME",
                "UUID"));
        types.addAll(
                switch (database().product()) {
                    case POSTGRESQL ->
                        List.of(
                                "NUMERIC",
                                "TEXT",
                                "TIMESTAMP",
                                "TIMESTAMP(3)",
                                "TIMESTAMPTZ",
                                "TIME(6)",
                                "BYTEA",
                                "JSONB");
                    case MARIADB ->
                        List.of(
                                "TINYINT",
                                "FLOAT",
                                "TEXT",
                                "DATETIME",
                                "DATETIME(6)",
                                "TIMESTAMP(6) NULL",
                                "TIME(6)",
                                "VARBINARY(100)",
                                "BLOB",
                                "YEAR",
                                "JSON");
                    case H2 ->
                        List.of(
                                "TINYINT",
                                "NUMERIC(20,6)",
                                "CLOB",
                                "TIMESTAMP",
                                "TIMESTAMP(9)",
                                "TIMESTAMP WITH TIME ZONE",
                                "TIME(9)",
                                "VARBINARY(100)",
                                "BLOB");
                });
        return types;
    }

    @SuppressWarnings("JavaUtilDate") // what applications bind
    private static Map<String, Setter> setters() {
        Map<String, Setter> setters = new LinkedHashMap<>();
        setters.put("boolean", s -> s.setBoolean(2, true));
        setters.put("byte", s -> s.setByte(2, (byte) -5));
        setters.put("short", s -> s.setShort(2, (short) 300));
        setters.put("int", s -> s.setInt(2, 2000));
        setters.put("long", s -> s.setLong(2, 1L));
        setters.put("float", s -> s.setFloat(2, 1.1f));
        setters.put("double", s -> s.setDouble(2, 2.2));
        setters.put("half", s -> s.setDouble(2, 2.5));
        setters.put("big double", s -> s.setDouble(2, 1234567.8901));
        setters.put("decimal", s -> s.setBigDecimal(2, new BigDecimal("12.3455")));
        setters.put("decimal with zeros", s -> s.setBigDecimal(2, new BigDecimal("7.500")));
        setters.put("negative half", s -> s.setBigDecimal(2, new BigDecimal("-2.5")));
        setters.put("big integer", s -> s.setObject(2, new BigInteger("42")));
        setters.put("text", s -> s.setString(2, "text"));
        setters.put("text with blanks", s -> s.setString(2, " a b  "));
        setters.put("empty text", s -> s.setString(2, ""));
        setters.put("text beyond ASCII", s -> s.setString(2, "Zoë 漢"));
        setters.put("number as text", s -> s.setString(2, "0012"));
        setters.put("date as text", s -> s.setString(2, "2024-02-29"));
        setters.put("date and time as text", s -> s.setString(2, "2024-02-29 13:14:15.5"));
        setters.put("national text", s -> s.setNString(2, "n"));
        setters.put("bytes", s -> s.setBytes(2, new byte[] {0, 1, (byte) 0xFF}));
        setters.put("date", s -> s.setDate(2, Date.valueOf("2024-03-31")));
        setters.put("date in Tokyo", s -> s.setDate(2, new Date(1_700_000_000_000L), tokyo()));
        setters.put("time", s -> s.setTime(2, Time.valueOf("23:59:58")));
        setters.put(
                "time with fraction",
                s -> s.setTime(2, new Time(Time.valueOf("10:00:00").getTime() + 789)));
        setters.put("time in Tokyo", s -> s.setTime(2, Time.valueOf("10:00:00"), tokyo()));
        setters.put("timestamp", s -> s.setTimestamp(2, Timestamp.valueOf("2024-02-29 13:14:15.123456")));
        setters.put("timestamp with nanos", s -> s.setTimestamp(2, Timestamp.valueOf("2024-02-29 13:14:15.999999900")));
        setters.put("timestamp in Tokyo", s -> s.setTimestamp(2, new Timestamp(1_700_000_000_123L), tokyo()));
        setters.put("Integer", s -> s.setObject(2, 7));
        setters.put("String object", s -> s.setObject(2, "2024-02-29"));
        setters.put("LocalDate", s -> s.setObject(2, LocalDate.of(2024, 2, 29)));
        setters.put("LocalTime", s -> s.setObject(2, LocalTime.of(1, 2, 3, 456_789_000)));
        setters.put("LocalDateTime", s -> s.setObject(2, LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456_789_123)));
        setters.put("OffsetDateTime", s -> s.setObject(2, OffsetDateTime.parse("2024-02-29T01:02:03.456789+05:00")));
        setters.put(
                "ZonedDateTime", s -> s.setObject(2, ZonedDateTime.parse("2024-02-29T01:02:03+01:00[Europe/Paris]")));
        setters.put("Instant", s -> s.setObject(2, Instant.parse("2024-02-29T01:02:03Z")));
        setters.put("UUID", s -> s.setObject(2, UUID.fromString("00000000-0000-0000-0000-00000000abcd")));
        setters.put("UUID as text", s -> s.setString(2, "00000000-0000-0000-0000-00000000ABCD"));
        setters.put("text as integer", s -> s.setObject(2, "15", Types.INTEGER));
        setters.put("double as decimal", s -> s.setObject(2, 1.23456, Types.DECIMAL, 2));
        setters.put("decimal as integer", s -> s.setObject(2, new BigDecimal("3.7"), Types.INTEGER));
        setters.put("boolean as integer", s -> s.setObject(2, true, Types.INTEGER));
        setters.put("long as text", s -> s.setObject(2, 99L, Types.VARCHAR));
        setters.put("timestamp as date", s -> s.setObject(2, Timestamp.valueOf("2024-02-29 13:14:15"), Types.DATE));
        setters.put("date as timestamp", s -> s.setObject(2, Date.valueOf("2024-02-29"), Types.TIMESTAMP));
        setters.put("timestamp as time", s -> s.setObject(2, Timestamp.valueOf("2024-02-29 13:14:15"), Types.TIME));
        setters.put("util date", s -> s.setObject(2, new java.util.Date(1_700_000_000_123L)));
        setters.put("null", s -> s.setNull(2, Types.NULL));
        setters.put("null object", s -> s.setObject(2, null));
        setters.put("character", s -> s.setObject(2, 'c'));
        setters.put("ascii stream", s -> s.setAsciiStream(2, new ByteArrayInputStream(new byte[] {65, 66}), 2));
        setters.put("reader", s -> s.setCharacterStream(2, new StringReader("abc"), 3));
        setters.put("binary stream", s -> s.setBinaryStream(2, new ByteArrayInputStream(new byte[] {1, 2}), 2));
        streams(setters);
        largeObjects(setters);
        return setters;
    }

    @SuppressWarnings("deprecation") // the Unicode stream is a way, too
    private static void streams(Map<String, Setter> setters) {
        setters.put("whole binary stream", s -> s.setBinaryStream(2, bytes()));
        setters.put("beginning of a binary stream", s -> s.setBinaryStream(2, bytes(), 1));
        setters.put("none of a binary stream", s -> s.setBinaryStream(2, bytes(), 0));
        setters.put("less than none of a binary stream", s -> s.setBinaryStream(2, bytes(), -1L));
        setters.put("binary stream object", s -> s.setObject(2, bytes()));
        setters.put("stream as binary", s -> s.setObject(2, bytes(), Types.VARBINARY));
        setters.put("stream as text", s -> s.setObject(2, bytes(), Types.VARCHAR));
        setters.put("null binary stream", s -> s.setBinaryStream(2, null));
        setters.put("whole ascii stream", s -> s.setAsciiStream(2, new ByteArrayInputStream(new byte[] {65, 66})));
        setters.put(
                "ascii stream beyond ASCII",
                s -> s.setAsciiStream(2, new ByteArrayInputStream("Zoë".getBytes(StandardCharsets.UTF_8)), 4));
        setters.put("unicode stream", s -> s.setUnicodeStream(2, new ByteArrayInputStream(new byte[] {65, 66}), 2));
        setters.put("whole reader", s -> s.setCharacterStream(2, new StringReader("Zoë")));
        setters.put("beginning of a reader", s -> s.setCharacterStream(2, new StringReader("abc"), 2));
        setters.put("none of a reader", s -> s.setCharacterStream(2, new StringReader("abc"), 0));
        setters.put("reader of a date", s -> s.setCharacterStream(2, new StringReader("2024-02-29"), 10));
        setters.put("national reader", s -> s.setNCharacterStream(2, new StringReader("Zoë")));
        setters.put("reader object", s -> s.setObject(2, new StringReader("abc")));
        setters.put("reader as text", s -> s.setObject(2, new StringReader("abc"), Types.VARCHAR));
        setters.put("half a pair of surrogates", s -> s.setCharacterStream(2, new StringReader("a\ud83d")));
    }

    private static void largeObjects(Map<String, Setter> setters) {
        setters.put("blob of a stream", s -> s.setBlob(2, bytes()));
        setters.put("blob of the beginning of a stream", s -> s.setBlob(2, bytes(), 1));
        setters.put("stream as blob", s -> s.setObject(2, bytes(), Types.BLOB));
        setters.put("clob of a reader", s -> s.setClob(2, new StringReader("abc")));
        setters.put("clob of the beginning of a reader", s -> s.setClob(2, new StringReader("abc"), 2));
        setters.put("nclob of a reader", s -> s.setNClob(2, new StringReader("abc")));
        setters.put("blob of the application", s -> s.setBlob(2, new SerialBlob(new byte[] {1, 2})));
        setters.put("clob of the application", s -> s.setClob(2, new SerialClob(new char[] {'a'})));
        setters.put("null blob", s -> s.setBlob(2, (Blob) null));
        setters.put("null clob", s -> s.setClob(2, (Clob) null));
        setters.put("blob", s -> {
            Blob blob = s.getConnection().createBlob();
            blob.setBytes(1, new byte[] {0, 1, 2, 3}, 1, 2);
            s.setBlob(2, blob);
        });
        setters.put("blob by a stream", s -> {
            Blob blob = s.getConnection().createBlob();
            write(blob.setBinaryStream(1), "AB");
            s.setObject(2, blob);
        });
        setters.put("blob written after it was bound", s -> {
            Blob blob = s.getConnection().createBlob();
            s.setBlob(2, blob);
            blob.setBytes(1, new byte[] {7});
        });
        setters.put("overwritten blob", s -> {
            Blob blob = s.getConnection().createBlob();
            blob.setBytes(1, new byte[] {1, 2, 3});
            blob.setBytes(2, new byte[] {7});
            s.setBlob(2, blob);
        });
        setters.put("clob", s -> s.setClob(2, clob(s, "Zoë")));
        setters.put("clob object", s -> s.setObject(2, clob(s, "abc"), Types.CLOB));
        setters.put("appended and cut clob", s -> {
            Clob clob = clob(s, "abc");
            clob.setString(4, "def", 0, 2);
            clob.truncate(4);
            s.setClob(2, clob);
        });
        setters.put("clob by a writer", s -> {
            Clob clob = s.getConnection().createClob();
            write(clob.setCharacterStream(1), "Zoë");
            s.setClob(2, clob);
        });
        setters.put("clob by a stream", s -> {
            Clob clob = s.getConnection().createClob();
            write(clob.setAsciiStream(1), "AB");
            s.setClob(2, clob);
        });
        setters.put("nclob", s -> {
            NClob clob = s.getConnection().createNClob();
            clob.setString(1, "abc");
            s.setNClob(2, clob);
        });
        setters.put("xml", s -> {
            SQLXML xml = s.getConnection().createSQLXML();
            xml.setString("<a/>");
            s.setSQLXML(2, xml);
        });
        setters.put("xml by a writer", s -> {
            SQLXML xml = s.getConnection().createSQLXML();
            write(xml.setCharacterStream(), "<a/>");
            s.setObject(2, xml);
        });
        setters.put("xml by a stream", s -> {
            SQLXML xml = s.getConnection().createSQLXML();
            write(xml.setBinaryStream(), "<a/>");
            s.setSQLXML(2, xml);
        });
    }

    private static ByteArrayInputStream bytes() {
        return new ByteArrayInputStream(new byte[] {1, 2});
    }

    private static Clob clob(PreparedStatement statement, String text) throws SQLException {
        Clob clob = statement.getConnection().createClob();
        clob.setString(1, text);
        return clob;
    }

    private static void write(OutputStream to, String text) {
        try (to) {
            to.write(text.charAt(0));
            to.write(text.substring(1).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Writer to, String text) {
        try (to) {
            to.append(text.charAt(0)).write(text, 1, text.length() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What shows only to the one who reads with the driver. */
    private List<String> knownByReading() {
        return switch (database().product()) {
            case POSTGRESQL ->
                List.of(
                        "BYTEA by whole binary stream",
                        "BYTEA by beginning of a binary stream",
                        "TEXT by ascii stream",
                        "TEXT by whole reader",
                        "TEXT by beginning of a reader",
                        "BYTEA by null binary stream");
            case MARIADB, H2 ->
                List.of(
                        "BLOB by whole binary stream",
                        "BLOB by beginning of a binary stream",
                        "BLOB by binary stream object",
                        "BLOB by blob of a stream",
                        "BLOB by stream as blob",
                        "BLOB by blob",
                        "BLOB by blob by a stream",
                        "VARCHAR(100) by whole ascii stream",
                        "VARCHAR(100) by national reader",
                        "VARCHAR(100) by reader as text",
                        "VARCHAR(100) by clob",
                        "VARCHAR(100) by clob by a writer",
                        "VARCHAR(100) by nclob",
                        "VARCHAR(100) by null clob");
        };
    }

    private static Calendar tokyo() {
        return Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    }

    /** A value that was bound and stored. */
    private record Bound(int type, String column, String setter, Value told, Table table, RowKey key) {}

    @Test
    void everySetterOnEveryType() throws SQLException {
        List<String> types = types();
        StringBuilder wrong = new StringBuilder();
        int stored = 0;
        Set<String> known = new HashSet<>();
        try (Connection connection = trial().connection();
                JdbcReplica replica = new JdbcReplica(database().dataSource(), Fence.CLOCK, Duration.ZERO)) {
            Map<String, String> setterOf = new LinkedHashMap<>();
            for (int t = 0; t < types.size(); t++) {
                run(connection, "CREATE TABLE v" + t + " (id INT PRIMARY KEY, v " + types.get(t) + ")");
                int id = 0;
                for (Map.Entry<String, Setter> setter : setters().entrySet()) {
                    if (binds(connection, "v" + t, ++id, setter.getValue())) {
                        setterOf.put("v" + t + " " + id, setter.getKey());
                    }
                }
            }
            for (Change change : trial().changes()) {
                Bound bound = bound(change, replica, setterOf);
                if (bound == null) {
                    continue;
                }
                stored++;
                boolean computed = bound.table().columns().get(1).computed();
                String canonical =
                        computed ? null : bound.table().typeOf(bound.column()).canonical(bound.told());
                String read = read(replica, bound);
                boolean isNull = bound.told().type() == ValueType.NULL;
                String type = types.get(bound.type());
                if (isNull || canonical != null) {
                    known.add(type + " by " + bound.setter());
                }
                if (UNREADABLE.equals(read)) {
                    continue; // MariaDB's year zero: its own driver cannot read it either.
                }
                if ((isNull && read != null) || (canonical != null && !canonical.equals(read))) {
                    wrong.append(type)
                            .append(" set by ")
                            .append(bound.setter())
                            .append(": told ")
                            .append(canonical)
                            .append(", stored ")
                            .append(read)
                            .append('\n');
                }
            }
        }
        assertThat(stored).isGreaterThan(300);
        assertThat(wrong.toString()).isEmpty();
        assertThat(NATURAL.stream().filter(pair -> !known.contains(pair)))
                .as("what needs no conversion is known, if it can be bound")
                .isEmpty();
        assertThat(known).containsAll(knownByReading());
        if (!is(MARIADB)) {
            assertThat(known).contains("REAL by float", "TIME by time", "TIMESTAMP by timestamp");
        }
    }

    private static boolean binds(Connection connection, String table, int id, Setter setter) {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO " + table + " (id, v) VALUES (?, ?)")) {
            statement.setInt(1, id);
            setter.bind(statement);
            return statement.executeUpdate() == 1;
        } catch (SQLException | RuntimeException refused) {
            return false;
        }
    }

    private static @Nullable Bound bound(Change change, JdbcReplica replica, Map<String, String> setterOf) {
        TableName table = Objects.requireNonNull(change.table());
        RowKey key = Objects.requireNonNull(change.key());
        String name = table.name().toLowerCase(Locale.ROOT);
        String setter = setterOf.get(name + " " + key.values().get(0));
        Table shape = replica.tables().find(table);
        if (setter == null || shape == null) {
            return null;
        }
        Assignment set = change.assigned().get(1);
        return new Bound(Integer.parseInt(name.substring(1)), set.column(), setter, set.value(), shape, key);
    }

    private static @Nullable String read(JdbcReplica replica, Bound bound) {
        Observation seen = replica.read(bound.table(), List.of(bound.key())).get(bound.key());
        Image image = seen == null ? null : seen.image();
        return image == null ? UNREADABLE : image.columns().get(bound.column());
    }

    // ---- the life of a bound value

    private List<Value> names() {
        return trial().changes().stream()
                .flatMap(change -> change.assigned().stream())
                .filter(set ->
                        set.column().equalsIgnoreCase("name") || set.column().equalsIgnoreCase("v"))
                .map(Assignment::value)
                .toList();
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // what applications bind
    void valuesAreCopiedWhenTheyAreBound() throws SQLException {
        String type = is(POSTGRESQL) ? "BYTEA" : "VARBINARY(100)";
        try (Connection connection = trial().connection()) {
            run(connection, "CREATE TABLE v (id INT PRIMARY KEY, v " + type + ", at DATE)");
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO v (id, v, at) VALUES (1, ?, ?)")) {
                byte[] reused = {1, 2, 3};
                Date date = Date.valueOf("2024-02-29");
                statement.setBytes(1, reused.clone());
                statement.setDate(2, date);
                statement.executeUpdate();
                reused[0] = 9;
                date.setTime(0);
            }
        }
        assertThat(names()).containsExactly(new Value(ValueType.BYTES, new byte[] {1, 2, 3}));
    }

    @Test
    void valuesStayBoundUntilTheyAreBoundAnew() throws SQLException {
        try (Connection connection = trial().connection();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO item (id, name) VALUES (?, ?)")) {
            statement.setString(2, "kept");
            for (int id = 1; id <= 3; id++) {
                statement.setInt(1, id);
                statement.addBatch();
            }
            statement.executeBatch();
            statement.setInt(1, 4);
            statement.executeUpdate();
            statement.setString(2, "longer than the one before, by far");
            statement.setInt(1, 5);
            statement.executeUpdate();
            statement.clearParameters();
            statement.setInt(1, 6);
            statement.setString(2, "s");
            statement.executeUpdate();
        }
        assertThat(trial().told()).hasSize(6);
        trial().agrees();
    }

    @Test
    void largeValuesBecomeDigests() throws SQLException {
        retry(Map.of("audit.value.max-bytes", "1KiB"));
        String text = "ab".repeat(5000);
        try (Connection connection = trial().connection()) {
            run(
                    connection,
                    "CREATE TABLE v (id INT PRIMARY KEY, v " + (is(MARIADB) ? "LONGTEXT" : "VARCHAR(20000)") + ")");
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO v (id, v) VALUES (1, ?)")) {
                statement.setString(1, text);
                statement.executeUpdate();
            }
        }
        assertThat(names()).hasSize(1);
        assertThat(names().get(0).content()).isInstanceOfSatisfying(Digest.class, digest -> {
            assertThat(digest.length()).isEqualTo(10_000);
            assertThat(digest.sha256()).hasSize(64);
            assertThat(text).startsWith(digest.prefix());
        });
    }
}
