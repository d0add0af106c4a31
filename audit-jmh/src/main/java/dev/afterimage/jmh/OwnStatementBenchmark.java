package dev.afterimage.jmh;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the audit cost on your database, with your statement? Bare and audited, each over HikariCP. Without parameters
 * it runs on H2 in memory. The statement is executed and committed again and again: give one that bears it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class OwnStatementBenchmark {

    /** The variable of the environment that holds the password, if the parameter does not: JMH prints parameters. */
    private static final String PASSWORD = "AUDIT_JMH_PASSWORD";

    private static final String EXAMPLE = "jdbc:h2:mem:own;DB_CLOSE_DELAY=-1";
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d*\\.\\d+");

    @Param({"raw", "afterimage"})
    public String wrapper;

    @Param(EXAMPLE)
    public String jdbcUrl;

    @Param("sa")
    public String user;

    @Param("")
    public String password;

    @Param(Accounts.UPDATE)
    public String sql;

    /** Separated by commas: whole numbers, decimal ones, true, false, null, else text. */
    @Param("somebody,1,7")
    public String parameters;

    /** {@code rollback} leaves the database as it was, and the trail without the change. */
    @Param("commit")
    public String end;

    private HikariDataSource pool;
    private Rival rival;
    private Object[] values;
    private boolean commits;

    @Setup
    public void prepare() {
        HikariConfig configuration = new HikariConfig();
        configuration.setJdbcUrl(jdbcUrl);
        configuration.setUsername(user);
        configuration.setPassword(password.isEmpty() ? System.getenv().getOrDefault(PASSWORD, "") : password);
        configuration.setAutoCommit(false);
        configuration.setMaximumPoolSize(3);
        pool = new HikariDataSource(configuration);
        if (jdbcUrl.equals(EXAMPLE)) {
            Accounts.create(pool);
        }
        rival = wrapper.equals("raw") ? new Rival(pool) : Rivals.afterimage(pool, pool, "process");
        values = valuesOf(parameters);
        commits = end.equals("commit");
    }

    /** The types are guessed from how a value is written. */
    static Object[] valuesOf(String parameters) {
        if (parameters.isEmpty()) {
            return new Object[0];
        }
        String[] texts = parameters.split(",", -1);
        Object[] values = new Object[texts.length];
        for (int i = 0; i < texts.length; i++) {
            values[i] = valueOf(texts[i].strip());
        }
        return values;
    }

    private static Object valueOf(String text) {
        if (WHOLE.matcher(text).matches()) {
            long whole = Long.parseLong(text);
            return whole == (int) whole ? (Object) (int) whole : (Object) whole;
        }
        if (DECIMAL.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        return switch (text) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> text;
        };
    }

    @TearDown
    public void finish() {
        System.out.println("[" + wrapper + ": " + rival.captured().getAsLong() + " changes at the sink]");
        rival.end().run();
        pool.close();
    }

    /** What does a round cost: connection, statement, parameters, execution, rows if there are any, commit, close? */
    @Benchmark
    public long round() throws SQLException {
        try (Connection connection = rival.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            long result = statement.execute() ? rows(statement) : statement.getUpdateCount();
            if (commits) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return result;
        }
    }

    private static long rows(PreparedStatement statement) throws SQLException {
        long sum = 0;
        try (ResultSet rows = statement.getResultSet()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    sum += rows.getObject(column) == null ? 0 : 1;
                }
            }
        }
        return sum;
    }
}
