package dev.afterimage.jmh;

import dev.afterimage.jmh.driver.IdleDriver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the application's thread pay? On a driver that does nothing, so that the wrapper is all there is. Run with
 * {@code -prof gc} for the bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ApplicationThreadBenchmark {

    private static final String UPDATE = "update account set owner = ?, balance = ? where id = ?";
    private static final int ROWS = 100;

    @Param({"raw", "afterimage", "p6spy", "datasource-proxy"})
    public String wrapper;

    private final LongAdder captured = new LongAdder();
    private DataSource dataSource;
    private Connection connection;
    private PreparedStatement update;
    private PreparedStatement select;
    private int number;

    @Setup
    public void prepare() throws SQLException {
        dataSource = Rivals.wrap(wrapper, new IdleDriver(), captured);
        connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        update = connection.prepareStatement(UPDATE);
        select = connection.prepareStatement("select id, owner from account");
    }

    @TearDown
    public void tell() {
        System.out.println("[" + wrapper + " captured " + captured.sum() + "]");
    }

    /** A prepared UPDATE with three parameters, executed and committed. */
    @Benchmark
    public int update() throws SQLException {
        bind(update);
        int count = update.executeUpdate();
        connection.commit();
        return count;
    }

    /** The whole round: connection, statement, parameters, execution, commit, close. */
    @Benchmark
    public int round() throws SQLException {
        try (Connection own = dataSource.getConnection();
                PreparedStatement statement = own.prepareStatement(UPDATE)) {
            bind(statement);
            int count = statement.executeUpdate();
            own.commit();
            return count;
        }
    }

    /** A batch of a hundred rows; the score is for one row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int[] batch() throws SQLException {
        for (int i = 0; i < ROWS; i++) {
            bind(update);
            update.addBatch();
        }
        int[] counts = update.executeBatch();
        connection.commit();
        return counts;
    }

    /** Ten rows read, two columns each. */
    @Benchmark
    public int select() throws SQLException {
        int sum = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                sum += rows.getInt(1) + rows.getString(2).length();
            }
        }
        return sum;
    }

    private void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, "somebody");
        statement.setInt(2, number++);
        statement.setInt(3, number & 1023);
    }
}
