package dev.afterimage.jmh;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The jar's main class: JMH's own, except that a statement, a URL and the like may have commas in them. */
public final class Benchmarks {

    private static final List<String> TEXTS = List.of("jdbcUrl", "user", "password", "sql", "parameters");

    private Benchmarks() {}

    /** Runs what the arguments say; they are JMH's, see {@code -h}. */
    public static void main(String[] arguments) throws IOException, CommandLineOptionException, RunnerException {
        CommandLineOptions given = new CommandLineOptions(arguments);
        if (TEXTS.stream().noneMatch(text -> given.getParameter(text).hasValue())) {
            Main.main(arguments);
            return;
        }
        ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
        for (String text : TEXTS) {
            Collection<String> parts = given.getParameter(text).orElse(List.of());
            if (!parts.isEmpty()) {
                options.param(text, String.join(",", parts)); // JMH has taken it for several values.
            }
        }
        new Runner(options.build()).run();
    }
}
