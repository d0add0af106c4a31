package dev.afterimage.server;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The command line: runs the server, or shows how a statement is understood. */
public final class Main {

    private static final int BAD_USAGE = 2;

    private static final String USAGE = """
            Usage: java -jar audit-server.jar --config FILE
                   java -jar audit-server.jar analyze --dialect NAME [STATEMENT]

              --config FILE    runs the server until SIGTERM; a properties file with the audit.* keys, overridden
                               by system properties and environment variables (AUDIT_KAFKA_TOPIC, ...)
                               needed: audit.kafka.bootstrap-servers, audit.replica.url, audit.store.url
              analyze          shows how a statement is understood; without STATEMENT it reads JSON lines
                               {"id", "sql"} and answers each with one
              --dialect NAME   postgresql, mysql, h2, oracle, tsql or ansi
            """;

    private Main() {}

    /**
     * Does what the arguments say. Exits with 2 if they, or the configuration, cannot be used.
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        if (args.length == 2 && args[0].equals("--config")) {
            serve(Path.of(args[1]));
        } else if ((args.length == 3 || args.length == 4) && args[0].equals("analyze") && args[1].equals("--dialect")) {
            analyze(args[2], args.length == 4 ? args[3] : null);
        } else {
            refuse(USAGE);
        }
    }

    private static void serve(Path file) throws InterruptedException {
        AuditServer server;
        try {
            server = new AuditServer(AuditConfiguration.load(file));
        } catch (ConfigurationException e) {
            refuse(e.getMessage());
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "afterimage-shutdown"));
        server.run();
    }

    private static void analyze(String dialect, @Nullable String statement) throws IOException {
        AnalyzeCommand command;
        // JSON is UTF-8 wherever this runs; a buffer, since System.out would flush each of a million lines.
        try (PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8)) {
            try {
                command = new AnalyzeCommand(AnalyzeCommand.dialect(dialect), out);
            } catch (IllegalArgumentException e) {
                refuse(e.getMessage());
                return;
            }
            if (statement == null) {
                command.lines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
            } else {
                command.statement(statement);
            }
        }
    }

    private static void refuse(@Nullable String message) {
        System.err.println(message);
        System.exit(BAD_USAGE);
    }
}
