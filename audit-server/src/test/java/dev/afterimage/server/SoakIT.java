package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.afterimage.jdbc.fixture.PostgresPair;
import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.kafka.fixture.ChildBroker;
import dev.afterimage.server.fixture.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that works for long at four fifths of what the whole path gets through, with a fault each minute. In the
 * end nothing is lost, and neither the application nor the audit server holds more of the machine than it did.
 *
 * <p>Runs only if it is told for how long: {@code -Daudit.soak.minutes=60}, which {@code -Psoak} says. The application and the
 * audit server are killed in the first quarter only: what leaks shows in the later life of one process.
 * {@code -Daudit.soak.changes=N} is the most changes that the comparison takes into its memory (1,500,000 in 12 GiB); the
 * rate is lowered to that, and the output says so. {@code -Daudit.seed=N} repeats the dice.
 */
class SoakIT {

    private static final int MINUTES = Integer.getInteger("audit.soak.minutes", 0);
    private static final long MOST_CHANGES = Long.getLong("audit.soak.changes", 1_500_000);

    /** Row changes of a transaction, more than on the average. */
    private static final int CHANGES = 6;

    private static final double SHARE = 0.8;
    private static final Duration TRIAL = Duration.ofSeconds(15);
    private static final Duration LONGEST_FAULT = Duration.ofSeconds(8);
    private static final Duration CATCH_UP = Duration.ofMinutes(10);
    private static final int CUTS = 5;

    /** By how much the last quarter may hold more than the second, beside a tenth: what the collector and the JIT vary. */
    private static final Vitals MARGIN = new Vitals(8 << 10, 4 << 10, 4 << 10, 48 << 10, 16);

    private final long seed =
            Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private final Random random = new Random(seed);
    private final List<Vitals> ofWorker = new ArrayList<>();
    private final List<Vitals> ofServer = new ArrayList<>();
    private int runs;
    private long begunBefore;
    private int rate;

    @TempDir
    private Path directory;

    /** What stands while the test runs. */
    private record Site(
            CrashPath path,
            PostgresPair production,
            PostgresServer store,
            ChildBroker broker,
            TcpProxy proxy,
            ServerProcess server) {}

    @Test
    void nothingIsLostAndNothingGrows() throws Exception {
        assumeTrue(MINUTES > 0, "-Daudit.soak.minutes=N runs it");
        System.out.println("SoakIT: -Daudit.seed=" + seed + " -Daudit.soak.minutes=" + MINUTES);
        try (PostgresPair production = PostgresPair.builder()
                        .setting("deadlock_timeout", "50ms")
                        .open();
                PostgresServer store = PostgresServer.open();
                TcpProxy proxy = TcpProxy.open();
                ChildBroker broker = ChildBroker.open(Path.of(System.getProperty("java.io.tmpdir")), behind -> {
                    proxy.forwardTo(behind);
                    return proxy.address();
                })) {
            CrashPath path = new CrashPath(
                    "soak", production.primary(), production.standby(), store, proxy.address(), directory);
            path.with("audit.kafka.client.request.timeout.ms", "2000");
            production.awaitReplay();
            try (ServerProcess server = path.openServer()) {
                run(new Site(path, production, store, broker, proxy, server));
            }
        }
    }

    private void run(Site site) throws Exception {
        rate = rate(site);
        WorkerProcess worker = start(site);
        try {
            for (int minute = 1; minute <= MINUTES; minute++) {
                long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
                Fault fault = fault(site, minute);
                if (fault == null) {
                    begunBefore += worker.begun();
                    worker.kill();
                    worker = start(site);
                } else {
                    fault.during(this::whileAway);
                }
                TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
                ofWorker.add(Vitals.of(worker.pid()));
                ofServer.add(Vitals.of(site.server().pid()));
                System.out.println("soak: minute=" + minute + " fault="
                        + (fault == null ? "worker killed" : fault.name())
                        + " begun=" + (begunBefore + worker.begun()) + " worker: " + last(ofWorker) + " server: "
                        + last(ofServer));
            }
            assertThat(worker.finish()).as(worker::log).isZero();
        } finally {
            worker.close();
        }
        judge(site);
    }

    /** Works as fast as it can for a while, and counts until the store has it. */
    private int rate(Site site) throws Exception {
        long transactions;
        long begin;
        try (WorkerProcess worker = site.path().start(++runs, seed)) {
            worker.awaitBegun(1);
            worker.follow();
            begin = System.nanoTime();
            worker.run(TRIAL);
            assertThat(worker.finish()).as(worker::log).isZero();
            transactions = worker.begun();
        }
        site.path().awaitStored(CATCH_UP);
        double capacity = transactions * 1e9 / (System.nanoTime() - begin);
        long most = MOST_CHANGES / CHANGES / TimeUnit.MINUTES.toSeconds(MINUTES);
        int wanted = (int) Math.max(1, Math.min((long) (SHARE * capacity), most));
        System.out.printf(
                "soak: capacity=%.0f transactions/s rate=%d%s%n",
                capacity,
                wanted,
                wanted < (int) (SHARE * capacity) ? ", less than four fifths: see audit.soak.changes" : "");
        return wanted;
    }

    private WorkerProcess start(Site site) {
        WorkerProcess worker = site.path().start(++runs, seed, rate);
        worker.follow();
        return worker;
    }

    /** Null for the worker, which is another one afterwards. */
    private @Nullable Fault fault(Site site, int minute) {
        List<Fault> faults = List.of(
                Fault.killed(site.broker()),
                Fault.hung(site.broker()),
                Fault.cut(site.proxy(), CUTS),
                Fault.stopped(site.store()).and(Fault.replicaStopped(site.production())),
                Fault.killed(site.server()));
        boolean young = minute <= Math.max(1, MINUTES / 4);
        int dice = random.nextInt(faults.size() + (young ? 1 : -1));
        return dice < faults.size() ? faults.get(dice) : null;
    }

    private void whileAway() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt((int) LONGEST_FAULT.toMillis()));
    }

    private static Vitals last(List<Vitals> vitals) {
        return vitals.get(vitals.size() - 1);
    }

    private void judge(Site site) throws Exception {
        site.path().awaitStored(CATCH_UP);
        MarkedTrail.Verdict verdict = site.path().compare();
        Growth worker = Growth.of(ofWorker);
        Growth server = Growth.of(ofServer);
        System.out.println("soak: minutes=" + MINUTES + " transactions/s=" + rate + " " + verdict + " worker: " + worker
                + " server: " + server);
        verdict.words().forEach(System.out::println);
        assertThat(verdict.words()).as("-Daudit.seed=%d: %s", seed, verdict).isEmpty();
        assertThat(verdict.delivered()).isEqualTo(verdict.committed()).isPositive();
        assertThat(verdict.holes()).as("sequences that are missing").isZero();
        assertThat(verdict.gaps()).isEmpty();
        assertThat(worker.beyondMargin())
                .as("the application's process grows: %s", worker)
                .isEmpty();
        assertThat(server.beyondMargin())
                .as("the audit server grows: %s", server)
                .isEmpty();
    }

    /** What a process held in the second quarter and in the last. */
    private record Growth(Vitals before, Vitals after) {

        static Growth of(List<Vitals> all) {
            int minutes = all.size();
            int second = minutes / 4;
            return new Growth(
                    Vitals.median(all.subList(second, Math.max(second + 1, minutes / 2))),
                    Vitals.median(all.subList(Math.min(minutes - 1, minutes * 3 / 4), minutes)));
        }

        List<String> beyondMargin() {
            List<String> beyond = new ArrayList<>();
            check("heap", Vitals::heap, beyond);
            check("direct", Vitals::direct, beyond);
            check("mapped", Vitals::mapped, beyond);
            check("rss", Vitals::resident, beyond);
            check("fds", Vitals::descriptors, beyond);
            return beyond;
        }

        private void check(String name, ToLongFunction<Vitals> of, List<String> beyond) {
            long most = of.applyAsLong(before) + of.applyAsLong(before) / 10 + of.applyAsLong(MARGIN);
            if (of.applyAsLong(after) > most) {
                beyond.add(name);
            }
        }

        @Override
        public String toString() {
            return "heap=" + before.heap() + "K→" + after.heap() + "K direct=" + before.direct() + "K→" + after.direct()
                    + "K mapped=" + before.mapped() + "K→" + after.mapped() + "K rss=" + before.resident() + "K→"
                    + after.resident() + "K fds=" + before.descriptors() + "→" + after.descriptors();
        }
    }
}
