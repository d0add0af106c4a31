package dev.afterimage.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.Main;

/**
 * Runs {@link RingJcstress} briefly, in JVMs of its own, and reads the printed tables: a stress test that was skipped, as
 * happens silently when there are fewer processors than actors, counts as failed. The weakened variant is the control: on a
 * busy machine the actors of a short run hardly meet, and its good outcomes prove nothing. So a run in which the control
 * did not fail is repeated with twice the time. For a long run:
 *
 * <pre>
 *   java -cp (test class path) org.openjdk.jcstress.Main -t RingJcstress
 * </pre>
 */
class RingJcstressTest {

    private static final int LONGEST_MILLIS = 5_000;
    private static final Pattern TEST =
            Pattern.compile("\\[(\\w+)] dev\\.afterimage\\.core\\.ring\\.RingJcstress\\.(\\w+)");
    private static final Pattern ROW = Pattern.compile("^ +(-?\\d+(?:, -?\\d+)+) +([\\d,]+) +[\\d.<]+% +(\\w+)");

    /** The outcomes that were seen, by stress test. */
    private final Map<String, Set<String>> seen = new HashMap<>();

    @Test
    void noForbiddenOutcomeIsSeenAndTheWeakenedVariantFails(@TempDir Path directory) throws Exception {
        assertThat(Runtime.getRuntime().availableProcessors())
                .as("processors, of which each actor needs one")
                .isGreaterThanOrEqualTo(2);

        List<String> output = List.of();
        for (int millis = 300; millis <= LONGEST_MILLIS && !controlFailed(); millis *= 2) {
            seen.clear();
            output = run(directory, millis);
            read(output);
        }

        String printed = String.join("\n", output);
        assertThat(seen)
                .as(printed)
                .containsOnlyKeys(
                        "Publication",
                        "RoomForOne",
                        "ReleaseAgainstClaim",
                        "CloseAgainstPublish",
                        "WakeUp",
                        "WakeUpWithoutFences");
        assertThat(seen).extractingByKey("WakeUp").asInstanceOf(COLLECTION).doesNotContain("1, 0");
        assertThat(seen)
                .extractingByKey("WakeUpWithoutFences")
                .asInstanceOf(COLLECTION)
                .contains("1, 0");
    }

    private boolean controlFailed() {
        return seen.getOrDefault("WakeUpWithoutFences", Set.of()).contains("1, 0");
    }

    private void read(List<String> output) {
        String test = null;
        for (String line : output) {
            Matcher name = TEST.matcher(line);
            Matcher row = ROW.matcher(line);
            if (name.find()) {
                test = name.group(2);
                assertThat(name.group(1)).as(() -> String.join("\n", output)).isEqualTo("OK");
            } else if (test != null && row.find() && !row.group(2).equals("0")) {
                seen.computeIfAbsent(test, key -> new HashSet<>()).add(row.group(1));
            }
        }
    }

    private static List<String> run(Path directory, int millis) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        Main.class.getName(),
                        "-t",
                        RingJcstress.class.getSimpleName(),
                        "-v",
                        "-c",
                        "2",
                        "-m",
                        "quick",
                        "-f",
                        "1",
                        "-iters",
                        "1",
                        "-time",
                        Integer.toString(millis),
                        "-sc",
                        "false",
                        "-af",
                        "NONE",
                        "-jvmArgs",
                        "-Xmx256m -XX:+UseSerialGC",
                        "-r",
                        directory.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("jcstress ends").isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output);
        assertThat(process.exitValue()).as(() -> String.join("\n", lines)).isZero();
        return lines;
    }
}
