package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.AuditContext;
import dev.afterimage.jdbc.fidelity.World.Product;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The connection and the dice of one work. Rows that several threads change are for explicit transactions only. */
final class Work {

    private static final int SHARED_ROWS = 60;
    private static final int OWN_ROWS = 40;

    final World world;
    final Random random;
    final int thread;
    private @Nullable Connection connection;
    private boolean explicit;
    private boolean shared;
    private long number;
    private final Map<Long, List<String>> traces;

    Work(World world, Random random, int thread, Map<Long, List<String>> traces) {
        this.traces = traces;
        this.world = world;
        this.random = random;
        this.thread = thread;
    }

    /** Begins a work of which nothing is known but its number. */
    void begin(long number) {
        this.number = number;
        traces.put(number, new ArrayList<>());
        connection = null;
        explicit = false;
        shared = false;
    }

    /** The work's number, as both sides of the comparison know it. */
    String number() {
        return Long.toString(number);
    }

    /** Says who acts and for which work, on the calling thread. */
    AuditContext.Scope scope() {
        return AuditContext.actor("thread " + thread).requestId(number()).open();
    }

    /** Notes what the work does, for the case that its trail is wrong. */
    void trace(String what) {
        Objects.requireNonNull(traces.get(number)).add(what);
    }

    void on(Connection leased) {
        connection = leased;
    }

    /** From here on the work is a transaction that ends by a commit of its own. */
    void explicit() {
        explicit = true;
    }

    boolean isExplicit() {
        return explicit;
    }

    Connection connection() {
        return Objects.requireNonNull(connection, "no connection");
    }

    boolean is(Product product) {
        return world.is(product);
    }

    // ---- dice

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The number of a row that this work may change. H2 may spin in a deadlock: there a transaction shares one row. */
    int id() {
        boolean mayShare = explicit && oneIn(3) && !(is(Product.H2) && shared);
        if (mayShare) {
            shared = true;
            return 1 + random.nextInt(SHARED_ROWS);
        }
        return ownId();
    }

    int ownId() {
        return 1000 * (thread + 1) + random.nextInt(OWN_ROWS);
    }

    @Nullable
    String text() {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> "it's a \"quoted\" text -- no comment /* nor this */; $1 ? :x";
            case 3 -> "Zoë 漢字 𝄞 \\ back\\slash\n\ttab";
            case 4 -> " blanks around ";
            default -> "text " + random.nextInt(100_000);
        };
    }

    BigDecimal money() {
        return BigDecimal.valueOf(random.nextInt(10_000_000) - 1_000_000, random.nextInt(4));
    }

    String word() {
        return "w" + random.nextInt(100_000);
    }

    // ---- statements

    /** Executes a statement with {@code ?} places, in one of the ways that JDBC has for it. */
    long run(String sql, @Nullable Object... values) throws SQLException {
        trace(sql + " " + Arrays.toString(values));
        return switch (random.nextInt(6)) {
            case 0 -> text(inlined(sql, values));
            case 1 -> executed(sql, values);
            default -> updated(sql, values);
        };
    }

    private long updated(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            bind(statement, values);
            return oneIn(8) ? statement.executeLargeUpdate() : statement.executeUpdate();
        }
    }

    private long executed(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            bind(statement, values);
            statement.execute();
            return statement.getUpdateCount();
        }
    }

    /** Executes a text as it is. */
    long text(String sql) throws SQLException {
        trace(sql);
        try (Statement statement = connection().createStatement()) {
            if (oneIn(2)) {
                return statement.executeUpdate(sql);
            }
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    void execute(String sql) throws SQLException {
        trace(sql);
        try (Statement statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** The statement with its values written into it. */
    String inlined(String sql, @Nullable Object... values) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < sql.length(); i++) {
            if (sql.charAt(i) == '?' && next < values.length) {
                text.append(literal(values[next++]));
            } else {
                text.append(sql.charAt(i));
            }
        }
        return text.toString();
    }

    String literal(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof LocalDate date) {
            return "DATE '" + date + "'";
        }
        if (value instanceof String text) {
            String quoted = "'" + text.replace("'", "''") + "'";
            return is(Product.MARIADB) ? quoted.replace("\\", "\\\\") : quoted;
        }
        return value.toString();
    }

    /** A list of distinct rows that this work may change. */
    List<Integer> ids(int count) {
        return random.ints().mapToObj(any -> id()).distinct().limit(count).collect(Collectors.toList());
    }

    /** So that an insert finds the place free; now and then it is left to chance. */
    void free(String table, String column, Object key) throws SQLException {
        if (!oneIn(8)) {
            run("DELETE FROM " + table + " WHERE " + column + " = ?", key);
        }
    }

    String quoted(String name) {
        return world.quoted(name);
    }
}
