package dev.afterimage.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code afterimage recover}: see {@link Recovery}. */
@Command(
        name = "recover",
        description = "Sends what killed applications have left in audit.spool.directory on this machine, and ends.",
        footer = {
            "",
            "Needs audit.spool.directory and the audit.kafka.* of the application, and audit.production.url: the database"
                    + " is asked what became of transactions in doubt, and for its position. Run it as the application's"
                    + " user. What a living application has is not touched.",
            "Exit code: 0 nothing is left, 1 something is (the output says where), 2 the arguments or the configuration"
                    + " cannot be used."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RecoverCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationOption configuration;

    @Option(
            names = "--without-production",
            description =
                    "Sends what is in doubt as in doubt, and changes without a position, so that their rows are not"
                            + " read on the replica.")
    private boolean withoutProduction;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "How long to wait for a broker or a database that does not answer. Default: ${DEFAULT-VALUE}.")
    private long waitSeconds;

    @Override
    public Integer call() throws InterruptedException {
        Recovery recovery =
                new Recovery(configuration.load(), withoutProduction, Duration.ofSeconds(waitSeconds), System.out);
        return recovery.run() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
