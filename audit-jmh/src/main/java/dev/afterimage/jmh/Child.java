package dev.afterimage.jmh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A measurement in a JVM of its own, so that none of the compared codes finds its rival's profile in the compiler. It
 * says what it found on lines that begin with {@code result}, as {@code name=value} pairs.
 */
public final class Child {

    private static final String RESULT = "result ";

    private Child() {}

    /** What a child has to say. */
    public static void tell(Map<String, Object> found) {
        StringBuilder line = new StringBuilder(RESULT);
        found.forEach(
                (name, value) -> line.append(name).append('=').append(value).append(' '));
        System.out.println(line.toString().strip());
    }

    /**
     * Runs the main method of a class on this JVM's class path and returns what it told.
     *
     * @throws IllegalStateException if it failed, or told nothing
     */
    public static List<Map<String, String>> run(Class<?> main, List<String> jvmArguments, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        List<Map<String, String>> told = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(RESULT)) {
                    told.add(parse(line.substring(RESULT.length())));
                }
            }
        } finally {
            process.destroy();
        }
        if (process.waitFor() != 0 || told.isEmpty()) {
            throw new IllegalStateException("status=" + process.exitValue() + " of " + String.join(" ", command));
        }
        return told;
    }

    private static Map<String, String> parse(String line) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : line.split(" ", -1)) {
            String[] parts = pair.split("=", 2);
            found.put(parts[0], parts[1]);
        }
        return found;
    }

    /** The median of one figure over several results. */
    public static double median(List<Map<String, String>> results, String figure) {
        double[] sorted = results.stream()
                .mapToDouble(result -> Double.parseDouble(result.get(figure)))
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
