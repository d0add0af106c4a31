package dev.afterimage.server;

import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.resolve.ReplicaUnavailableException;
import dev.afterimage.core.resolve.StoreUnavailableException;
import dev.afterimage.core.table.TableLookupException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** The command line: {@code afterimage} with a command, or the server itself without one. */
public final class Main {

    private Main() {}

    /**
     * Does what the arguments say. Exits with 2 if they, or the configuration, cannot be used, with 1 if the work fails,
     * with 3 if a question finds nothing.
     */
    public static void main(String[] args) {
        // Names and values are in any script, wherever this runs; a buffer, since there may be millions of lines.
        PrintWriter out = new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        int status = commandLine().setOut(out).execute(args);
        out.flush();
        System.exit(status);
    }

    /** Every command has its line here, in the order in which the help names them. */
    static CommandLine commandLine() {
        return new CommandLine(new ServeCommand())
                .addSubcommand(new HistoryCommand())
                .addSubcommand(new StateCommand())
                .addSubcommand(new UserCommand())
                .addSubcommand(new TransactionCommand())
                .addSubcommand(new ChangesCommand())
                .addSubcommand(new GapsCommand())
                .addSubcommand(new SealedCommand())
                .addSubcommand(new ViewsCommand())
                .addSubcommand(new UndoCommand())
                .addSubcommand(new RedoCommand())
                .addSubcommand(new AnalyzeCommand())
                .addSubcommand(new RecoverCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
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
