package dev.afterimage.jdbc.fidelity;

import dev.afterimage.jdbc.fidelity.World.Product;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A column of a table that has every type, with the ways in which an application may bind its values.
 *
 * @param type in SQL
 */
record TypedColumn(String name, String type, List<Binder> binders) {

    /** Binds a value made of the dice. */
    @FunctionalInterface
    interface Binder {
        void bind(PreparedStatement statement, int index, Random random) throws SQLException;
    }

    void bind(PreparedStatement statement, int index, Random random) throws SQLException {
        if (random.nextInt(8) == 0) {
            statement.setObject(index, null);
        } else {
            binders.get(random.nextInt(binders.size())).bind(statement, index, random);
        }
    }

    private static TypedColumn of(String type, Binder... binders) {
        String name = "c_"
                + type.toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("_$", "");
        return new TypedColumn(name, type, List.of(binders));
    }

    static List<TypedColumn> of(Product product) {
        List<TypedColumn> columns = new ArrayList<>(common());
        columns.addAll(
                switch (product) {
                    case POSTGRESQL -> postgres();
                    case MARIADB -> mariaDb();
                    case H2 -> h2();
                });
        return columns;
    }

    private static List<TypedColumn> common() {
        return List.of(
                of(
                        "SMALLINT",
                        (s, i, r) -> s.setShort(i, (short) r.nextInt()),
                        (s, i, r) -> s.setInt(i, r.nextInt(99))),
                of(
                        "INTEGER",
                        (s, i, r) -> s.setInt(i, r.nextInt()),
                        (s, i, r) -> s.setObject(i, "" + r.nextInt(), Types.INTEGER)),
                of("BIGINT", (s, i, r) -> s.setLong(i, r.nextLong()), (s, i, r) -> s.setInt(i, r.nextInt())),
                of(
                        "DECIMAL(12,3)",
                        (s, i, r) -> s.setBigDecimal(i, BigDecimal.valueOf(r.nextInt(), r.nextInt(6))),
                        (s, i, r) -> s.setInt(i, r.nextInt(1000)),
                        (s, i, r) -> s.setObject(i, new BigDecimal("1.23456"), Types.DECIMAL, 2)),
                of(
                        "DOUBLE PRECISION",
                        (s, i, r) -> s.setDouble(i, r.nextGaussian() * Math.pow(10, r.nextInt(40) - 20)),
                        (s, i, r) -> s.setDouble(i, r.nextInt()),
                        (s, i, r) -> s.setFloat(i, r.nextFloat())),
                of("BOOLEAN", (s, i, r) -> s.setBoolean(i, r.nextBoolean())),
                of("CHAR(8)", (s, i, r) -> s.setString(i, "c" + r.nextInt(1000)), (s, i, r) -> s.setString(i, "a b  ")),
                of(
                        "VARCHAR(100)",
                        (s, i, r) -> s.setString(i, "v" + r.nextInt()),
                        (s, i, r) -> s.setString(i, "ünï \\ 'q' 漢 "),
                        (s, i, r) -> s.setObject(i, "as object")),
                of("DATE", (s, i, r) -> s.setObject(i, date(r)), (s, i, r) -> s.setDate(i, Date.valueOf(date(r)))),
                of("UUID", (s, i, r) -> s.setObject(i, new UUID(r.nextLong(), r.nextLong()))));
    }

    private static List<TypedColumn> postgres() {
        return List.of(
                of("REAL", (s, i, r) -> s.setFloat(i, r.nextFloat() * 1000), (s, i, r) -> s.setFloat(i, 1.1f)),
                of("NUMERIC", (s, i, r) -> s.setBigDecimal(i, BigDecimal.valueOf(r.nextLong(), r.nextInt(30)))),
                of("TEXT", (s, i, r) -> s.setString(i, "long ".repeat(r.nextInt(60)))),
                of(
                        "TIMESTAMP",
                        (s, i, r) -> s.setObject(i, local(r)),
                        (s, i, r) -> s.setTimestamp(i, Timestamp.valueOf(local(r)))),
                of("TIMESTAMP(3)", (s, i, r) -> s.setObject(i, local(r))),
                of("TIMESTAMPTZ", (s, i, r) -> s.setObject(i, zoned(r))),
                of(
                        "TIME(6)",
                        (s, i, r) -> s.setObject(i, local(r).toLocalTime()),
                        (s, i, r) -> s.setTime(i, Time.valueOf(LocalTime.of(r.nextInt(24), r.nextInt(60))))),
                of("BYTEA", (s, i, r) -> s.setBytes(i, bytes(r))),
                of("JSONB", (s, i, r) -> s.setObject(i, "{\"a\": " + r.nextInt() + "}", Types.OTHER)),
                of("JSON", (s, i, r) -> s.setObject(i, "{\"a\": [" + r.nextInt() + ", null]}", Types.OTHER)),
                of(
                        "INT[]",
                        (s, i, r) ->
                                s.setArray(i, s.getConnection().createArrayOf("int", new Object[] {r.nextInt(), null, 3
                                }))),
                of("MOOD", (s, i, r) -> s.setObject(i, "happy", Types.OTHER)),
                of("POSITIVE", (s, i, r) -> s.setInt(i, 1 + r.nextInt(1000))),
                of("INET", (s, i, r) -> s.setObject(i, "10.0.0." + r.nextInt(256), Types.OTHER)),
                of("INTERVAL", (s, i, r) -> s.setObject(i, r.nextInt(100) + " days", Types.OTHER)));
    }

    private static List<TypedColumn> mariaDb() {
        return List.of(
                of("TINYINT", (s, i, r) -> s.setByte(i, (byte) r.nextInt())),
                of("FLOAT", (s, i, r) -> s.setFloat(i, r.nextFloat())),
                of("TEXT", (s, i, r) -> s.setString(i, "long ".repeat(r.nextInt(60)))),
                of("DATETIME", (s, i, r) -> s.setObject(i, local(r))),
                of(
                        "DATETIME(6)",
                        (s, i, r) -> s.setObject(i, local(r)),
                        (s, i, r) -> s.setTimestamp(i, Timestamp.valueOf(local(r)))),
                of("TIME(6)", (s, i, r) -> s.setObject(i, local(r).toLocalTime())),
                of("VARBINARY(100)", (s, i, r) -> s.setBytes(i, bytes(r))),
                of("BLOB", (s, i, r) -> s.setBytes(i, bytes(r))),
                of("YEAR", (s, i, r) -> s.setInt(i, 2000 + r.nextInt(50))),
                of("JSON", (s, i, r) -> s.setString(i, "{\"a\": " + r.nextInt() + "}")));
    }

    private static List<TypedColumn> h2() {
        return List.of(
                of("TINYINT", (s, i, r) -> s.setByte(i, (byte) r.nextInt())),
                of("REAL", (s, i, r) -> s.setFloat(i, r.nextFloat())),
                of("NUMERIC(20,6)", (s, i, r) -> s.setBigDecimal(i, BigDecimal.valueOf(r.nextInt(), r.nextInt(8)))),
                of("CLOB", (s, i, r) -> s.setString(i, "long ".repeat(r.nextInt(60)))),
                of(
                        "TIMESTAMP(9)",
                        (s, i, r) -> s.setObject(i, local(r)),
                        (s, i, r) -> s.setTimestamp(i, Timestamp.valueOf(local(r)))),
                of("TIMESTAMP(6) WITH TIME ZONE", (s, i, r) -> s.setObject(i, zoned(r))),
                of("TIME", (s, i, r) -> s.setObject(i, LocalTime.of(r.nextInt(24), r.nextInt(60), r.nextInt(60)))),
                of("VARBINARY(100)", (s, i, r) -> s.setBytes(i, bytes(r))));
    }

    private static LocalDate date(Random r) {
        return LocalDate.of(1900, 1, 1).plusDays(r.nextInt(70_000));
    }

    private static LocalDateTime local(Random r) {
        return date(r).atTime(4 + r.nextInt(20), r.nextInt(60), r.nextInt(60), r.nextInt(1_000_000_000));
    }

    private static OffsetDateTime zoned(Random r) {
        return local(r).atOffset(ZoneOffset.ofHours(r.nextInt(20) - 10));
    }

    private static byte[] bytes(Random r) {
        byte[] bytes = new byte[r.nextInt(40)];
        r.nextBytes(bytes);
        return bytes;
    }
}
