package dev.afterimage.server;

import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.resolve.ReplicaUnavailableException;
import dev.afterimage.core.resolve.StoreUnavailableException;
import dev.afterimage.core.table.TableLookupException;
import java.io.IOException;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** The command line: {@code afterimage} with a command, or the server itself without one. */
public final class Main {

    private Main() {}

    /**
     * Does what the arguments say. Exits with 2 if they, or the configuration, cannot be used, with 1 if the work fails.
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Every command has its line here, in the order in which the help names them. */
    static CommandLine commandLine() {
        return new CommandLine(new ServeCommand())
                .addSubcommand(new AnalyzeCommand())
                .addSubcommand(new RecoverCommand())
                .setExecutionExceptionHandler(Main::failed);
    }

    /** A person reads this: of what was to be expected the reason, not where in the program it came up. */
    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult arguments)
            throws Exception {
        if (!isExpected(failure)) {
            throw failure;
        }
        StringBuilder reason = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reason.append(": ").append(cause.getMessage());
        }
        command.getErr().println(reason);
        return failure instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static boolean isExpected(Exception failure) {
        return failure instanceof ConfigurationException
                || failure instanceof SQLException
                || failure instanceof IOException
                || failure instanceof StoreUnavailableException
                || failure instanceof ReplicaUnavailableException
                || failure instanceof TableLookupException;
    }
}
