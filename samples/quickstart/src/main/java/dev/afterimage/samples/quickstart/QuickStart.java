package dev.afterimage.samples.quickstart;

import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.fixture.ShadowTable;
import dev.afterimage.jdbc.fixture.TrailComparison;
import dev.afterimage.jdbc.store.HistoryReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The story from beginning to end: servers start, an office works, the replica is held back for a while, and in the end
 * the trail is compared with what the database committed.
 */
public final class QuickStart {

    private static final long TASKS = 4_000;
    private static final long TASKS_ON_H2 = 1_000;
    private static final long WHILE_PAUSED = 400;
    private static final Duration ARRIVAL = Duration.ofSeconds(60);
    private static final long PROGRESS_MILLIS = 1_000;
    private static final List<String> TABLES = List.of("agent", "listing", "sale", "escrow_account", "escrow_entry");

    private final PrintStream out;
    private final Servers servers;
    private final Databases databases;
    private final Ledger ledger;
    private final long tasks;

    private QuickStart(Servers servers, PrintStream out) {
        this.out = out;
        this.servers = servers;
        this.databases = servers.databases();
        this.ledger = new Ledger(databases.store());
        this.tasks = databases.canPause() ? TASKS : TASKS_ON_H2;
    }

    /**
     * Runs the story. Exits with 0 if the trail is exact, with 1 if not, with 2 if the arguments are wrong.
     *
     * @param arguments the audit server's jar, then any of {@code --keep}, {@code --h2} and {@code --undo}
     */
    public static void main(String[] arguments) throws Exception {
        List<String> options = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        if (arguments.length == 0 || !List.of("--keep", "--h2", "--undo").containsAll(options)) {
            System.err.println("Usage: run.sh [--keep] [--h2] [--undo]");
            System.exit(2);
        }
        PrintStream out = System.out;
        boolean exact = false;
        try (Servers servers = Servers.start(options.contains("--h2"), Path.of(arguments[0]), out)) {
            exact = options.contains("--undo")
                    ? new Rescue(servers.databases(), out).run(servers.bootstrapServers())
                    : new QuickStart(servers, out).run(options.contains("--keep"));
        } catch (Exception e) {
            LoggerFactory.getLogger(QuickStart.class).error("The quick start has failed", e);
        }
        System.exit(exact ? 0 : 1);
    }

    private boolean run(boolean keep) throws Exception {
        createTables();
        ShadowTable shadow = ShadowTable.install(databases.production(), tables());
        out.println("The office opens. A trigger counts its changes too, only to compare the trail with them.");
        try (AuditedOffice application = new AuditedOffice(databases, servers.bootstrapServers(), Workday.PEOPLE + 2)) {
            Workday day = new Workday(application.office(), tasks);
            day.begin();
            work(day, application, tasks / 2);
            if (databases.canPause()) {
                showThatTheReplicaIsWaitedFor(day, shadow);
            } else {
                out.println("(H2 has no replica that could be held back.)");
            }
            work(day, application, tasks);
            awaitArrival(application);
        }
        TrailComparison.Verdict verdict = TrailComparison.compare(
                shadow, new HistoryReader(databases.store(), "audit_history"), AuditedOffice.SOURCE);
        new Report(databases, out).print(verdict);
        if (keep) {
            describeServers();
        }
        out.println(verdict);
        if (keep) {
            out.flush();
            new CountDownLatch(1).await();
        }
        return verdict.isExact();
    }

    private List<TableName> tables() {
        return TABLES.stream().map(databases::table).toList();
    }

    private void createTables() throws SQLException, IOException {
        try (InputStream schema = QuickStart.class.getResourceAsStream("/schema.sql");
                Connection connection = databases.production().getConnection();
                Statement statement = connection.createStatement()) {
            if (schema == null) {
                throw new IOException("schema.sql is not on the class path");
            }
            String sql = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            for (String create :
                    Stream.of(sql.split(";")).filter(text -> !text.isBlank()).toList()) {
                statement.execute(create);
            }
        }
    }

    private void work(Workday day, AuditedOffice application, long until) throws Exception {
        boolean done;
        do {
            done = day.awaitDone(until, PROGRESS_MILLIS);
            progress(day, application);
        } while (!done);
    }

    private void progress(Workday day, AuditedOffice application) throws SQLException {
        out.printf(
                "  %,6d of %,d tasks done, %,7d changes sent, %,7d in the trail%n",
                day.done(), tasks, application.trail().counters().snapshot().delivered(), ledger.size());
    }

    private void showThatTheReplicaIsWaitedFor(Workday day, ShadowTable shadow) throws Exception {
        long position = databases.pauseReplica();
        long before = shadow.count();
        day.awaitDone(day.done() + WHILE_PAUSED, ARRIVAL.toMillis());
        long committed = shadow.count() - before;
        out.printf(
                "  The standby's replay was held back: %,d changes committed meanwhile, %d of them read. It goes on now.%n",
                committed, ledger.readPast(position));
        databases.resumeReplica();
    }

    private void awaitArrival(AuditedOffice application) throws Exception {
        if (!application.trail().flush(ARRIVAL)) {
            throw new IllegalStateException("The broker did not take everything within " + ARRIVAL);
        }
        long sent = application.trail().counters().snapshot().delivered();
        long end = System.nanoTime() + ARRIVAL.toNanos();
        while (ledger.size() < sent) {
            if (System.nanoTime() > end) {
                out.println(
                        "  Only " + ledger.size() + " of " + sent + " have arrived. See " + servers.auditServerLog());
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        out.printf("  All %,d events are in the trail.%n", sent);
    }

    private void describeServers() {
        out.println();
        out.println("The servers stay until you press Ctrl-C.");
        out.println("  production   " + databases.productionUrl());
        out.println("  replica      " + databases.replicaUrl());
        out.println("  audit store  " + databases.storeUrl() + "   table audit_history");
        out.println("  Kafka        " + servers.bootstrapServers() + "   topic afterimage.changes");
        out.println("  server log   " + servers.auditServerLog());
        out.println();
    }
}
