package dev.afterimage.jmh.tpcb;

import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Measures one variant under one condition: opens it on clean tables, warms up, measures, and checks its trail. */
final class Measurement {

    /** A trail that has not grown for so long will not grow any more. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    private static final long POLL_MILLIS = 2;

    private final Database database;
    private final Duration warmup;
    private final Duration length;

    Measurement(Database database, Duration warmup, Duration length) {
        this.database = database;
        this.warmup = warmup;
        this.length = length;
    }

    Sample measure(Variant variant, Condition condition, int round) throws Exception {
        database.reset();
        try (Recording recording = variant.open(database, condition)) {
            Workload workload = new Workload(recording, database.scale(), condition.threads(), round);
            long before = workload.run(warmup).transactions();
            awaitArrival(recording, before * Transaction.CHANGES);
            CpuTime start = CpuTime.now();
            Workload.Done done = workload.run(length);
            long expected = (before + done.transactions()) * Transaction.CHANGES;
            Long behind = behind(recording, expected);
            double catchUp = awaitArrival(recording, expected);
            CpuTime used = CpuTime.now().since(start);
            checkHistory(before + done.transactions());
            return sample(variant, condition, round, done, used, behind, catchUp, expected, recording);
        }
    }

    private static Sample sample(
            Variant variant,
            Condition condition,
            int round,
            Workload.Done done,
            CpuTime used,
            @Nullable Long behind,
            double catchUp,
            long expected,
            Recording recording)
            throws SQLException {
        OptionalLong machine = used.machineNanos();
        OptionalLong recorded = recording.recorded();
        double micros = 1e3 * done.transactions();
        return new Sample(
                variant.name(),
                condition,
                round,
                done.transactions(),
                done.perSecond(),
                machine.isPresent() ? machine.getAsLong() / micros : null,
                used.jvmNanos() / micros,
                done.workerCpuNanos() / micros,
                behind,
                catchUp,
                expected,
                recorded.isPresent() ? recorded.getAsLong() : null,
                recording.trouble());
    }

    private static @Nullable Long behind(Recording recording, long expected) {
        OptionalLong arrived = recording.arrived();
        return arrived.isPresent() ? Math.max(0, expected - arrived.getAsLong()) : null;
    }

    /** Waits until all has arrived, or nothing comes any more. Returns how many seconds that took. */
    private static double awaitArrival(Recording recording, long expected) {
        long start = System.nanoTime();
        long progress = start;
        long last = -1;
        while (true) {
            OptionalLong arrived = recording.arrived();
            if (arrived.isEmpty() || arrived.getAsLong() >= expected) {
                return (System.nanoTime() - start) / 1e9;
            }
            if (arrived.getAsLong() != last) {
                last = arrived.getAsLong();
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > PATIENCE_NANOS) {
                return (progress - start) / 1e9;
            }
            Wait.pause(POLL_MILLIS);
        }
    }

    /** The workload has done what it says, whatever the variant says. */
    private void checkHistory(long transactions) throws SQLException {
        long rows = database.number("select count(*) from " + Schema.NAME + ".history");
        if (rows != transactions) {
            throw new IllegalStateException(transactions + " transactions have left " + rows + " rows of history");
        }
    }
}
