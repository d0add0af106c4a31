package dev.afterimage.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A {@link CrashWorker} in a JVM of its own. It ends with this JVM at the latest. Used by one thread. */
final class WorkerProcess implements AutoCloseable {

    private static final long LIMIT_SECONDS = 90;

    private final Process process;
    private final Path log;
    private final AtomicLong begun = new AtomicLong();
    private @Nullable Thread following;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one and returns at once.
     *
     * @param audit properties of the audit
     * @param log where it shall add its log
     * @param arguments as {@link CrashWorker#main} wants them
     */
    static WorkerProcess start(Map<String, String> audit, Path log, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path")));
        audit.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(CrashWorker.class.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            Process started = new ProcessBuilder(command)
                    .redirectError(Redirect.appendTo(log.toFile()))
                    .start();
            return new WorkerProcess(started, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for the worker", e);
        }
    }

    /** Waits until the trail has started and then so many transactions have begun. */
    void awaitBegun(int transactions) throws IOException {
        InputStream progress = process.getInputStream();
        for (int bytes = 0; bytes <= transactions; bytes++) {
            if (progress.read() < 0) {
                throw new IllegalStateException("The worker has ended by itself: " + log());
            }
        }
    }

    /** Takes from now on whatever it tells, so that it need not wait, and counts the transactions that it begins. */
    void follow() {
        if (following == null) {
            Thread thread = new Thread(this::count, "follow-worker");
            thread.setDaemon(true);
            thread.start();
            following = thread;
        }
    }

    private void count() {
        byte[] bytes = new byte[1 << 12];
        try (InputStream progress = process.getInputStream()) {
            for (int read = progress.read(bytes); read >= 0; read = progress.read(bytes)) {
                begun.addAndGet(read);
            }
        } catch (IOException ended) {
            // With the process.
        }
    }

    /** Transactions that have begun since {@link #follow}. */
    long begun() {
        return begun.get();
    }

    /** Number of the process. */
    long pid() {
        return process.pid();
    }

    /** Waits for some time, or until it ends by itself, which it should not. */
    void run(Duration time) throws InterruptedException {
        if (process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("The worker has ended by itself: " + log());
        }
    }

    /** Sends SIGKILL and returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Lets it finish what it does and end in order; returns its exit status. */
    int finish() throws IOException, InterruptedException {
        follow();
        process.getOutputStream().write('.');
        process.getOutputStream().flush();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The worker does not end: " + log());
        }
        return process.exitValue();
    }

    /** The end of what it and those before it have logged. */
    String log() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
