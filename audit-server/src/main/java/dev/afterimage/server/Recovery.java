package dev.afterimage.server;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.jdbc.driver.BackgroundDataSource;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.replica.JdbcFenceSource;
import dev.afterimage.jdbc.replica.JdbcReplica;
import dev.afterimage.jdbc.replica.JdbcTables;
import dev.afterimage.kafka.KafkaSinkProvider;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends what killed applications have left in {@code audit.spool.directory} on this machine, and waits until the broker
 * has it. Places that a living process has are not touched. It may be killed and started again.
 */
final class Recovery {

    private static final Duration STEP = Duration.ofMillis(100);

    private final AuditConfiguration configuration;
    private final boolean withoutProduction;
    private final Duration patience;
    private final PrintStream out;

    /**
     * Makes one; touches nothing yet.
     *
     * @param withoutProduction whether records may go without the production database's word on its position and on what
     *     is in doubt; the replica then knows the tables
     * @param patience how long nothing may be delivered before it is given up
     * @param out gets one line that begins with {@code recover:}, and one with {@code left:} for each thing that stays
     */
    Recovery(AuditConfiguration configuration, boolean withoutProduction, Duration patience, PrintStream out) {
        this.configuration = configuration;
        this.withoutProduction = withoutProduction;
        this.patience = patience;
        this.out = out;
    }

    /**
     * Does it.
     *
     * @return whether nothing is left
     * @throws ConfigurationException if a property is missing or cannot be used; nothing is lost then
     */
    boolean run() throws InterruptedException {
        TallyingSink sink = new TallyingSink(new KafkaSinkProvider().create(configuration));
        AuditTrail trail = AuditTrail.recover(configuration, sink);
        if (trail == null) {
            out.println("recover: nothing is left in " + directory() + " by processes that are gone");
            return true;
        }
        try (trail) {
            await(trail, register(trail));
        }
        Map<Path, Set<String>> left = trail.pipeline().leftovers();
        AuditCounters.Snapshot counters = trail.counters().snapshot();
        out.println("recover: sent=" + counters.delivered() + " in-doubt=" + sink.inDoubt() + " gaps=" + sink.gaps()
                + " refused=" + counters.refused() + " left=" + (left.size() + counters.spooledEvents()));
        left.forEach((place, sources) -> out.println("left: " + place + reason(sources)));
        if (counters.spooledEvents() > 0) {
            out.println("left: " + counters.spooledEvents() + " events in " + directory()
                    + ", which the broker has not acknowledged");
        }
        return left.isEmpty() && counters.spooledEvents() == 0;
    }

    private Path directory() {
        return Path.of(configuration.text(Setting.SPOOL_DIRECTORY)).toAbsolutePath();
    }

    private static String reason(Set<String> sources) {
        return sources.isEmpty() ? "" : ", with records of " + String.join(", ", sources);
    }

    /**
     * Makes known whose records the rings hold, as far as it is certain. To ask the wrong database what became of a
     * transaction would drop what has committed: so of several only the one that is named.
     */
    private Set<String> register(AuditTrail trail) {
        Set<String> names = new TreeSet<>();
        trail.pipeline().leftovers().values().forEach(names::addAll);
        String named = configuration.text(Setting.SOURCE);
        if (names.size() > 1) {
            out.println("Records of several data sources are left: " + names + "; " + Setting.PRODUCTION_URL.key()
                    + " is taken for that of " + Setting.SOURCE.key() + "=" + named);
            names.retainAll(Set.of(named));
        }
        names.forEach(name -> trail.pipeline().register(source(name)));
        return names;
    }

    private Source source(String name) {
        if (withoutProduction) {
            JdbcReplica replica = JdbcReplica.of(configuration);
            replica.reached(); // Without the shapes of the tables records would go without the keys of their rows.
            replica.close();
            return new Source(name, replica.tables(), null);
        }
        BackgroundDataSource production = new BackgroundDataSource(
                new UrlDataSource(
                        productionUrl(),
                        configuration.text(Setting.PRODUCTION_USER),
                        configuration.text(Setting.PRODUCTION_PASSWORD)),
                () -> true);
        return new Source(name, new JdbcTables(production), new JdbcFenceSource(production));
    }

    private String productionUrl() {
        try {
            return configuration.text(Setting.PRODUCTION_URL);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(e.getMessage()
                    + ": the database whose changes are left is asked what became of those in doubt, and for its position;"
                    + " --without-production does without");
        }
    }

    /** Returns when all is delivered, or what is left waits for something that does not come. */
    private void await(AuditTrail trail, Set<String> known) throws InterruptedException {
        long settled = -1;
        long since = System.nanoTime();
        while (true) {
            boolean quiet = trail.flush(STEP);
            if (quiet && isNothingOf(known, trail)) {
                return;
            }
            AuditCounters.Snapshot now = trail.counters().snapshot();
            if (now.delivered() + now.refused() != settled) {
                settled = now.delivered() + now.refused();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > patience.toNanos()) {
                return;
            }
            Thread.sleep(STEP.toMillis());
        }
    }

    private static boolean isNothingOf(Set<String> known, AuditTrail trail) {
        return trail.pipeline().leftovers().values().stream().noneMatch(known::containsAll);
    }
}
