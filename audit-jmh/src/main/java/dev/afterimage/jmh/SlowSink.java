package dev.afterimage.jmh;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jmh.driver.IdleDriver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * What happens to eight application threads when the sink is slower than they are? None may be held longer than
 * {@code audit.overflow.wait}, and every transaction must be accounted for. A program and not a benchmark, since the answer
 * is the longest time of all, and no average.
 */
public final class SlowSink {

    private static final int THREADS = 8;
    private static final String RING = "64KiB";
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofMinutes(1);

    private SlowSink() {}

    /**
     * What came of it. Times are in nanoseconds.
     *
     * @param longest time that one update with its commit has taken, once warm
     * @param allowed the longest that was configured
     * @param committed transactions of all threads
     * @param published of these in the ring, as the counters say
     * @param dropped of these not in the ring, as the counters say
     * @param arrived changes at the sink
     * @param reported transactions that gaps at the sink tell to be dropped
     * @param holes anything else at the sink
     */
    public record Answer(
            long longest,
            long allowed,
            long committed,
            long published,
            long dropped,
            long arrived,
            long reported,
            long holes) {

        /** Transactions that are neither at the sink, nor told there to be missing, nor counted as they should be. */
        public long unaccounted() {
            return Math.abs(committed - published - dropped)
                    + Math.abs(published - arrived)
                    + Math.abs(dropped - reported)
                    + holes;
        }
    }

    /** What one thread has seen. */
    private record Seen(long committed, long longest) {}

    /** Runs it once, with the time in milliseconds as an argument, and prints the answer. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        long millis = arguments.length == 0 ? 10_000 : Long.parseLong(arguments[0]);
        Answer answer = run(Duration.ofMillis(millis), Duration.ofMillis(100), Duration.ofMillis(250));
        System.out.println(answer + " unaccounted=" + answer.unaccounted());
    }

    /**
     * Runs it.
     *
     * @param time for which the threads write
     * @param wait the longest that a thread may be held
     * @param pause how long the sink takes for a batch: if longer than the wait, transactions must be dropped
     * @throws ExecutionException if a thread has failed
     */
    public static Answer run(Duration time, Duration wait, Duration pause)
            throws InterruptedException, ExecutionException {
        CountingSink counting = new CountingSink();
        AuditConfiguration configuration = AuditConfiguration.of(Map.of(
                "audit.durability",
                "memory",
                "audit.ring.size",
                RING,
                "audit.overflow",
                "block",
                "audit.overflow.wait",
                wait.toMillis() + "ms",
                "audit.batch.in-flight",
                "1"));
        try (AuditTrail trail = AuditTrail.start(configuration, new Slow(counting, pause))) {
            DataSource audited = AuditDataSource.builder(new IdleDriver(), trail)
                    .background(Rivals.accounts())
                    .build();
            List<Seen> first = runThreads(audited, WARM_UP); // Its longest time is that of loading classes.
            List<Seen> seen = runThreads(audited, time);
            if (!trail.flush(FLUSH)) {
                throw new IllegalStateException("The trail was not delivered within " + FLUSH);
            }
            AuditCounters.Snapshot counters = trail.counters().snapshot();
            return new Answer(
                    seen.stream().mapToLong(Seen::longest).max().orElseThrow(),
                    wait.toNanos(),
                    committed(first) + committed(seen),
                    counters.publishedRecords(),
                    counters.droppedRecords(),
                    counting.changes(),
                    counting.dropped(),
                    counting.holes());
        }
    }

    private static long committed(List<Seen> seen) {
        return seen.stream().mapToLong(Seen::committed).sum();
    }

    private static List<Seen> runThreads(DataSource audited, Duration time)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Seen>> running = new ArrayList<>();
            long end = System.nanoTime() + time.toNanos();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> write(audited, end)));
            }
            List<Seen> seen = new ArrayList<>();
            for (Future<Seen> thread : running) {
                seen.add(thread.get());
            }
            return seen;
        } finally {
            threads.shutdown();
        }
    }

    private static Seen write(DataSource audited, long end) throws SQLException {
        long committed = 0;
        long longest = 0;
        try (Connection connection = audited.getConnection();
                PreparedStatement update = connection.prepareStatement(Accounts.UPDATE)) {
            update.setString(1, "somebody");
            update.setInt(2, 1);
            for (long begun = System.nanoTime(); begun - end < 0; begun = System.nanoTime()) {
                update.setInt(3, (int) (committed & (Accounts.ROWS - 1)));
                update.executeUpdate();
                connection.commit();
                committed++;
                longest = Math.max(longest, System.nanoTime() - begun);
            }
        }
        return new Seen(committed, longest);
    }

    /** Counts a batch at once, and says so late. */
    private record Slow(CountingSink counting, Duration pause) implements Sink {
        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            return counting.send(batch)
                    .thenApplyAsync(
                            delivery -> delivery,
                            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS));
        }

        @Override
        public void close() {}
    }
}
