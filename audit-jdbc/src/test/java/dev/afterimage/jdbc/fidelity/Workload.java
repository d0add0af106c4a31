package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** Works at random by several threads, compared round by round: what was compared is forgotten. */
final class Workload {

    private static final int ROUND = 2_000;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final World world;
    private final long seed;
    private final Findings findings = new Findings();
    private final StepLog log = new StepLog();
    private final UnaryOperator<List<AuditEvent>> sabotage;
    private List<Step> steps = List.of();

    /**
     * Makes a workload.
     *
     * @param sabotage what becomes of a round's events on their way to the comparison: nothing, except to show that the
     *     comparison can fail
     */
    Workload(World world, long seed, UnaryOperator<List<AuditEvent>> sabotage) {
        this.world = world;
        this.seed = seed;
        this.sabotage = sabotage;
    }

    /** What the works of the round have done, by their numbers. */
    private final Map<Long, List<String>> traces = new ConcurrentHashMap<>();

    Findings findings() {
        return findings;
    }

    StepLog log() {
        return log;
    }

    /** All steps that it is made of. */
    List<Step> steps() {
        return steps;
    }

    /** Runs a number of works and compares. */
    void run(long works) throws SQLException, InterruptedException {
        Oracle oracle = world.open();
        RoundSink sink = new RoundSink();
        Map<String, String> properties = Map.of(
                "audit.tables.exclude",
                "hidden,shadow,oracle.*",
                "audit.overflow",
                "block",
                "audit.overflow.wait",
                "60s");
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(properties), sink);
                Sources sources = new Sources(world, trail);
                OrmWorks orm = new OrmWorks(world, sources)) {
            List<Worker> workers = workers(sources, orm);
            ExecutorService threads = Executors.newFixedThreadPool(World.THREADS);
            try {
                Comparison comparison = new Comparison(world, findings);
                for (long from = 0; from < works; from += ROUND) {
                    long until = Math.min(works, from + ROUND);
                    round(workers, threads, from, until);
                    if (!trail.flush(LONG)) {
                        throw new AssertionError("not delivered in time");
                    }
                    findings.works(until - from);
                    comparison.round(oracle.take(), sabotage.apply(sink.take()));
                    findings.explain(traces);
                    traces.clear();
                }
                if (trail.counters().snapshot().failures() != 0) {
                    throw new AssertionError(
                            "The audit itself has failed: " + trail.counters().snapshot());
                }
            } finally {
                threads.shutdownNow();
                for (Worker worker : workers) {
                    worker.close();
                }
            }
        }
    }

    private List<Worker> workers(Sources sources, OrmWorks orm) {
        List<Step> all = new ArrayList<>(RowSteps.all());
        all.addAll(TableSteps.of(world.product()));
        all.addAll(BatchSteps.all());
        all.addAll(DialectSteps.of(world.product()));
        all.addAll(FailingSteps.of(world.product()));
        all.addAll(BlindSteps.of(world.product()));
        List<Step> works = new ArrayList<>(orm.all());
        works.addAll(new LockWorks(world, sources).of(world.product()));
        steps = new ArrayList<>(all);
        steps.addAll(works);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < World.THREADS; i++) {
            workers.add(new Worker(world, sources, all, works, log, seed, i, traces));
        }
        return workers;
    }

    private static void round(List<Worker> workers, ExecutorService threads, long from, long until)
            throws InterruptedException {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            long first = from + i;
            running.add(threads.submit(() -> {
                for (long number = first; number < until; number += World.THREADS) {
                    worker.work(number);
                }
                return null;
            }));
        }
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new AssertionError("A thread of the workload has failed", e.getCause());
            }
        }
    }
}
