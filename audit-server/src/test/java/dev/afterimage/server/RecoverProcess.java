package dev.afterimage.server;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** {@code java -jar audit-server.jar recover} in a JVM of its own. Used by one thread. */
final class RecoverProcess {

    private static final long LIMIT_SECONDS = 120;

    private final Process process;
    private final Path output;

    /** How it ended, and what it has printed. */
    record Ended(int status, String output) {}

    private RecoverProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one and returns at once.
     *
     * @param directory for its configuration file and its output
     * @param changes {@code key=value} of the configuration; all else is an argument
     */
    static RecoverProcess start(CrashPath path, Path directory, String... changes) throws IOException {
        Properties properties = new Properties();
        properties.putAll(path.serverProperties());
        properties.setProperty("audit.spool.directory", path.spool().toString());
        properties.setProperty("audit.production.url", path.productionUrl());
        Path configuration = Files.createTempFile(directory, "recover", ".properties");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-jar",
                CrashPath.JAR.toString(),
                "recover",
                "--config",
                configuration.toString()));
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 0) {
                command.add(change);
            } else {
                properties.setProperty(change.substring(0, equals), change.substring(equals + 1));
            }
        }
        try (Writer writer = Files.newBufferedWriter(configuration)) {
            properties.store(writer, null);
        }
        Path output = Files.createTempFile(directory, "recover", ".log");
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RecoverProcess(started, output);
    }

    /** Waits until it has ended by itself. */
    Ended end() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().onExit().join();
            throw new IllegalStateException("recover does not end: " + Files.readString(output));
        }
        String printed = Files.readString(output);
        printed.lines().filter(line -> line.startsWith("recover: ")).forEach(System.out::println);
        return new Ended(process.exitValue(), printed);
    }

    /** Sends SIGKILL after some time, if it has not ended until then. */
    void killAfter(Duration time) throws InterruptedException {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().onExit().join();
        }
    }
}
