package dev.afterimage.jmh.tpcb;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run's results: for people {@code tpcb.md} and {@code tpcb.svg}, for programs {@code tpcb.json}. */
final class ResultFiles {

    private final Comparison comparison;
    private final Map<String, String> environment;
    private final Map<String, String> absent;

    ResultFiles(Comparison comparison, Map<String, String> environment, Map<String, String> absent) {
        this.comparison = comparison;
        this.environment = environment;
        this.absent = absent;
    }

    String markdown() {
        return "## TPC-B on PostgreSQL\n\n"
                + lines(environment, "- %s: %s%n")
                + "\n"
                + new MarkdownTable(comparison).text()
                + lines(absent, "- **%s** was not measured to the end: %s%n");
    }

    private static String lines(Map<String, String> facts, String format) {
        return facts.entrySet().stream()
                .map(fact -> String.format(format, fact.getKey(), fact.getValue()))
                .collect(Collectors.joining());
    }

    void write(Path directory, List<String> goals) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("tpcb.md"), markdown());
        Files.writeString(directory.resolve("tpcb.svg"), new Chart(comparison).svg());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("environment", environment);
        json.put("absent", absent);
        json.put("goals", goals);
        json.put("samples", comparison.samples());
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(directory.resolve("tpcb.json").toFile(), json);
    }
}
