package dev.afterimage.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.jdbc.AuditDataSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The application that is killed: four threads with {@link MarkedWork} until a byte comes in, or the one who started it is
 * gone. What it audits and how, the system properties say. It prints a byte for each transaction that it begins.
 */
final class CrashWorker {

    static final int THREADS = 4;

    /** Says that the trail has started: what an earlier process has left is being sent. */
    static final int READY = '+';

    private static final int BEGUN = '.';
    private static final int GONE = 3;
    private static final int UNSENT = 4;

    private final OutputStream progress = new FileOutputStream(FileDescriptor.out);
    private volatile boolean stopping;

    private final Pace pace;

    private CrashWorker(Pace pace) {
        this.pace = pace;
    }

    /** When the next transaction of all threads together is due. Who comes late begins at once. Thread-safe. */
    private static final class Pace {

        private final long stepNanos;
        private final AtomicLong next = new AtomicLong(System.nanoTime());

        /** So many a second; 0 for as many as there can be. */
        Pace(int perSecond) {
            stepNanos = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        }

        void await() throws InterruptedException {
            if (stepNanos == 0) {
                return;
            }
            long now = System.nanoTime();
            // What an outage has held up for long is not caught up on all at once.
            long due = next.getAndUpdate(last -> Math.max(last, now - TimeUnit.SECONDS.toNanos(1)) + stepNanos);
            TimeUnit.NANOSECONDS.sleep(due - now);
        }
    }

    /** Arguments: URL of the database, number of the run, seed; and most transactions a second, if there is a limit. */
    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setMaximumPoolSize(THREADS + 2);
        config.setMinimumIdle(1);
        int status;
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Pace pace = new Pace(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0);
            status = new CrashWorker(pace).run(pool, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        }
        System.exit(status);
    }

    private int run(DataSource bare, int run, long seed) throws Exception {
        AuditTrail trail = AuditTrail.start(AuditConfiguration.load());
        try (trail) {
            progress.write(READY);
            DataSource audited = AuditDataSource.wrap(bare, trail);
            AtomicLong newest = new AtomicLong(newestAccount(bare));
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> workers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                MarkedWork work = new MarkedWork(audited, newest, seed, run, thread);
                workers.add(threads.submit(() -> work(work)));
            }
            threads.shutdown();
            if (System.in.read() < 0) {
                Runtime.getRuntime().halt(GONE);
            }
            stopping = true;
            for (Future<?> worker : workers) {
                worker.get();
            }
            trail.flush(Duration.ofMinutes(1));
        }
        AuditCounters.Snapshot counters = trail.counters().snapshot();
        System.err.println(counters);
        return counters.failures() == 0 && counters.spooledEvents() == 0 ? 0 : UNSENT;
    }

    private Void work(MarkedWork work) throws Exception {
        while (!stopping) {
            pace.await();
            progress.write(BEGUN);
            work.transaction();
        }
        return null;
    }

    private static long newestAccount(DataSource bare) throws SQLException {
        try (Connection connection = bare.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 1) FROM account")) {
            row.next();
            return row.getLong(1);
        }
    }
}
