package dev.afterimage.server;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The command line: {@code --config FILE} runs the server until it gets SIGTERM or SIGINT. */
public final class Main {

    private static final int BAD_USAGE = 2;

    private static final String USAGE = """
            Usage: java -jar audit-server.jar --config FILE

              --config FILE   properties file with the audit.* keys; system properties and
                              environment variables (AUDIT_KAFKA_TOPIC, ...) override it

            Needed: audit.kafka.bootstrap-servers, audit.replica.url, audit.store.url
            """;

    private Main() {}

    /**
     * Runs the server. Exits with 2 if the arguments or the configuration cannot be used, else when it is stopped.
     */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 2 || !args[0].equals("--config")) {
            refuse(System.err, USAGE);
            return;
        }
        AuditServer server;
        try {
            server = new AuditServer(AuditConfiguration.load(Path.of(args[1])));
        } catch (ConfigurationException e) {
            refuse(System.err, e.getMessage());
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "afterimage-shutdown"));
        server.run();
    }

    private static void refuse(PrintStream to, @Nullable String message) {
        to.println(message);
        System.exit(BAD_USAGE);
    }
}
