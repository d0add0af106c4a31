package dev.afterimage.jdbc.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The labelled statements, where they are present. */
final class Corpus {
    private static final List<String> FILES = List.of("pg.jsonl.gz", "mysql.jsonl.gz", "other.jsonl.gz", "nasty.jsonl");

    private Corpus() {}

    /** A labelled statement. */
    record Entry(String id, SqlDialect dialect, String sql, JsonNode label) {
        @Override
        public String toString() {
            return id + " " + dialect + " " + sql;
        }
    }

    /** The corpus directory: property {@code audit.corpus}, else {@code shared/corpus} beside a parent directory. */
    static Optional<Path> directory() {
        String property = System.getProperty("audit.corpus");
        if (property != null) {
            return Optional.of(Path.of(property)).filter(Files::isDirectory);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("corpus");
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    static List<Entry> read(Path directory) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<Entry> entries = new ArrayList<>();
        for (String file : FILES) {
            Path path = directory.resolve(file);
            if (Files.exists(path)) {
                readFile(mapper, path, entries);
            }
        }
        return entries;
    }

    private static void readFile(ObjectMapper mapper, Path path, List<Entry> entries) throws IOException {
        try (InputStream raw = Files.newInputStream(path);
                InputStream in = path.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode label = mapper.readTree(line);
                entries.add(new Entry(
                        label.get("id").asText(),
                        dialect(label.get("dialect").asText()),
                        label.get("sql").asText(),
                        label));
            }
        }
    }

    private static SqlDialect dialect(String name) {
        return switch (name) {
            case "postgresql" -> SqlDialect.POSTGRESQL;
            case "mysql" -> SqlDialect.MYSQL;
            case "h2" -> SqlDialect.H2;
            case "oracle" -> SqlDialect.ORACLE;
            case "tsql" -> SqlDialect.TSQL;
            default -> SqlDialect.ANSI;
        };
    }
}
