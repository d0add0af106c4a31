package dev.afterimage.jmh;

import dev.afterimage.jmh.driver.IdleDriver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * What does the application's thread pay? On a driver that does nothing, so that the wrapper is all there is.
 *
 * <p>Run it with {@code -prof dev.afterimage.jmh.WorkerProfiler}, and read {@code cpu} and {@code alloc}: the score itself
 * is elapsed time. A single thread that does nothing but write is faster than any background thread; it then waits for
 * room in the ring, and its score becomes the background thread's. {@code -p rest=10} gives it the time instead, after
 * every burst of a thousand changes.
 *
 * <p>A trial of Afterimage fails if the sink has not seen exactly the changes that were made.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class ApplicationThreadBenchmark {

    private static final int BATCH = 100;
    private static final int BURST = 1000;

    @Param({
        "raw",
        "afterimage",
        "afterimage-memory",
        "p6spy",
        "p6spy-excluded",
        "datasource-proxy",
        "opentelemetry",
        "hikaricp",
        "jdk-proxy"
    })
    public String wrapper;

    /** Milliseconds between two bursts: 0 measures a full ring, too. */
    @Param("0")
    public int rest;

    private Rival rival;
    private DataSource dataSource;
    private Connection connection;
    private PreparedStatement update;
    private PreparedStatement select;
    private long changed;
    private int number;
    private int left = BURST;

    @Setup
    public void prepare() throws SQLException {
        rival = Rivals.wrap(wrapper, new IdleDriver());
        dataSource = rival.dataSource();
        connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        update = connection.prepareStatement(Accounts.UPDATE);
        select = connection.prepareStatement(Accounts.SELECT);
    }

    /** Counts what has arrived. */
    @TearDown
    public void account() {
        long captured = captured();
        rival.end().run();
        System.out.println("[" + wrapper + ": changed=" + changed + " captured=" + captured + "]");
        if (wrapper.startsWith("afterimage") && captured != changed) {
            throw new IllegalStateException("changed=" + changed + " captured=" + captured);
        }
    }

    long captured() {
        return rival.captured().getAsLong();
    }

    /** What does a prepared UPDATE with three parameters cost, executed and committed? */
    @Benchmark
    public int update() throws SQLException {
        bind(update);
        int count = update.executeUpdate();
        connection.commit();
        rest(1);
        return count;
    }

    /** What does the whole round cost: connection, statement, parameters, execution, commit, close? */
    @Benchmark
    public int round() throws SQLException {
        try (Connection own = dataSource.getConnection();
                PreparedStatement statement = own.prepareStatement(Accounts.UPDATE)) {
            bind(statement);
            int count = statement.executeUpdate();
            own.commit();
            rest(1);
            return count;
        }
    }

    /** What does a row of a batch cost, in a batch of a hundred with its commit? */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int[] batch() throws SQLException {
        for (int i = 0; i < BATCH; i++) {
            bind(update);
            update.addBatch();
        }
        int[] counts = update.executeBatch();
        connection.commit();
        rest(BATCH);
        return counts;
    }

    /** What does a query cost of which ten rows are read, two columns each? */
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
        changed++;
        statement.setString(1, "somebody");
        statement.setInt(2, number++);
        statement.setInt(3, number & (Accounts.ROWS - 1));
    }

    private void rest(int rows) {
        left -= rows;
        if (left <= 0) {
            left = BURST;
            if (rest > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(rest));
            }
        }
    }
}
