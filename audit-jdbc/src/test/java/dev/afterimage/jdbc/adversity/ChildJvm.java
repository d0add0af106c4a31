package dev.afterimage.jdbc.adversity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program in a JVM of its own, which says by lines of output how far it is. Closing it kills it. */
final class ChildJvm implements AutoCloseable {

    private static final long LONG = 100;

    private final Process process;
    private final BufferedReader output;
    private final Path log;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param log gets what the program logs
     * @param limit put before the command; null where there is none
     */
    static ChildJvm start(Path log, @Nullable String limit, List<String> options, Class<?> program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (limit != null) {
            command.addAll(List.of("/bin/sh", "-c", limit + "; exec \"$@\"", "sh"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        return new ChildJvm(process, log);
    }

    /** The next line of its output; fails if it has ended. */
    String line() throws IOException {
        String line = output.readLine();
        assertThat(line)
                .as(() -> "the program's next line; it has logged\n" + logged())
                .isNotNull();
        return line;
    }

    /** Lets go on what waits for its input. */
    void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Asks it to end, as a container's stop does. */
    void terminate() {
        process.toHandle().destroy(); // The process's own method closes its output, too.
    }

    /** Everything it has still to say, when it has ended by itself. */
    List<String> rest() throws IOException, InterruptedException {
        List<String> lines = output.lines().toList();
        assertThat(process.waitFor(LONG, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    int exitValue() {
        return process.exitValue();
    }

    /** What it has logged so far. */
    String logged() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
