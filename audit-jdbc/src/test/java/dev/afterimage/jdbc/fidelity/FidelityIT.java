package dev.afterimage.jdbc.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The trail equals what the database did. {@code -Daudit.fidelity.transactions=N} sets how many works PostgreSQL gets
 * (the others get a share of it), {@code -Daudit.seed=N} sets the dice of each thread, and
 * {@code -Daudit.fidelity.steps=true} tells how often each step was done and how it failed.
 */
class FidelityIT {

    private static final long TRANSACTIONS = Long.getLong("audit.fidelity.transactions", 20_000);
    private static final List<String> LINES = new ArrayList<>();

    private static final long SEED =
            Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));

    static {
        System.setProperty("org.jboss.logging.provider", "slf4j"); // Hibernate's.
    }

    @AfterAll
    static void lines() {
        LINES.forEach(System.out::println);
    }

    @Test
    void postgres() throws Exception {
        try (World world = new PostgresWorld()) {
            agrees(world, TRANSACTIONS);
        }
    }

    @Test
    void mariaDb() throws Exception {
        try (World world = new MariaDbWorld()) {
            agrees(world, TRANSACTIONS * 3 / 20);
        }
    }

    @Test
    void h2() throws Exception {
        try (World world = new H2World()) {
            agrees(world, TRANSACTIONS * 3 / 20);
        }
    }

    private void agrees(World world, long works) throws SQLException, InterruptedException {
        Workload workload = run(world, works, events -> events);
        Findings findings = workload.findings();
        System.out.println(world.product() + "\n" + findings.details());
        LINES.add(findings.line() + " (" + world.product() + ")");
        assertThat(findings.isClean())
                .as("-Daudit.seed=%d: %s%n%s", SEED, findings.line(), String.join("\n", findings.examples()))
                .isTrue();
        assertThat(findings.doubtful() + findings.keptInDoubt())
                .as("doubts are rare")
                .isLessThan(1 + findings.rowChanges() / 50);
        if (works >= 2_000) {
            assertThat(vacuous(workload))
                    .as("steps that did not do what they are there for")
                    .isEmpty();
            for (Origin origin : Origin.values()) {
                assertThat(origin == Origin.STATEMENT ? findings.rowChanges() : findings.beyondCount(origin))
                        .as("row changes by %s", origin)
                        .isPositive();
            }
        }
    }

    private Workload run(World world, long works, UnaryOperator<List<AuditEvent>> sabotage)
            throws SQLException, InterruptedException {
        System.out.println("FidelityIT on " + world.product() + ": -Daudit.seed=" + SEED);
        Workload workload = new Workload(world, SEED, sabotage);
        workload.run(works);
        if (Boolean.getBoolean("audit.fidelity.steps")) {
            System.out.println(workload.log());
        }
        return workload;
    }

    /** A step that never succeeds tests nothing, nor does one that is meant to fail and never does. */
    private static List<String> vacuous(Workload workload) {
        StepLog log = workload.log();
        return workload.steps().stream()
                .map(Step::name)
                .filter(name -> (name.startsWith("!") ? log.failures(name) : log.count(name)) == 0)
                .map(name -> name + ": " + log.example(name))
                .toList();
    }

    @Test
    void aChangeThatIsHeldBackIsFound() throws Exception {
        try (World world = new H2World()) {
            Findings findings = run(world, 200, FidelityIT::withoutOne).findings();
            assertThat(findings.isClean()).isFalse();
            assertThat(findings.line()).contains(" 1 missing", " 0 phantom");
        }
    }

    /** Without one row-level change that is alone in its transaction. */
    private static List<AuditEvent> withoutOne(List<AuditEvent> events) {
        List<AuditEvent> kept = new ArrayList<>(events);
        for (AuditEvent event : events) {
            if (event instanceof Change change
                    && change.isRowLevel()
                    && change.transaction().count() == 1) {
                kept.remove(event);
                return kept;
            }
        }
        throw new AssertionError("nothing to hold back");
    }
}
