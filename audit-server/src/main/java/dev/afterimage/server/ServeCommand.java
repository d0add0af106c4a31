package dev.afterimage.server;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program without a command: runs the server until SIGTERM. */
@Command(
        name = "afterimage",
        description = "Runs the audit log server until SIGTERM; with a command, answers it and ends.",
        footer = {
            "",
            "The server needs audit.kafka.bootstrap-servers, audit.replica.url and audit.store.url.",
            "Exit code: 0 done, 1 failed, 2 the arguments or the configuration cannot be used,",
            "3 a question about the trail found nothing."
        },
        synopsisSubcommandLabel = "[COMMAND]")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationOption configuration;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public @Nullable Integer call() throws InterruptedException {
        if (!configuration.isGiven()) {
            throw new ParameterException(spec.commandLine(), "Missing: --config FILE, or a command");
        }
        AuditServer server = new AuditServer(configuration.load());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "afterimage-shutdown"));
        server.run();
        return ExitCode.OK;
    }
}
