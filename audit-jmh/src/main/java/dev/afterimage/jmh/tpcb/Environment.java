package dev.afterimage.jmh.tpcb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a reader must know to judge the figures. */
final class Environment {

    private Environment() {}

    /** Facts by name, in the order in which they are told. */
    static Map<String, String> describe(Options options, int rounds, Database database, String command)
            throws IOException, SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("machine", Runtime.getRuntime().availableProcessors() + " processors, " + processor());
        facts.put(
                "jdk",
                Runtime.version() + ", heap up to " + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
        facts.put("database", database.version() + (options.url() == null ? ", own server" : ", given server"));
        if (options.url() == null) {
            facts.put(
                    "server settings",
                    "wal_level=logical, fsync=on, full_page_writes=on, shared_buffers=512MB, autovacuum=off (vacuum and"
                            + " checkpoint before each measurement)");
            facts.put("files", Files.getFileStore(options.files()).type());
        }
        facts.put("fsync off", "means synchronous_commit=off in the application's sessions");
        facts.put(
                "scale", options.scale() + " branches, " + options.scale() * Schema.ACCOUNTS_PER_BRANCH + " accounts");
        facts.put(
                "measurement",
                rounds + " of " + options.rounds() + " rounds, "
                        + options.length().toSeconds() + " s each after "
                        + options.warmup().toSeconds() + " s of warm-up, rivals in "
                        + (options.rivalsEvery() == 1 ? "all of them" : "one of " + options.rivalsEvery()));
        facts.put(
                "transaction",
                "3 updates, 1 select, 1 insert, commit; HikariCP, pgjdbc, one connection per transaction");
        facts.put("command", command);
        return facts;
    }

    private static String processor() throws IOException {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpuinfo)) {
            return System.getProperty("os.arch");
        }
        try (var lines = Files.lines(cpuinfo)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
